"""Chroma in a process of its own, which may crash or hang without harm to this one.

Damaged index files can crash the process that reads them (SIGSEGV), which no exception handler can catch. Here a crash
becomes a ChromaLost like any other error: the ledger answers instead, and the index is made anew.
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

_LARGEST = 1 << 32  # bytes of one frame of an answer
_SECONDS = 300.0  # limit of a call; opening may wait for the process of a killed owner to finish
_QUERY_SECONDS = 20.0  # limit of a query


class ChromaUnavailable(StoreError):
    """Chroma cannot serve this call."""

    code = "chroma"


class ChromaLost(ChromaUnavailable):
    """Chroma's process has crashed, was killed, or exceeded the time limit of a call."""


class ChromaBusy(ChromaUnavailable):
    """Chroma is serving another thread."""


class ChromaProcess:
    """A collection of vectors for one embedding model, in a folder (a Path) or on a Chroma server (a URL).

    Safe to share between threads; calls wait for each other. Every method raises ChromaUnavailable.
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
        """Of Chroma's process, as the operating system numbers it."""
        return self._process.pid

    def upsert(self, rows: Sequence[int], generations: Sequence[int], vectors: Vectors) -> None:
        """Write rows with the generation and the vector of each; `vectors` has shape (len(rows), dimension)."""
        self._call("upsert", _bytes(vectors), rows=list(rows), generations=list(generations))

    def delete(self, rows: Sequence[int]) -> None:
        """Delete rows; rows that are not there do no harm."""
        self._call("delete", rows=list(rows))

    def query(self, vectors: Vectors, n: int, patience: float | None = None) -> list[list[tuple[int, float]]]:
        """For each vector the n nearest rows with their cosine similarity, -1 to 1, best first.

        `vectors` has shape (questions, dimension). Raises ChromaBusy if the process is not free within `patience`
        seconds (None: wait for as long as it takes).
        """
        neighbours = self._call("query", _bytes(vectors), seconds=_QUERY_SECONDS, patience=patience, n=n)
        return [[(row, similarity) for row, similarity in hits] for hits in neighbours]

    def contents(self) -> Iterator[tuple[list[int], Vectors]]:
        """All rows with their vectors, shape (rows, dimension), in pages of up to 1,000."""
        offset = 0
        while True:
            rows, data = self._exchange("page", offset=offset)
            if not rows:
                return
            yield rows, np.frombuffer(data, dtype="<f4").reshape(len(rows), -1)
            offset += len(rows)

    def count(self) -> int:
        """How many rows there are."""
        return int(self._call("count"))

    def clear(self) -> None:
        """Delete every row."""
        self._call("clear")

    def close(self) -> bool:
        """Close Chroma and end its process; True if everything was written. Never raises ChromaUnavailable."""
        try:
            self._call("close")
            return True
        except ChromaUnavailable:
            return False
        finally:
            child_process.end_process(self._process)

    def kill(self) -> None:
        """End the process at once, without closing Chroma."""
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
        """Send a request when it is its turn; the answer's value and bytes."""
        if not self._turn.acquire(timeout=-1 if patience is None else patience):
            raise ChromaBusy("Chroma is at work for another")
        try:
            request = json.dumps({"call": name, "dimension": self._dimension, **arguments}).encode()
            answer, payload = self._send(request, data, seconds)
        finally:
            self._turn.release()
        if "error" in answer:
            raise ChromaUnavailable(f"Chroma failed at {self._place}: {answer['error']}")
        return answer["value"], payload

    def _send(self, request: bytes, data: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        """Write a request to the process and read its answer. Raises ChromaLost if the process ends meanwhile."""
        requests, answers = cast(BinaryIO, self._process.stdin), cast(BinaryIO, self._process.stdout)
        timer = threading.Timer(seconds, self._process.kill)  # a killed process ends the reading below
        timer.daemon = True
        timer.start()
        try:
            write_frame(requests, request)
            write_frame(requests, data)
            return json.loads(read_frame(answers, _LARGEST)), read_frame(answers, _LARGEST)
        except (EOFError, OSError, ValueError) as error:
            raise ChromaLost(f"Chroma's process ended ({_ending(self._process)})") from error
        except BaseException:  # interrupted: the answer still to come would be taken for the next request's
            self._process.kill()
            raise
        finally:
            timer.cancel()


def _bytes(vectors: Vectors) -> bytes:
    return np.ascontiguousarray(vectors, dtype="<f4").tobytes()


def _ending(process: subprocess.Popen[bytes]) -> str:
    """How a process ended, in words."""
    try:
        status = process.wait(timeout=1.0)
    except subprocess.TimeoutExpired:
        return "it no longer answers"
    return f"signal {-status}" if status < 0 else f"status {status}"
