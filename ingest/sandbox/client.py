"""Files from others are read in a process of their own, so that a bad one cannot take this one along.

One process is kept and used again; it is replaced when it crashes, hangs or breaks a limit.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import threading
import time
from typing import BinaryIO, cast

from ingest.document import Document, IngestError
from ingest.sandbox import child_process
from ingest.sandbox.frames import FrameTooLarge, read_frame, write_frame
from ingest.sandbox.protocol import MalformedAnswer, read_answer
from ingest.sandbox.worker import SECONDS

LARGEST_ANSWER = 400 * 1024 * 1024  # bytes of text and attachments
# What Python needs to start and to find its libraries. Everything else, keys to models among it, stays here.
_KEPT = frozenset("PATH HOME LANG TZ TMPDIR TEMP TMP SYSTEMROOT SYSTEMDRIVE WINDIR".split())
_KEPT_PREFIXES = ("PYTHON", "LC_", "LD_", "DYLD_")


def read_isolated(data: bytes, name: str, address: str | None = None) -> Document:
    """`read` in the reading process; safe to call from any thread, one file at a time.

    Raises what `read` raises, and IngestError `timeout`, `too_large` or `unreadable` where the process hangs, breaks
    a limit or crashes.
    """
    return _READER.read(data, name, address)


class IsolatedReader:
    """A reading process, started when first needed."""

    def __init__(self, seconds: float = SECONDS, largest_answer: int = LARGEST_ANSWER) -> None:
        self._seconds = seconds
        self._largest_answer = largest_answer
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False  # the process has said that it reads

    @property
    def process_id(self) -> int | None:
        """Of the process that reads the present or next file; None where it is still to be started."""
        process = self._process
        return None if process is None else process.pid

    def read(self, data: bytes, name: str, address: str | None = None) -> Document:
        """The document in `data`; see `read_isolated`."""
        with self._lock:
            deadline = time.monotonic() + self._seconds
            used = self._running() and self._ready
            try:
                return self._ask(data, name, address, deadline)
            except _ReaderStopped as stopped:
                if not used:
                    raise stopped.error from stopped
            # A file before this one may have left the process damaged: what ends a fresh one is this file's doing.
            try:
                return self._ask(data, name, address, deadline)
            except _ReaderStopped as stopped:
                raise stopped.error from stopped

    def close(self) -> None:
        """Ends the process; the next file starts another."""
        process, self._process = self._process, None
        self._ready = False
        if process is not None:
            child_process.end_process(process)

    def _ask(self, data: bytes, name: str, address: str | None, deadline: float) -> Document:
        process = self._started()
        questions, answers = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()  # which ends the read below

        timer = threading.Timer(max(0.0, deadline - time.monotonic()), stop)
        timer.daemon = True
        timer.start()
        answered = False
        try:
            if not self._ready:
                read_frame(answers, 0)
                self._ready = True
            write_frame(questions, json.dumps({"name": name, "address": address}).encode())
            write_frame(questions, data)
            document = read_answer(answers, self._largest_answer)
            answered = not late.is_set()
            return document
        except IngestError:
            answered = not late.is_set()
            raise
        except FrameTooLarge as error:
            raise IngestError(
                "too_large", f"{name} gives more text than can be kept. Split it and add the parts."
            ) from error
        except (EOFError, OSError, MalformedAnswer) as error:
            if late.is_set():
                raise self._too_slow(name) from error
            raise _ReaderStopped(_crashed(name) if self._ready else _not_started(name)) from error
        finally:
            timer.cancel()
            if not answered:
                self.close()

    def _running(self) -> bool:
        if self._process is not None and self._process.poll() is not None:
            self.close()
        return self._process is not None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = child_process.start_process("ingest.sandbox.worker", _environment())
        return self._process

    def _too_slow(self, name: str) -> IngestError:
        return IngestError(
            "timeout",
            f"{name} could not be read within {self._seconds:.0f} seconds. "
            "Split it, or save it in a simpler form, and add that.",
        )


class _ReaderStopped(Exception):
    """The process ended without an answer; `error` is what to tell if that was the file's doing."""

    def __init__(self, error: IngestError) -> None:
        super().__init__(error.message)
        self.error = error


def _crashed(name: str) -> IngestError:
    return IngestError(
        "unreadable",
        f"{name} made the reader stop. Open it, save it again or print it to PDF, and add the new file.",
    )


def _not_started(name: str) -> IngestError:
    return IngestError(
        "unreadable",
        f"{name} was not read: the reading process does not start. See that there is free memory and room in the "
        "folder for temporary files, and that the installation is complete; then add the file again.",
    )


def _environment() -> dict[str, str]:
    """What the process may know of this one's environment."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.upper() in _KEPT or name.upper().startswith(_KEPT_PREFIXES)
    }
    return kept | {
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        # The library that recognises pictures' text tells its maker of its use, past Python, unless told not to.
        "ORT_DISABLE_TELEMETRY": "1",
    }


_READER = IsolatedReader()
atexit.register(_READER.close)
