"""The reading process: reads files for `read_isolated`, one after the other, within limits.

Started as `python -P -m ingest.sandbox.worker`; says with an empty frame on its standard output that it reads, then
takes pairs of frames (name and address as JSON, then the file) on its standard input and answers each with one frame.

Linux holds the limits on memory; on macOS a thread watches over it. Windows has neither, only the caller's limit on
time and, as everywhere, the refusal of Python's own ways to reach out of the process.
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
from ingest.sandbox.child_process import own_streams
from ingest.sandbox.frames import read_frame, write_frame
from ingest.sandbox.protocol import write_answer

SECONDS = 60  # a file
# Bytes of its own that the process may hold. With the libraries' files, up to 100 MB beside, it stays under 1 GB.
MEMORY = 900 * 1024 * 1024
_ADDRESS_SPACE = 4 * 1024 * 1024 * 1024  # threads and libraries reserve far more than they come to use
_OPEN_FILES = 128
_LARGEST_REQUEST = 1 << 32
_WATCH_EVERY = 0.2  # seconds
# Beginnings of the names under which Python reports such a call (docs.python.org, "Audit events table").
_FORBIDDEN = (
    "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "pty.",
    "socket.connect", "socket.bind", "socket.send", "socket.get", "os.remove", "os.rename", "os.rmdir", "os.mkdir",
    "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown", "os.kill", "shutil.", "tempfile.", "webbrowser.",
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main() -> None:
    """Serves until standard input ends or memory runs out."""
    source, answers = own_streams()
    _load_what_unpacks_itself()
    _limit_resources()
    sys.addaudithook(_refuse_to_reach_out)
    write_frame(answers, b"")
    for number in count():
        try:
            request = json.loads(read_frame(source, _LARGEST_REQUEST))
            data = read_frame(source, _LARGEST_REQUEST)
        except EOFError:
            return
        _limit_processor()
        try:
            write_answer(answers, _read(data, request["name"], request["address"]))
            continue
        except MemoryError:
            pass  # on the way out, so that what the frames of the reader hold is free again
        # Files before this one may have used the memory up: ending unanswered has the caller try a new process.
        if number == 0:
            write_answer(answers, _too_large(request["name"]))
        return


def _read(data: bytes, name: str, address: str | None) -> Document | IngestError:
    from ingest.reading import read

    try:
        return read(data, name, address)
    except IngestError as error:
        if isinstance(error.__cause__, MemoryError):
            raise error.__cause__ from None
        return error


def _too_large(name: str) -> IngestError:
    return IngestError(
        "too_large", f"{name} needs more than 1 GB of memory to read. Split it and add the parts."
    )


def _load_what_unpacks_itself() -> None:
    """The model that recognises languages unpacks itself into a temporary file, which later is refused."""
    from ingest.metadata.merging import language_of

    language_of("language " * 20, None)


def _limit_resources() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    for limit, most in (
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_AS, _ADDRESS_SPACE),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            _, hard = resource.getrlimit(limit)
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(limit, (most, most))
        except (ValueError, OSError):  # macOS refuses some
            continue
    if sys.platform == "darwin":
        threading.Thread(target=_watch_memory, daemon=True).start()


def _watch_memory() -> None:
    """Ends the process once it has held too much: macOS takes the limits on memory and does not hold them."""
    import resource

    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < MEMORY:  # bytes, on macOS
        time.sleep(_WATCH_EVERY)
    os._exit(1)


def _limit_processor() -> None:
    """Gives the next file what all cores have in the time allowed: the caller, who ends it earlier, may be gone."""
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
    """An audit hook: no library may, for a file's sake, start a program, use the network or change a file."""
    if event.startswith(_FORBIDDEN) or (event == "open" and arguments[2] & _WRITING):
        raise PermissionError(f"a reader may not do this: {event}")


if __name__ == "__main__":
    main()
