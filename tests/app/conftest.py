from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from served import PATIENCE, browser, served

from assistant.pages.shared import common


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[str]:
    """The address of the app over the sample reports."""
    data = tmp_path_factory.mktemp("app") / "data"
    shutil.copytree(models, data / "models")
    with served(data) as url:
        yield url


@pytest.fixture(scope="session")
def chrome(chromium: str) -> Iterator[Any]:
    with browser(chromium) as opened:
        yield opened


@pytest.fixture
def page(chrome: Any) -> Iterator[Any]:
    """A fresh browser page that may reach this machine alone; an error in its console fails the test."""
    context = chrome.new_context(accept_downloads=True)
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    outside: list[str] = []
    opened.on(
        "request",
        lambda one: (
            None if one.url.startswith(("http://127.0.0.1", "data:", "blob:")) else outside.append(one.url)
        ),
    )
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert not outside, f"the page reached for {outside}"
    assert not errors


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report on something that the samples know nothing of."""
    path = tmp_path / "ferry.md"
    path.write_text(
        "# Ferry traffic on the Senegal\n\n*River Transport Bulletin*, 4 March 2022\n\n"
        "The ferry Diama Queen carried 1,870 passengers in February. A broken rudder kept it in the port of "
        "Podor for nine days. The owners have ordered a second boat from a yard in Dakar.\n"
    )
    return path


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data folder of the app, whose one desk is closed afterwards."""
    monkeypatch.setenv("BRIEFING_DATA_DIR", str(tmp_path / "data"))
    common._open.clear()
    yield tmp_path / "data"
    common.desk().close()
    common._open.clear()
