"""`briefing lint`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

SOUND = """# The bridge

As of July 2021

The bridge at Kolda fell in March 2021. [1]

## Notes

[1] The bridge at Kolda: “The bridge at Kolda fell in March 2021 after three weeks of rain.”
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "bridge.md"
    path.write_text(text, "utf8")
    return path


def test_a_sound_briefing_ends_with_status_0(briefing: Any, index: Path, tmp_path: Path) -> None:
    run = briefing("lint", written(tmp_path, SOUND), "--json")
    assert run.status == 0
    assert run.json == {"ok": True, "findings": [], "quotes_checked": True}


def test_a_finding_is_told_with_file_line_and_remedy_and_status_1(
    briefing: Any, index: Path, tmp_path: Path
) -> None:
    path = written(
        tmp_path, SOUND.replace("three weeks", "four weeks").replace("[1]\n\n##", "[1] It may fall.\n\n##")
    )
    run = briefing("lint", path)
    assert run.status == 1
    assert f"{path}:5: a factual sentence cites nothing" in run.out
    assert f"{path}:9: the words that note 1 quotes do not stand in “The bridge at Kolda”" in run.out
    assert "→" in run.out
    rows = briefing("lint", path, "--json").json["findings"]
    assert {"line", "where", "rule", "message", "remedy", "text"} == set(rows[0])


def test_with_an_empty_index_it_is_said_that_quotes_were_not_looked_up(briefing: Any, tmp_path: Path) -> None:
    run = briefing("lint", written(tmp_path, SOUND), "--json")
    assert run.status == 0 and run.json["quotes_checked"] is False
    assert "not looked up" in run.err


def test_a_file_that_cannot_be_linted_is_told_in_words(briefing: Any, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 and so on")
    run = briefing("lint", tmp_path / "a.pdf", "--json")
    assert run.status == 1 and "Lint the .docx" in run.json["error"]["message"]
    assert briefing("lint", tmp_path / "none.md", "--json").status == 1
