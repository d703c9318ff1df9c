"""Starts and ends child processes of Python, for work that may crash, hang or use up memory.

A child is a new interpreter. It is not forked, and not started by multiprocessing, which would run the main module
again: so it works under Streamlit, pytest and console scripts alike.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO


def start_process(module: str, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Run `python -m module` with pipes to its standard input and output and with this process's module search path.

    `environment` holds all the environment variables that the child gets besides PYTHONPATH.
    """
    # The folder that holds the package `ingest`: `sys.path` may name it only as "", the current folder.
    source_folder = str(Path(__file__).resolve().parents[2])
    search_path = [folder for folder in sys.path if folder]
    if source_folder not in search_path:
        search_path.insert(0, source_folder)
    return subprocess.Popen(
        # -P: no modules are imported from the current folder, which may hold anything.
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**environment, "PYTHONPATH": os.pathsep.join(search_path), "PYTHONSAFEPATH": "1"},
    )


def end_process(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and close its pipes."""
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            try:
                stream.close()
            except OSError:  # a buffer could not be flushed to the dead process
                continue


def claim_standard_streams() -> tuple[BinaryIO, BinaryIO]:
    """In the child: its standard input and output, for frames only. What libraries print goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return sys.stdin.buffer, answers
