"""Chroma in a process of its own, which may crash or hang without harm to this one.

Damaged index files can end the process that opens or asks them (SIGSEGV), and no exception can be caught then. Here
that is a ChromaLost like any other error: the answer comes from the ledger instead, and the index is made anew.
"""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import numpy as np

from ingest.sandbox import child_process
from ingest.sandbox.frames import read_frame, write_frame
from vectorstore.errors import StoreError

if TYPE_CHECKING:
    from vectorstore.embedding.types import Vectors

_LARGEST = 1 << 32  # bytes of an answer
_SECONDS = 300.0  # that a call may take; opening waits for the process of a killed owner to finish
_QUERY_SECONDS = 20.0


class ChromaUnavailable(StoreError):
    """Chroma cannot do what is asked of it now."""

    code = "chroma"


class ChromaLost(ChromaUnavailable):
    """Chroma's process has crashed, hung or been killed."""


class ChromaBusy(ChromaUnavailable):
    """Chroma is at work for another thread."""


class ChromaProcess:
    """A collection of vectors for one embedding model, in a folder or on a Chroma server.

    Safe to share between threads, one call at a time. Raises ChromaUnavailable from every method.
    """

    def __init__(self, place: Path | str, collection: str, dimension: int) -> None:
        self._place = place
        self._dimension = dimension
        self._turn = threading.Lock()
        self._process = child_process.start_process("vectorstore.chroma.worker", os.environ)
        folder = place if isinstance(place, Path) else None
        try:
            self._call(
                "open",
                collection=collection,
                folder=None if folder is None else str(folder),
                address=None if folder is not None else place,
                lock=None if folder is None else str(folder.parent / "in-use.lock"),
            )
        except BaseException:
            child_process.end_process(self._process)
            raise

    @property
    def process_id(self) -> int:
        return self._process.pid

    def upsert(self, rows: Sequence[int], generations: Sequence[int], vectors: Vectors) -> None:
        """Write rows, each of a generation; `vectors` has shape (rows, dimension)."""
        self._call("upsert", _bytes(vectors), rows=list(rows), generations=list(generations))

    def delete(self, rows: Sequence[int]) -> None:
        self._call("delete", rows=list(rows))

    def query(self, vectors: Vectors, n: int, patience: float | None = None) -> list[list[tuple[int, float]]]:
        """For each vector the n nearest rows with their cosine similarity, best first.

        Raises ChromaBusy where the process is not free within `patience` seconds.
        """
        found = self._call("query", _bytes(vectors), seconds=_QUERY_SECONDS, patience=patience, n=n)
        return [[(row, similarity) for row, similarity in hits] for hits in found]

    def contents(self) -> Iterator[tuple[list[int], Vectors]]:
        """Every row it holds with its vector, a thousand at a time."""
        offset = 0
        while True:
            rows, data = self._exchange("page", offset=offset)
            if not rows:
                return
            yield rows, np.frombuffer(data, dtype="<f4").reshape(len(rows), -1)
            offset += len(rows)

    def count(self) -> int:
        return int(self._call("count"))

    def clear(self) -> None:
        self._call("clear")

    def close(self) -> bool:
        """Close Chroma and end the process; says whether what it held is safely written."""
        try:
            self._call("close")
            return True
        except ChromaUnavailable:
            return False
        finally:
            child_process.end_process(self._process)

    def kill(self) -> None:
        """End the process at once."""
        child_process.end_process(self._process)

    def _call(self, name: str, data: bytes = b"", **arguments: Any) -> Any:
        return self._exchange(name, data, **arguments)[0]

    def _exchange(
        self,
        name: str,
        data: bytes = b"",
        *,
        seconds: float = _SECONDS,
        patience: float | None = None,
        **arguments: Any,
    ) -> tuple[Any, bytes]:
        if not self._turn.acquire(timeout=-1 if patience is None else patience):
            raise ChromaBusy("Chroma is at work for another")
        try:
            request = json.dumps({"call": name, "dimension": self._dimension, **arguments}).encode()
            answer, payload = self._asked(request, data, seconds)
        finally:
            self._turn.release()
        if "error" in answer:
            raise ChromaUnavailable(f"Chroma failed at {self._place}: {answer['error']}")
        return answer["value"], payload

    def _asked(self, request: bytes, data: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        questions, answers = cast(BinaryIO, self._process.stdin), cast(BinaryIO, self._process.stdout)
        timer = threading.Timer(seconds, self._process.kill)  # which ends the reading below
        timer.daemon = True
        timer.start()
        try:
            write_frame(questions, request)
            write_frame(questions, data)
            return json.loads(read_frame(answers, _LARGEST)), read_frame(answers, _LARGEST)
        except (EOFError, OSError, ValueError) as error:
            raise ChromaLost(f"Chroma's process ended ({_ending(self._process)})") from error
        except BaseException:  # an interrupted exchange leaves an answer that belongs to no question
            self._process.kill()
            raise
        finally:
            timer.cancel()


def _bytes(vectors: Vectors) -> bytes:
    return np.ascontiguousarray(vectors, dtype="<f4").tobytes()


def _ending(process: subprocess.Popen[bytes]) -> str:
    try:
        status = process.wait(timeout=1.0)
    except subprocess.TimeoutExpired:
        return "it no longer answers"
    return f"signal {-status}" if status < 0 else f"status {status}"
