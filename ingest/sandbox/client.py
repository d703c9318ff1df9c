"""The side of the sandbox that calls: sends untrusted files to a reading process, so that a bad file ends only that.

One process serves many files. It is replaced when it crashes, hangs or breaks a limit.
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
# Environment variables that Python needs to start and to find its libraries. No others are passed on, least of all the
# keys of model providers.
_PASSED_VARIABLES = frozenset("PATH HOME LANG TZ TMPDIR TEMP TMP SYSTEMROOT SYSTEMDRIVE WINDIR".split())
_PASSED_PREFIXES = ("PYTHON", "LC_", "LD_", "DYLD_")


def read_isolated(data: bytes, name: str, address: str | None = None) -> Document:
    """Read a file as `ingest.read` does, in the reading process; thread-safe, one file at a time.

    Raises what `read` raises, and IngestError `timeout`, `too_large` or `unreadable` if the process hangs, breaks a
    limit or crashes.
    """
    return _READER.read(data, name, address)


class IsolatedReader:
    """A reading process that starts with the first file; thread-safe."""

    def __init__(self, seconds: float = SECONDS, largest_answer: int = LARGEST_ANSWER) -> None:
        """`seconds` is the limit for one file, `largest_answer` the limit in bytes for its text and attachments."""
        self._seconds = seconds
        self._largest_answer = largest_answer
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False  # the process has sent its first, empty frame

    @property
    def process_id(self) -> int | None:
        """Of the process that reads the current or the next file; None if it is not started yet."""
        process = self._process
        return None if process is None else process.pid

    def read(self, data: bytes, name: str, address: str | None = None) -> Document:
        """The document in `data`. Raises IngestError, as `read_isolated`."""
        with self._lock:
            deadline = time.monotonic() + self._seconds
            is_used_process = self._is_running() and self._ready
            try:
                return self._ask(data, name, address, deadline)
            except _ReaderStopped as stopped:
                if not is_used_process:
                    raise stopped.error from stopped
            # An earlier file may have damaged the process, so this file is tried again. If it ends a new process, too,
            # it is to blame.
            try:
                return self._ask(data, name, address, deadline)
            except _ReaderStopped as stopped:
                raise stopped.error from stopped

    def close(self) -> None:
        """End the process; the next file starts another."""
        process, self._process = self._process, None
        self._ready = False
        if process is not None:
            child_process.end_process(process)

    def _ask(self, data: bytes, name: str, address: str | None, deadline: float) -> Document:
        """Send one file and wait for the answer. Raises IngestError, or _ReaderStopped if the process ended."""
        process = self._running_process()
        requests, answers = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
        timed_out = threading.Event()

        def time_out() -> None:
            timed_out.set()
            process.kill()  # ends the read below

        timer = threading.Timer(max(0.0, deadline - time.monotonic()), time_out)
        timer.daemon = True
        timer.start()
        is_answered = False
        try:
            if not self._ready:
                read_frame(answers, 0)
                self._ready = True
            write_frame(requests, json.dumps({"name": name, "address": address}).encode())
            write_frame(requests, data)
            document = read_answer(answers, self._largest_answer)
            is_answered = not timed_out.is_set()
            return document
        except IngestError:
            is_answered = not timed_out.is_set()
            raise
        except FrameTooLarge as error:
            raise IngestError(
                "too_large", f"{name} gives more text than can be kept. Split it and add the parts."
            ) from error
        except (EOFError, OSError, MalformedAnswer) as error:
            if timed_out.is_set():
                raise self._too_slow(name) from error
            raise _ReaderStopped(_crashed(name) if self._ready else _not_started(name)) from error
        finally:
            timer.cancel()
            if not is_answered:
                self.close()

    def _is_running(self) -> bool:
        """Whether a process is there; one that died is closed."""
        if self._process is not None and self._process.poll() is not None:
            self.close()
        return self._process is not None

    def _running_process(self) -> subprocess.Popen[bytes]:
        """The process, started if there is none."""
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
    """The process ended without an answer; `error` is the one to raise if the file is to blame."""

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
    """The environment variables of the reading process."""
    passed = {
        name: value
        for name, value in os.environ.items()
        if name.upper() in _PASSED_VARIABLES or name.upper().startswith(_PASSED_PREFIXES)
    }
    return passed | {
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        # ONNX Runtime, used for OCR, reports its use to its maker from native code unless this is set.
        "ORT_DISABLE_TELEMETRY": "1",
    }


_READER = IsolatedReader()
atexit.register(_READER.close)
