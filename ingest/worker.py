"""The reading process: reads files for `read_isolated`, one after the other, within limits.

Started as `python -P -m ingest.worker`; takes pairs of frames (name and address as JSON, then the file) on its
standard input and answers each with one frame on its standard output.
"""

from __future__ import annotations

import json
import os
import sys
from typing import BinaryIO

from ingest.document import Document, IngestError
from ingest.wire import read_frame, write_answer

MEMORY = 1024 * 1024 * 1024  # bytes of address space above what the process starts with
_LARGEST_REQUEST = 1 << 32


def main() -> None:
    """Serves until standard input ends."""
    source, answers = _own_streams()
    _limit_memory()
    while True:
        try:
            request = json.loads(read_frame(source, _LARGEST_REQUEST))
            data = read_frame(source, _LARGEST_REQUEST)
        except EOFError:
            return
        write_answer(answers, _read(data, request["name"], request["address"]))


def _read(data: bytes, name: str, address: str | None) -> Document | IngestError:
    from ingest.reading import read

    try:
        return read(data, name, address)
    except IngestError as error:
        if isinstance(error.__cause__, MemoryError):
            return IngestError(
                "too_large",
                f"{name} needs more than {MEMORY >> 30} GB of memory to read. Split it and add the parts.",
            )
        return error


def _own_streams() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output for frames alone: what a library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return sys.stdin.buffer, answers


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            used = int(file.read().split()[0]) * resource.getpagesize()
    except OSError:  # no /proc: macOS, which does not enforce the limit either
        used = 0
    try:
        resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):  # a lower limit is in force already
        return


if __name__ == "__main__":
    main()
