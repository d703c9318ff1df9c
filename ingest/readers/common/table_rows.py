"""Writes table rows as lines that can be read alone, each value with the name of its column."""

from __future__ import annotations

from ingest.readers.common.draft import DraftPart


def rows_as_parts(rows: list[list[str]], header: bool, page: int | None = None) -> list[DraftPart]:
    """Table rows as lines such as "Harbour: Lindow; Fee: 12"; empty rows are left out.

    Without a header row, or in a row with another number of cells, cells are separated by " | ".
    """
    filled = [[" ".join(cell.split()) for cell in row] for row in rows]
    filled = [row for row in filled if any(row)]
    if header and len(filled) > 1:
        names, body = filled[0], filled[1:]
        return [DraftPart(_named_row(names, row), "table", page=page) for row in body]
    return [DraftPart(_bare_row(row), "table", page=page) for row in filled]


def looks_like_header(rows: list[list[str]]) -> bool:
    """Whether the first row names the columns: every cell is filled, different, short and begins with no digit.

    `looks_like_header([["Harbour", "Fee"], ["Lindow", "12"]]) is True`
    """
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    names = [" ".join(cell.split()) for cell in rows[0]]
    return (
        all(names)
        and len(set(names)) == len(names)
        and all(len(name) <= 60 and not name[0].isdigit() and name[-1] not in ".;" for name in names)
    )


def _named_row(names: list[str], row: list[str]) -> str:
    """`_named_row(["Harbour", "Fee"], ["Lindow", "12"]) == "Harbour: Lindow; Fee: 12"`"""
    if len(names) != len(row):
        return _bare_row(row)
    return "; ".join(
        f"{name.rstrip(':')}: {cell}" if name else cell for name, cell in zip(names, row, strict=True) if cell
    )


def _bare_row(row: list[str]) -> str:
    """`_bare_row(["Lindow", "", "12"]) == "Lindow | 12"`"""
    return " | ".join(cell for cell in row if cell)
