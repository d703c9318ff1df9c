"""Rows of a table as lines that stand alone: each value with the name of its column."""

from __future__ import annotations

from ingest.readers.common.draft import DraftPart


def rows_as_parts(rows: list[list[str]], header: bool, page: int | None = None) -> list[DraftPart]:
    """Table rows as readable lines: "Header: cell; Header: cell", so that each row can stand alone.

    Without a header row, or where a row has another number of cells, cells are set apart by " | ".
    """
    filled = [[" ".join(cell.split()) for cell in row] for row in rows]
    filled = [row for row in filled if any(row)]
    if header and len(filled) > 1:
        names, body = filled[0], filled[1:]
        return [DraftPart(_named_row(names, row), "table", page=page) for row in body]
    return [DraftPart(_bare_row(row), "table", page=page) for row in filled]


def looks_like_header(rows: list[list[str]]) -> bool:
    """Whether the first row names the columns: every cell filled, different and without figures."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    names = [" ".join(cell.split()) for cell in rows[0]]
    return (
        all(names)
        and len(set(names)) == len(names)
        and all(len(name) <= 60 and not name[0].isdigit() and name[-1] not in ".;" for name in names)
    )


def _named_row(names: list[str], row: list[str]) -> str:
    if len(names) != len(row):
        return _bare_row(row)
    return "; ".join(
        f"{name.rstrip(':')}: {cell}" if name else cell for name, cell in zip(names, row, strict=True) if cell
    )


def _bare_row(row: list[str]) -> str:
    return " | ".join(cell for cell in row if cell)
