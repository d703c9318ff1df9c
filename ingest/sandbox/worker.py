"""The reading process of the sandbox: reads files for `read_isolated`, one after the other, within limits.

It is started as `python -P -m ingest.sandbox.worker` and writes an empty frame to its standard output once it is ready.
Then it takes pairs of frames on its standard input, name and address as JSON, then the file, and answers each pair.

Linux enforces the limits on memory; on macOS a thread watches the memory. Windows has neither, only the caller's limit
on time. On every system an audit hook refuses the calls by which Python code can reach out of the process.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from itertools import count
from typing import Any

from ingest.document import Document, IngestError
from ingest.sandbox.child_process import claim_standard_streams
from ingest.sandbox.frames import read_frame, write_frame
from ingest.sandbox.protocol import write_answer

SECONDS = 60  # for one file
# Bytes of data that the process may hold. With up to 100 MB of mapped library files it stays under 1 GB.
MEMORY = 900 * 1024 * 1024
_ADDRESS_SPACE = 4 * 1024 * 1024 * 1024  # bytes; threads and libraries reserve far more than they use
_OPEN_FILES = 128
_LARGEST_REQUEST = 1 << 32  # bytes
_WATCH_EVERY = 0.2  # seconds
# Beginnings of the names of audit events that are refused (docs.python.org, "Audit events table").
_FORBIDDEN_EVENTS = (
    "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "pty.",
    "socket.connect", "socket.bind", "socket.send", "socket.get", "os.remove", "os.rename", "os.rmdir", "os.mkdir",
    "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown", "os.kill", "shutil.", "tempfile.", "webbrowser.",
)  # fmt: skip
_WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main() -> None:
    """Serve until standard input ends or memory runs out."""
    requests, answers = claim_standard_streams()
    _load_language_model()
    _limit_resources()
    sys.addaudithook(_refuse_to_reach_out)
    write_frame(answers, b"")
    for file_number in count():
        try:
            request = json.loads(read_frame(requests, _LARGEST_REQUEST))
            data = read_frame(requests, _LARGEST_REQUEST)
        except EOFError:
            return
        _limit_processor_time()
        try:
            write_answer(answers, _read(data, request["name"], request["address"]))
            continue
        except MemoryError:
            pass  # answered below, after the reader's stack frames have released their memory
        # Earlier files may have used up the memory: without an answer, the caller tries again with a new process.
        if file_number == 0:
            write_answer(answers, _too_large_error(request["name"]))
        return


def _read(data: bytes, name: str, address: str | None) -> Document | IngestError:
    """The document, or the error in its place. Raises MemoryError."""
    from ingest.reading import read

    try:
        return read(data, name, address)
    except IngestError as error:
        if isinstance(error.__cause__, MemoryError):
            raise error.__cause__ from None
        return error


def _too_large_error(name: str) -> IngestError:
    return IngestError(
        "too_large", f"{name} needs more than 1 GB of memory to read. Split it and add the parts."
    )


def _load_language_model() -> None:
    """Load the model that recognises languages now: it unpacks itself into a temporary file, which is refused later."""
    from ingest.metadata.merging import language_of

    language_of("language " * 20, None)


def _limit_resources() -> None:
    """Limit memory, written files, open files and core dumps, as far as the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for limit, maximum in (
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_AS, _ADDRESS_SPACE),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            _, hard = resource.getrlimit(limit)
            maximum = maximum if hard == resource.RLIM_INFINITY else min(maximum, hard)
            resource.setrlimit(limit, (maximum, maximum))
        except (ValueError, OSError):  # macOS refuses some limits
            continue
    if sys.platform == "darwin":
        threading.Thread(target=_watch_memory, daemon=True).start()


def _watch_memory() -> None:
    """End the process once it has held too much memory: macOS accepts limits on memory, but does not enforce them."""
    import resource

    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < MEMORY:  # bytes, on macOS
        time.sleep(_WATCH_EVERY)
    os._exit(1)


def _limit_processor_time() -> None:
    """Limit the processor time of the next file to what all cores have in its time, in case the caller is gone."""
    try:
        import resource
    except ImportError:  # Windows
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(usage.ru_utime + usage.ru_stime) + 1 + SECONDS * (os.cpu_count() or 1)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(
        resource.RLIMIT_CPU, (seconds if hard == resource.RLIM_INFINITY else min(seconds, hard), hard)
    )


def _refuse_to_reach_out(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook by which no code in this process may start a program, use the network or change a file.

    Raises PermissionError.
    """
    if event.startswith(_FORBIDDEN_EVENTS) or (event == "open" and arguments[2] & _WRITE_FLAGS):
        raise PermissionError(f"a reader may not do this: {event}")


if __name__ == "__main__":
    main()
