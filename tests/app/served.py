"""The app as a user starts it, and a browser to look at it with."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

_ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
    "--no-first-run"
).split()
PATIENCE = 90_000  # milliseconds: the first question loads the model, on any machine


@contextmanager
def served(data: Path, **settings: str) -> Iterator[str]:
    """`briefing serve --samples` over a data folder; yields its address."""
    with serving(data, **settings) as (url, _):
        yield url


@contextmanager
def serving(data: Path, **settings: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """As `served`; yields the app's process too."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BRIEFING_")}
    environment |= {"BRIEFING_DATA_DIR": str(data), **settings}
    log = data.with_suffix(".log").open("wb")
    command = [
        sys.executable,
        "-c",
        "from assistant.cli import main; main()",
        "serve",
        "--samples",
        "--port",
        str(port),
    ]
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{port}"
    try:
        _await(f"{url}/_stcore/health", process, Path(log.name))
        yield url, process
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def _await(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(1200):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    raise AssertionError(f"the app did not start:\n{log.read_text()}")


@contextmanager
def browser(executable: str) -> Iterator[Any]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=_ARGUMENTS)
        yield opened
        opened.close()


def ask(page: Page, question: str) -> None:
    """Type a question and wait until its answer, or its refusal, stands with all that belongs to it."""
    field = page.get_by_test_id("stChatInputTextArea")
    field.wait_for(timeout=PATIENCE)
    field.fill(question)
    field.press("Enter")
    settled(page)
    page.locator(".bd-question", has_text=question).last.wait_for(timeout=PATIENCE)
    page.locator(".bd-sources").last.wait_for(timeout=PATIENCE)
    settled(page)


def settled(page: Page) -> None:
    """Wait until the script behind the page has run to its end."""
    page.wait_for_timeout(300)
    page.wait_for_function(
        "document.querySelector('[data-test-script-state]')?.dataset.testScriptState === 'notRunning'",
        timeout=PATIENCE,
    )
