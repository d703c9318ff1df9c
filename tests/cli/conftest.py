from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main

BRIDGE = """The bridge at Kolda

The bridge at Kolda fell in March 2021 after three weeks of rain. Nobody was hurt when it fell. Engineers
blamed rusted cables, because no repairs had been made since 2009.

The ministry of works promised 4.2 million francs for a new bridge. Governor Aminata Traoré said – “we have
waited long enough” – that the money had not arrived by June 2021. 🌉
"""
FISH = """Fishing on the upper river

Twelve traders from Kayes were fined in May 2022 for selling undersized fish. The fines came to 300 francs
each. Fishermen said that they had not been told of the new rules.
"""


@dataclass(frozen=True)
class Run:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Briefing = Callable[..., Run]


@pytest.fixture
def briefing(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Briefing:
    """Runs the command line in this process, on the data folder of the test."""

    def run(*arguments: object, typed: str = "") -> Run:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["--data-dir", str(tmp_path / "data"), *map(str, arguments)])
        captured = capsys.readouterr()
        return Run(int(ended.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def made_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two reports and the index of them, made once."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "in").mkdir()
    (folder / "in" / "bridge.txt").write_text(BRIDGE, "utf8")
    (folder / "in" / "fish.txt").write_text(FISH, "utf8")
    with pytest.raises(SystemExit) as ended:
        main(["--data-dir", str(folder / "data"), "add", str(folder / "in")])
    assert not ended.value.code
    return folder


@pytest.fixture
def index(made_index: Path, tmp_path: Path) -> Path:
    """The folder of two reports that this test's index holds: a copied data folder is an index."""
    shutil.copytree(made_index / "data", tmp_path / "data")
    return made_index / "in"


@pytest.fixture
def ids(index: Path, briefing: Briefing) -> dict[str, str]:
    """File name -> document id."""
    return {one["source"]: one["document_id"] for one in briefing("list", "--json").json["documents"]}


@pytest.fixture
def write_lines(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file of JSON lines; texts stay as they are."""

    def write(*rows: object) -> Path:
        path = tmp_path / "in.jsonl"
        lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
        path.write_text("\n".join(lines) + "\n", "utf8")
        return path

    return write


@pytest.fixture
def read_lines() -> Callable[[Path], list[Any]]:
    return lambda path: [json.loads(line) for line in path.read_text("utf8").splitlines()]
