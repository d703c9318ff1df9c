"""eval, verify and lint."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.checks import _figure

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


def test_an_answer_verifies_too(briefing: Any, index: Path, tmp_path: Path) -> None:
    (tmp_path / "answer.json").write_text(
        briefing("ask", "When did the bridge at Kolda fall?", "--json").out, "utf8"
    )
    assert briefing("verify", tmp_path / "answer.json").status == 0


@pytest.mark.parametrize("text", ["{", "[]", "7", '{"some": "thing"}'])
def test_verify_of_something_else_says_so(briefing: Any, tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text)
    run = briefing("verify", tmp_path / "x.json", "--json")
    assert run.status in (1, 2) and "unforeseen" not in run.err


QUOTE = "The bridge at Kolda fell in March 2021 after three weeks of rain."


def test_bad_rows_are_told_and_the_rest_are_scored(
    briefing: Any, index: Path, tmp_path: Path, write_lines: Any, read_lines: Any
) -> None:
    file = write_lines(
        {"id": 1, "question": "When did the bridge at Kolda fall?", "answer_key": ["March 2021"],
         "gold": [{"source": "bridge.txt", "quote": QUOTE}], "answerable": True},
        {"id": 2, "question": "What is the population of Iceland?", "answerable": False},
        "{broken",
        {"id": 3},
        {"id": 4, "question": "Why?", "gold": ["text"]},
        {"id": 5, "question": "Why?", "match": "some"},
        {"id": 6, "question": "x" * 30_000},
    )  # fmt: skip
    run = briefing("eval", file, "--json", "--details", tmp_path / "details.jsonl")
    report = run.json
    assert run.status == 1 and report["rows"] == 2 and len(report["bad_rows"]) == 5
    for name in ("evidence_recall_at_10", "answer_key_accuracy", "citation_recall", "refusal_accuracy"):
        assert report[name] == 1, name
    assert report["false_refusals"] == 0 and report["gold_not_in_index"] == 0
    assert [one["id"] for one in read_lines(tmp_path / "details.jsonl")] == ["1", "2"]
    assert "evidence_recall_at_5" in briefing("eval", file).out


def test_a_run_is_compared_with_an_earlier_one(
    briefing: Any, index: Path, tmp_path: Path, write_lines: Any
) -> None:
    file = write_lines(
        {"id": 1, "question": "When did the bridge at Kolda fall?", "answer_key": ["March 2021"]},
        {"id": 2, "question": "What is the population of Iceland?", "answerable": False},
    )
    details = tmp_path / "details.jsonl"
    assert briefing("eval", file, "--details", details).status == 0
    rows = [json.loads(line) for line in details.read_text("utf8").splitlines()]
    rows[0]["answer_key_accuracy"], rows[0]["false_refusals"] = 0.0, 0.0
    details.write_text("\n".join(map(json.dumps, rows)), "utf8")
    against = briefing("eval", file, "--against", details, "--json").json["against"]
    assert against["rows"] == 2
    assert against["before"]["answer_key_accuracy"] == 0 and against["now"]["answer_key_accuracy"] == 1
    assert [(one["id"], one["better"], one["worse"]) for one in against["changed"]] == [
        ("1", ["answer_key_accuracy"], [])
    ]
    assert "better: answer_key_accuracy" in briefing("eval", file, "--against", details).out
    details.write_text("[]", "utf8")
    assert "is no run" in briefing("eval", file, "--against", details).err


@pytest.mark.parametrize(
    ("value", "figure"), [(None, "–"), (0.5, "0.500"), (1.0, "1.000"), (0, "0"), (12, "12")]
)
def test_a_figure_that_no_row_has_is_a_dash(value: float | None, figure: str) -> None:
    assert _figure(value) == figure
