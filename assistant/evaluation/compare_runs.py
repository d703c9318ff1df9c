"""Compares two runs over the same questions: which figures got better or worse, and on which questions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.evaluation.evaluate import summary

_LESS_IS_BETTER = ("false_refusals",)  # of all other figures more is better
_NOT_COMPARED = ("id", "question", "answer", "seconds", "gold_not_in_index")


def read_run(file: Path) -> list[dict[str, Any]]:
    """The rows that `briefing eval --details` wrote. Raises ValueError for any other file, OSError if there is none."""
    try:
        rows = [json.loads(line) for line in file.read_text("utf8").splitlines() if line.strip()]
    except ValueError as error:
        raise ValueError(f"{file} is no run of `briefing eval --details`: {error}") from error
    if not all(isinstance(row, dict) and {"id", "seconds"} <= row.keys() for row in rows):
        raise ValueError(f"{file} is no run of `briefing eval --details`")
    return rows


def compare_runs(now: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Both runs' figures over the questions they share, and the questions of which a figure changed.

    Returns {"rows": questions shared, "before": {name: figure}, "now": {name: figure}, "changed": [{"id", "question",
    "better": [name], "worse": [name]}]}. A figure is None if no row has it.
    """
    before_by_id = {row["id"]: row for row in before}
    shared = [(row, before_by_id[row["id"]]) for row in now if row["id"] in before_by_id]
    changed = []
    for row, row_before in shared:
        better: list[str] = []
        worse: list[str] = []
        for name, value in row.items():
            value_before = row_before.get(name)
            if name in _NOT_COMPARED or value is None or value_before is None or value == value_before:
                continue
            (better if (value > value_before) != (name in _LESS_IS_BETTER) else worse).append(name)
        if better or worse:
            changed.append({"id": row["id"], "question": row["question"], "better": better, "worse": worse})
    return {
        "rows": len(shared),
        "before": _figures([row_before for _, row_before in shared]),
        "now": _figures([row for row, _ in shared]),
        "changed": changed,
    }


def _figures(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The summary of a run without its counts of rows."""
    return {name: value for name, value in summary([dict(row) for row in rows]).items() if name != "counts"}
