"""A desk of reports by named publishers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import Assistant, Settings


@pytest.fixture
def desk(tmp_path: Path) -> Callable[[dict[str, tuple[str, str]]], Assistant]:
    def filled(reports: dict[str, tuple[str, str]]) -> Assistant:
        desk = Assistant.open(settings=Settings(data_dir=tmp_path / "data"))
        for name, (publisher, text) in reports.items():
            (tmp_path / f"{name}.txt").write_text(text, "utf8")
            corrections = {"publisher": publisher, "published": "2021-05-05"}
            desk.add([str(tmp_path / f"{name}.txt")], corrections=corrections)
        return desk

    return filled
