"""Batches of questions: a bad line never stops the rest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.batch import run_batch
from vectorstore import NotFound


def answer(row: dict[str, Any]) -> dict[str, Any]:
    """Answers in capitals; fails as the row says."""
    errors = {
        "value": ValueError("too long"),
        "store": NotFound("no such document"),
        "key": KeyError("history"),
    }
    if "fail" in row:
        raise errors[row["fail"]]
    return {"answer": str(row["question"]).upper()}


def run(tmp_path: Path, data: bytes) -> tuple[tuple[int, int], list[dict[str, Any]]]:
    (tmp_path / "in.jsonl").write_bytes(data)
    counts = run_batch(tmp_path / "in.jsonl", tmp_path / "out.jsonl", answer)
    return counts, [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf8").splitlines()]


def test_results_keep_the_order_and_the_ids_of_their_lines(tmp_path: Path) -> None:
    counts, rows = run(tmp_path, b'{"id": "b", "question": "why?"}\n\n{"id": 1, "question": "who?"}\n')
    assert counts == (2, 0)
    assert rows == [{"id": "b", "answer": "WHY?"}, {"id": 1, "answer": "WHO?"}]


@pytest.mark.parametrize(
    ("line", "row_id", "code", "message"),
    [
        (b"{broken", None, "bad_line", "line 2 is not JSON"),
        (b"\xff\xfe", None, "bad_line", "line 2 is not JSON"),
        (b"[1]", None, "bad_line", "line 2 is not a JSON object"),
        (b'{"id": 7}', 7, "bad_line", "line 2: 'question'"),
        (b'{"id": 7, "fail": "value"}', 7, "bad_line", "line 2: too long"),
        (b'{"id": 7, "fail": "key"}', 7, "bad_line", "line 2: 'history'"),
        (b'{"fail": "store"}', None, "not_found", "no such document"),
    ],
)
def test_a_bad_line_becomes_an_error_and_the_others_are_answered(
    tmp_path: Path, line: bytes, row_id: int | None, code: str, message: str
) -> None:
    good = b'{"id": 0, "question": "why?"}'
    counts, rows = run(tmp_path, b"\n".join([good, line, good]))
    assert counts == (2, 1) and rows[0] == rows[2] == {"id": 0, "answer": "WHY?"}
    assert rows[1]["id"] == row_id and rows[1]["error"]["code"] == code
    assert rows[1]["error"]["message"].startswith(message)


def test_what_is_answered_is_written_before_the_next_line_is_asked(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1}\n{"id": 2}\n')
    out = tmp_path / "out.jsonl"
    lines_before: list[int] = []

    def counting(row: dict[str, Any]) -> dict[str, Any]:
        lines_before.append(len(out.read_text("utf8").splitlines()))
        return {}

    steps: list[tuple[int, int]] = []
    run_batch(tmp_path / "in.jsonl", out, counting, lambda done, total: steps.append((done, total)))
    assert lines_before == [0, 1] and steps == [(1, 2), (2, 2)]


def test_an_error_that_nobody_foresaw_ends_the_run(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1}\n')

    def failing(row: dict[str, Any]) -> dict[str, Any]:
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError):
        run_batch(tmp_path / "in.jsonl", tmp_path / "out.jsonl", failing)
