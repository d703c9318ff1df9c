"""A Python of our own beside this one: for work that may crash, hang or swell, and must not take this one along.

It is started as a fresh Python (neither forked nor by multiprocessing, which would run the main module again), so it
works under Streamlit, pytest and a console script alike.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO


def start_process(module: str, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Run `module` with pipes to its standard input and output, and the modules that this process finds."""
    here = str(Path(__file__).resolve().parents[2])
    places = [place for place in sys.path if place]
    if here not in places:
        places.insert(0, here)
    return subprocess.Popen(
        # -P: the current folder, which may hold anything, is not searched for modules.
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**environment, "PYTHONPATH": os.pathsep.join(places), "PYTHONSAFEPATH": "1"},
    )


def end_process(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and let go of its pipes."""
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            try:
                stream.close()
            except OSError:  # what was still to be written to a dead process
                continue


def own_streams() -> tuple[BinaryIO, BinaryIO]:
    """In the child: standard input and output for frames alone; what a library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return sys.stdin.buffer, answers
