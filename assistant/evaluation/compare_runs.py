"""Two runs over the same questions side by side: what became better, what worse, and where."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.evaluation.evaluate import summary

_LESS_IS_BETTER = ("false_refusals",)
_NOT_COMPARED = ("id", "question", "answer", "seconds", "gold_not_in_index")


def read_run(file: Path) -> list[dict[str, Any]]:
    """The lines that `briefing eval --details` wrote. Raises ValueError for a file that is no such run."""
    try:
        rows = [json.loads(line) for line in file.read_text("utf8").splitlines() if line.strip()]
    except ValueError as error:
        raise ValueError(f"{file} is no run of `briefing eval --details`: {error}") from error
    if not all(isinstance(row, dict) and {"id", "seconds"} <= row.keys() for row in rows):
        raise ValueError(f"{file} is no run of `briefing eval --details`")
    return rows


def compare_runs(now: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Both runs' figures over the questions that they share, and each question of which a figure differs.

    {"rows", "before": {name: figure}, "now": {name: figure}, "changed": [{"id", "question", "better": [name],
    "worse": [name]}]}; a figure is None where no row carries it.
    """
    earlier = {row["id"]: row for row in before}
    shared = [(row, earlier[row["id"]]) for row in now if row["id"] in earlier]
    changed = []
    for row, old in shared:
        better: list[str] = []
        worse: list[str] = []
        for name, value in row.items():
            was = old.get(name)
            if name in _NOT_COMPARED or value is None or was is None or value == was:
                continue
            (better if (value > was) != (name in _LESS_IS_BETTER) else worse).append(name)
        if better or worse:
            changed.append({"id": row["id"], "question": row["question"], "better": better, "worse": worse})
    return {
        "rows": len(shared),
        "before": _figures([old for _, old in shared]),
        "now": _figures([row for row, _ in shared]),
        "changed": changed,
    }


def _figures(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in summary([dict(row) for row in rows]).items() if name != "counts"}
