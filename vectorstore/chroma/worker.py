"""The process that Chroma runs in: it opens one index and serves the calls of `process`, one by one.

Started as `python -P -m vectorstore.chroma.worker`. A request is a frame of JSON ({"call": name, …}) and a frame of
bytes (vectors, or empty); an answer is a frame of JSON ({"value": …} or {"error": …}) and a frame of bytes. When
standard input ends, because it was closed or the caller died, the worker closes Chroma and exits.
"""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock, Timeout

from ingest.sandbox.child_process import claim_standard_streams
from ingest.sandbox.frames import read_frame, write_frame
from vectorstore.chroma.collection import ChromaIndex

_LARGEST = 1 << 32  # bytes of one frame of a request
_PREDECESSOR = 60.0  # seconds in which the worker of a killed owner must finish what it had begun

_index: ChromaIndex | None = None


def main() -> None:
    """Serve requests until standard input ends."""
    # Ctrl-C in a terminal reaches both processes, but only the caller decides when this one ends.
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    requests, answers = claim_standard_streams()
    os.chdir(Path.cwd().anchor)  # Chroma would read a .env file in the current folder, whatever it is for
    try:
        while True:
            request = json.loads(read_frame(requests, _LARGEST))
            data = read_frame(requests, _LARGEST)
            payload = b""
            try:
                value, payload = _serve(request, data)
                answer: dict[str, Any] = {"value": value}
            except Exception as error:  # Chroma raises its own, SQLite's, Rust's and httpx's
                answer = {"error": f"{type(error).__name__}: {error}"[:2_000]}
            write_frame(answers, json.dumps(answer).encode())
            write_frame(answers, payload)
    except (EOFError, OSError):
        pass
    if _index is not None:
        _index.close()
    os._exit(0)  # without waiting for Chroma's threads, which have nothing left to do


def _serve(request: dict[str, Any], data: bytes) -> tuple[Any, bytes]:
    """Do one call; the answer's value and bytes. Raises whatever Chroma raises."""
    global _index
    call = request["call"]
    if call == "open":
        _index = _open(request)
        return None, b""
    assert _index is not None, "nothing is open"
    if call == "upsert":
        _index.upsert(request["rows"], request["generations"], _vectors(data, request["dimension"]))
    elif call == "delete":
        _index.delete(request["rows"])
    elif call == "query":
        return _index.query(_vectors(data, request["dimension"]), request["n"]), b""
    elif call == "page":
        rows, vectors = _index.page(request["offset"])
        return rows, vectors.astype("<f4").tobytes()
    elif call == "count":
        return _index.count(), b""
    elif call == "clear":
        _index.clear()
    elif call == "close":
        index, _index = _index, None
        index.close()
    return None, b""


def _open(request: dict[str, Any]) -> ChromaIndex:
    """Open the index of a request. Raises TimeoutError if another worker still has its files."""
    if request["lock"] is not None:  # never released: the files are this process's until it ends
        try:
            FileLock(request["lock"], thread_local=False, is_singleton=True).acquire(timeout=_PREDECESSOR)
        except Timeout:
            raise TimeoutError("another process still has its files") from None
    place = Path(request["folder"]) if request["folder"] is not None else request["address"]
    return ChromaIndex(place, request["collection"])


def _vectors(data: bytes, dimension: int) -> np.ndarray:
    """The vectors of a request, shape (vectors, dimension)."""
    return np.frombuffer(data, dtype="<f4").reshape(-1, dimension)


if __name__ == "__main__":
    main()
