"""Runs a batch of questions: JSON lines in, JSON lines out. A bad line never stops the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ingest import IngestError
from vectorstore import StoreError


def run_batch(
    batch: Path,
    out: Path,
    answer_row: Callable[[dict[str, Any]], dict[str, Any]],
    progress: Callable[[int, int], None] | None = None,
) -> tuple[int, int]:
    """Call `answer_row` for every line of `batch` that is not blank; write the results, in order, to `out`.

    A result carries its line's id. A line that is not a JSON object, or for which `answer_row` raises ValueError,
    TypeError, KeyError, AttributeError, StoreError or IngestError, becomes {"id", "error": {"code", "message"}}.
    `progress` is called with lines done and lines in all. Returns how many succeeded and how many failed. Raises
    OSError if a file cannot be read or written.
    """
    lines = [line for line in batch.read_bytes().split(b"\n") if line.strip()]
    failed = 0
    with out.open("w", encoding="utf8") as results:
        for number, line in enumerate(lines, start=1):
            result = _result(line, number, answer_row)
            failed += "error" in result
            results.write(json.dumps(result, ensure_ascii=False) + "\n")
            results.flush()  # an interrupted run keeps its results
            if progress:
                progress(number, len(lines))
    return len(lines) - failed, failed


def _result(
    line: bytes, number: int, answer_row: Callable[[dict[str, Any]], dict[str, Any]]
) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        return _error(None, "bad_line", f"line {number} is not JSON: {error}")
    if not isinstance(row, dict):
        return _error(None, "bad_line", f"line {number} is not a JSON object")
    try:
        return {"id": row.get("id"), **answer_row(row)}
    except (StoreError, IngestError) as error:
        return _error(row.get("id"), error.code, error.message)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return _error(row.get("id"), "bad_line", f"line {number}: {error}")


def _error(row_id: object, code: str, message: str) -> dict[str, Any]:
    return {"id": row_id, "error": {"code": code, "message": message}}
