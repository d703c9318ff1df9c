"""Many questions in one go: JSON lines in, JSON lines out, a bad line never stopping the rest."""

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
    one: Callable[[dict[str, Any]], dict[str, Any]],
    progress: Callable[[int, int], None] | None = None,
) -> tuple[int, int]:
    """Run `one` on every line of `batch` that is not blank and write its result, in order, to `out`.

    A result carries its line's id. A line that is no JSON object, or that `one` refuses with a ValueError,
    StoreError or IngestError, becomes {"id", "error"}. Returns how many were done and how many failed.
    """
    lines = [line for line in batch.read_bytes().split(b"\n") if line.strip()]
    failed = 0
    with out.open("w", encoding="utf8") as results:
        for number, line in enumerate(lines, start=1):
            result = _result(line, number, one)
            failed += "error" in result
            results.write(json.dumps(result, ensure_ascii=False) + "\n")
            results.flush()  # what is done stays done if the run is stopped
            if progress:
                progress(number, len(lines))
    return len(lines) - failed, failed


def _result(line: bytes, number: int, one: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        return _error(None, "bad_line", f"line {number} is not JSON: {error}")
    if not isinstance(row, dict):
        return _error(None, "bad_line", f"line {number} is not a JSON object")
    try:
        return {"id": row.get("id"), **one(row)}
    except (StoreError, IngestError) as error:
        return _error(row.get("id"), error.code, error.message)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return _error(row.get("id"), "bad_line", f"line {number}: {error}")


def _error(which: object, code: str, message: str) -> dict[str, Any]:
    return {"id": which, "error": {"code": code, "message": message}}
