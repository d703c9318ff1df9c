"""Handling markings, saved briefings as files, and one paragraph on demand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

TOPIC = "the bridge at Kolda"
MARKING = "OFFICIAL – LIMITED DISTRIBUTION"


@pytest.fixture
def saved(briefing: Any, index: Path, tmp_path: Path) -> Path:
    file = tmp_path / "kolda.json"
    assert briefing("brief", TOPIC, "--handling", MARKING, "-o", file).status == 0
    return file


def test_a_marking_is_kept_in_the_json_and_stands_in_the_files(briefing: Any, saved: Path) -> None:
    assert json.loads(saved.read_text("utf8"))["handling"] == MARKING
    lines = briefing("export", saved).out.strip().split("\n")
    assert lines[0] == lines[-1] == f"**{MARKING}**"
    assert briefing("verify", saved).status == 0


@pytest.mark.parametrize("marking", ["two\nlines", "x" * 81])
def test_a_marking_that_is_no_line_is_refused_before_anything_is_written(
    briefing: Any, index: Path, tmp_path: Path, marking: str
) -> None:
    file = tmp_path / "none.md"
    run = briefing("brief", TOPIC, "--handling", marking, "-o", file)
    assert run.status == 2 and "handling marking" in run.err and not file.exists()


@pytest.mark.parametrize("ending", ["md", "html", "docx", "pdf", "csv", "json"])
def test_a_saved_briefing_is_made_into_every_format(
    briefing: Any, saved: Path, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"again.{ending}"
    run = briefing("export", saved, "-o", file)
    assert run.status == 0 and file.stat().st_size > 50
    if ending == "json":
        assert json.loads(file.read_text("utf8")) == json.loads(saved.read_text("utf8"))


def test_an_export_may_be_marked_anew_or_not_at_all(briefing: Any, saved: Path) -> None:
    assert briefing("export", saved, "--handling", "RIVER ONLY").out.startswith("**RIVER ONLY**")
    assert briefing("export", saved, "--handling", "").out.startswith("# ")


@pytest.mark.parametrize("held", ["", "[1]", '{"question": "Why?"}', '{"topic": 1}', "\x00"])
def test_what_holds_no_briefing_is_refused_with_what_to_give(
    briefing: Any, tmp_path: Path, held: str
) -> None:
    file = tmp_path / "other.json"
    file.write_text(held, "utf8")
    run = briefing("export", file)
    assert run.status == 1 and run.out == ""
    assert "holds no briefing" in run.err and "brief --json" in run.err and "Traceback" not in run.err


def test_a_file_that_is_not_there_is_told(briefing: Any, tmp_path: Path) -> None:
    run = briefing("export", tmp_path / "missing.json")
    assert run.status == 1 and "missing.json" in run.err


def test_a_paragraph_comes_alone_with_its_endnotes(briefing: Any, index: Path, tmp_path: Path) -> None:
    told = briefing("brief", TOPIC, "--paragraph").out
    assert "The bridge at Kolda fell in March 2021" in told and "## Endnotes" in told
    assert "Bottom line" not in told and "## Chronology" not in told and "## Sources" not in told
    row = briefing("brief", TOPIC, "--paragraph", "--json").json
    assert row["bottom_line"] == [] and len(row["paragraphs"]) == 1 and row["chronology"] == []
    assert row["paragraphs"][0]["confidence"]["level"] in ("low", "moderate", "high")
    file = tmp_path / "one.json"
    file.write_text(json.dumps(row), "utf8")
    assert briefing("verify", file).status == 0
    assert briefing("export", file, "-o", tmp_path / "one.docx").status == 0


def test_a_paragraph_on_what_no_report_tells_is_a_refusal(briefing: Any, index: Path) -> None:
    row = briefing("brief", "quantum chromodynamics", "--paragraph", "--json").json
    assert row["refused"] and row["citations"] == [] and row["paragraphs"] == []
