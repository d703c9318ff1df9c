"""Another embedding model: changed by one command, in force from then on without a setting."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

_PACKAGED = "all-MiniLM-L6-v2"
_BRIDGE = "Why did the bridge at Kolda fall?"


def count(data: Path, sql: str, *values: str) -> int:
    with closing(sqlite3.connect(data / "ledger.sqlite3")) as connection:
        return int(connection.execute(sql, values).fetchone()[0])


def vectors(data: Path, model: str) -> int:
    """How many the ledger has of a model."""
    return count(data, "SELECT count(*) FROM vectors WHERE substr(model, 1, ?) = ?", len(model), model)  # type: ignore[arg-type]


def test_a_changed_model_is_in_force_without_a_setting_and_another_that_is_set_is_refused(
    briefing: Any, index: Path, tmp_path: Path, other_model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert briefing("status", "--json").json["embedding_model"] == _PACKAGED
    monkeypatch.chdir(Path(other_model).parent)
    changed = briefing("rebuild", "--embedding-model", "another", "--json")
    assert changed.json["embedding_model"] == other_model
    monkeypatch.chdir(tmp_path)
    answered = briefing("ask", _BRIDGE, "--json")
    assert answered.status == 0 and "March 2021" in answered.json["answer"]
    (tmp_path / "well.txt").write_text("The well at Nioro\n\nThe well at Nioro was dug in 1998.\n", "utf8")
    assert briefing("add", tmp_path / "well.txt", "--json").json["documents"][0]["status"] == "added"
    assert briefing("doctor").status == 0

    monkeypatch.setenv("BRIEFING_EMBEDDING_MODEL", _PACKAGED)
    refused = briefing("ask", _BRIDGE, "--json")
    assert refused.status == 1 and refused.json["error"]["code"] == "model_mismatch"
    assert f"briefing rebuild --embedding-model '{_PACKAGED}'" in refused.err
    monkeypatch.setenv("BRIEFING_EMBEDDING_MODEL", other_model)
    assert briefing("ask", _BRIDGE).status == 0


def test_a_new_index_is_built_with_the_model_that_is_set(
    briefing: Any, tmp_path: Path, other_model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "well.txt").write_text("The well at Nioro\n\nThe well at Nioro was dug in 1998.\n", "utf8")
    monkeypatch.setenv("BRIEFING_EMBEDDING_MODEL", other_model)
    assert briefing("add", tmp_path / "well.txt").status == 0
    monkeypatch.delenv("BRIEFING_EMBEDDING_MODEL")
    assert briefing("status", "--json").json["embedding_model"] == other_model
    assert "1998" in briefing("ask", "When was the well at Nioro dug?", "--json").json["answer"]


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_change_that_was_killed_leaves_the_old_model_and_goes_on_where_it_stopped(
    briefing: Any, index: Path, tmp_path: Path, other_model: str
) -> None:
    data = tmp_path / "data"
    town = "In the town of {0} a market of {0} stalls opens on day {0} of the month. "
    for report in range(3):
        paragraphs = [town.format(100 * report + number) * 8 for number in range(30)]
        (tmp_path / f"{report}.txt").write_text("\n\n".join(paragraphs), "utf8")
    assert briefing("add", *tmp_path.glob("*.txt")).status == 0
    passages = vectors(data, _PACKAGED)

    command = [sys.executable, "-c", "from assistant.cli import main; main()", "--data-dir", str(data)]
    rebuilding = subprocess.Popen(
        [*command, "rebuild", "--embedding-model", other_model],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 120
    while not vectors(data, other_model) and rebuilding.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    rebuilding.send_signal(signal.SIGKILL)
    rebuilding.wait()
    made = vectors(data, other_model)
    assert 0 < made < passages

    assert "March 2021" in briefing("ask", _BRIDGE, "--json").json["answer"]
    assert briefing("status", "--json").json["embedding_model"] == _PACKAGED
    with closing(sqlite3.connect(data / "ledger.sqlite3")) as connection:
        connection.executescript(
            "CREATE TABLE made (model TEXT); CREATE TRIGGER counting AFTER INSERT ON vectors "
            "BEGIN INSERT INTO made VALUES (new.model); END"
        )
    assert briefing("rebuild", "--embedding-model", other_model).status == 0
    assert made + count(data, "SELECT count(*) FROM made") == passages == vectors(data, other_model)
    assert "March 2021" in briefing("ask", _BRIDGE, "--json").json["answer"]
