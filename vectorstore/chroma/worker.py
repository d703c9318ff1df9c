"""The process that Chroma lives in: it opens one index and does what `chroma_process` asks, call by call.

Started as `python -P -m vectorstore.chroma.worker`. A request is a frame of JSON ({"call": …}) and one of bytes
(vectors, where a call takes them), and so is the answer ({"value": …} or {"error": …}). When its standard input
ends, because it was closed or its caller died, it closes Chroma and goes.
"""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock, Timeout

from ingest.sandbox.child_process import own_streams
from ingest.sandbox.frames import read_frame, write_frame
from vectorstore.chroma.collection import ChromaIndex

LARGEST = 1 << 32  # bytes of a frame
# How long the process of a killed owner may take to finish what it had begun.
_PREDECESSOR = 60.0  # seconds

_index: ChromaIndex | None = None


def main() -> None:
    """Serves until standard input ends."""
    # The caller decides when this ends: a Ctrl-C in the terminal, or a stop sent to all, reaches both.
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    source, answers = own_streams()
    os.chdir(Path.cwd().anchor)  # Chroma would read a .env of the current folder, which may hold anything
    try:
        while True:
            request = json.loads(read_frame(source, LARGEST))
            data = read_frame(source, LARGEST)
            payload = b""
            try:
                value, payload = _do(request, data)
                answer: dict[str, Any] = {"value": value}
            except Exception as error:  # Chroma raises its own, SQLite's, Rust's and httpx's
                answer = {"error": f"{type(error).__name__}: {error}"[:2_000]}
            write_frame(answers, json.dumps(answer).encode())
            write_frame(answers, payload)
    except (EOFError, OSError):
        pass
    if _index is not None:
        _index.close()
    os._exit(0)  # at once: Chroma's own threads have nothing more to do


def _do(request: dict[str, Any], data: bytes) -> tuple[Any, bytes]:
    global _index
    call = request["call"]
    if call == "open":
        _index = _opened(request)
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
        closing, _index = _index, None
        closing.close()
    return None, b""


def _opened(request: dict[str, Any]) -> ChromaIndex:
    if request["lock"] is not None:  # held until this process ends: its files are nobody else's
        try:
            FileLock(request["lock"], thread_local=False, is_singleton=True).acquire(timeout=_PREDECESSOR)
        except Timeout:
            raise TimeoutError("another process still has its files") from None
    place = Path(request["folder"]) if request["folder"] is not None else request["address"]
    return ChromaIndex(place, request["collection"])


def _vectors(data: bytes, dimension: int) -> np.ndarray:
    return np.frombuffer(data, dtype="<f4").reshape(-1, dimension)


if __name__ == "__main__":
    main()
