"""Two runs side by side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.compare_runs import compare_runs, read_run


def row(row_id: str, **figures: Any) -> dict[str, Any]:
    """A question's row as an evaluation writes it."""
    rest = {"question": f"{row_id}?", "answer": "A.", "seconds": 0.1, "gold_not_in_index": 0}
    return {"id": row_id, **rest, "mrr": None, "false_refusals": None, **figures}


@pytest.mark.parametrize(
    ("before", "now", "better", "worse"),
    [
        ({"mrr": 0.5}, {"mrr": 1.0}, ["mrr"], []),
        ({"mrr": 1.0}, {"mrr": 0.5}, [], ["mrr"]),
        ({"false_refusals": 1.0}, {"false_refusals": 0.0}, ["false_refusals"], []),
        ({"false_refusals": 0.0}, {"false_refusals": 1.0}, [], ["false_refusals"]),
        (
            {"mrr": 0.5, "false_refusals": 0.0},
            {"mrr": 1.0, "false_refusals": 1.0},
            ["mrr"],
            ["false_refusals"],
        ),
    ],
)
def test_more_is_better_but_for_false_refusals(
    before: dict[str, float], now: dict[str, float], better: list[str], worse: list[str]
) -> None:
    [change] = compare_runs([row("a", **now)], [row("a", **before)])["changed"]
    assert change == {"id": "a", "question": "a?", "better": better, "worse": worse}


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({"mrr": 0.5}, {"mrr": 0.5}),
        ({"mrr": None}, {"mrr": 0.5}),
        ({"mrr": 0.5}, {"mrr": None}),
        ({"seconds": 1.0}, {"seconds": 9.0}),
        ({"answer": "A."}, {"answer": "B."}),
        ({"gold_not_in_index": 0}, {"gold_not_in_index": 1}),
    ],
    ids=["equal", "new figure", "figure gone", "slower", "other words", "reading"],
)
def test_what_says_nothing_of_quality_is_no_change(before: dict[str, Any], now: dict[str, Any]) -> None:
    assert compare_runs([row("a", **now)], [row("a", **before)])["changed"] == []


def test_figures_are_taken_over_the_questions_that_both_runs_share() -> None:
    now = [row("a", mrr=1.0), row("b", mrr=0.0)]
    before = [row("a", mrr=0.5), row("gone", mrr=0.0)]
    result = compare_runs(now, before)
    assert (result["rows"], result["before"]["mrr"], result["now"]["mrr"]) == (1, 0.5, 1.0)
    assert result["now"]["false_refusals"] is None and "counts" not in result["now"]


def test_runs_that_share_no_question_have_no_figures() -> None:
    result = compare_runs([row("a", mrr=1.0)], [row("b", mrr=1.0)])
    assert (result["rows"], result["changed"]) == (0, [])


@pytest.mark.parametrize("content", ["{broken", "[]", '{"id": "a"}', '{"seconds": 1}', "7"])
def test_a_file_that_is_no_run_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "run.jsonl"
    file.write_text(content, "utf8")
    with pytest.raises(ValueError, match="run.jsonl is no run of `briefing eval --details`"):
        read_run(file)


def test_a_run_is_read_as_it_was_written(tmp_path: Path) -> None:
    rows = [row("a", mrr=1.0), row("b")]
    file = tmp_path / "run.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)) + "\n\n", "utf8")
    assert read_run(file) == rows
