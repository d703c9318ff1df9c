"""Files from others are read in a process of their own, so that a bad one cannot take this one along.

One process is kept and used again; it is replaced when it crashes, hangs or breaks a limit. It is started as a
fresh Python (neither forked nor by multiprocessing, which would run the main module again), so it works under
Streamlit, pytest and a console script alike.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import BinaryIO, cast

from ingest.document import Document, IngestError
from ingest.wire import read_answer, write_frame

SECONDS = 60.0  # a file
LARGEST_ANSWER = 400 * 1024 * 1024  # bytes of text and attachments


def read_isolated(data: bytes, name: str, address: str | None = None) -> Document:
    """`read` in the reading process; safe to call from any thread, one file at a time.

    Raises what `read` raises, and IngestError `timeout` or `unreadable` where the process hangs or crashes.
    """
    return _READER.read(data, name, address)


class IsolatedReader:
    """A reading process, started when first needed."""

    def __init__(self, seconds: float = SECONDS, largest_answer: int = LARGEST_ANSWER) -> None:
        self._seconds = seconds
        self._largest_answer = largest_answer
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, data: bytes, name: str, address: str | None = None) -> Document:
        """The document in `data`; see `read_isolated`."""
        with self._lock:
            return self._ask(data, name, address)

    def close(self) -> None:
        """Ends the process; the next file starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    _close_quietly(stream)

    def _ask(self, data: bytes, name: str, address: str | None) -> Document:
        process = self._running()
        questions, answers = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()  # which ends the read below

        timer = threading.Timer(self._seconds, stop)
        timer.daemon = True
        timer.start()
        answered = False
        try:
            write_frame(questions, json.dumps({"name": name, "address": address}).encode())
            write_frame(questions, data)
            document = read_answer(answers, self._largest_answer)
            answered = not late.is_set()
            return document
        except IngestError:
            answered = not late.is_set()
            raise
        except ValueError as error:
            raise IngestError(
                "too_large", f"{name} gives more text than can be kept. Split it and add the parts."
            ) from error
        except (EOFError, OSError) as error:
            if late.is_set():
                raise IngestError(
                    "timeout",
                    f"{name} could not be read within {self._seconds:.0f} seconds. "
                    "Split it, or save it in a simpler form, and add that.",
                ) from error
            raise IngestError(
                "unreadable",
                f"{name} made the reader stop. Open it, save it again or print it to PDF, and add the new file.",
            ) from error
        finally:
            timer.cancel()
            if not answered:
                self.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            self._process = subprocess.Popen(
                # -P: the current folder, which may hold anything, is not searched for modules.
                [sys.executable, "-P", "-m", "ingest.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        return self._process


def _environment() -> dict[str, str]:
    """This process's environment, with its module search path, and one thread for numeric libraries."""
    here = str(Path(__file__).resolve().parent.parent)
    places = [place for place in sys.path if place]
    if here not in places:
        places.insert(0, here)
    return os.environ | {
        "PYTHONPATH": os.pathsep.join(places),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "PYTHONSAFEPATH": "1",
    }


def _close_quietly(stream: object) -> None:
    try:
        stream.close()  # type: ignore[attr-defined]
    except OSError:  # what was still to be written to a dead process
        return


_READER = IsolatedReader()
atexit.register(_READER.close)
