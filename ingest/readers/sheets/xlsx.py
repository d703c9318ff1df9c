"""Reads XLSX files: a heading for each sheet, and each row as a line with the names of its columns."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ingest.readers.common.cells import cell_text
from ingest.readers.common.draft import Draft, DraftPart, compose
from ingest.readers.common.ooxml import check_package
from ingest.readers.common.properties import stated_properties
from ingest.readers.sheets.rows import (
    MOST_CELLS,
    SheetRow,
    rows_as_lines,
    title_line,
    title_metadata,
    too_many_cells,
)

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_MOST_ROWS = 1_048_576  # of a sheet, by the format
_MOST_PLACES = 20_000_000  # cells of a file, empty ones included
_MOST_MERGES = 20_000  # rows that the merged cells of a sheet cover, added up
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_CHUNK = 1 << 20  # bytes
_LONGEST_MERGE_TAG = 200  # bytes: so many of a chunk are looked at again with the next


def read_workbook(data: bytes) -> Draft:
    """Read an XLSX file: values as last calculated, hidden sheets included, charts and comments left out.

    Raises IngestError `too_large` or `unreadable`.
    """
    import openpyxl

    check_package(data, "xlsx", "an ordinary Excel workbook (.xlsx)")
    workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    budget = _Budget()
    parts: list[DraftPart] = []
    titles = []
    for sheet in workbook.worksheets:
        lines = rows_as_lines(list(_rows(sheet, budget)))
        if lines:
            titles.append(title_line(lines))
            # A first line that repeats the sheet's name is dropped.
            parts += [DraftPart(sheet.title, "heading", 1), *lines[lines[0].text == sheet.title :]]
    text, pieces = compose(parts)
    properties = workbook.properties
    return Draft(
        text,
        pieces,
        strong=title_metadata(_title(titles)),
        weak=stated_properties(properties.title, properties.creator),
    )


def _title(lines: list[str | None]) -> str | None:
    """The title line of the first sheet; None if another sheet has another, as each then only names its table.

    `_title(["Fees", None, "Fees"]) == "Fees"`, `_title(["Fees", "Ports"]) is None`
    """
    return lines[0] if lines and {line for line in lines if line} == {lines[0]} else None


class _Budget:
    """Counts the cells of a workbook and stops at the limits."""

    def __init__(self) -> None:
        self._filled = 0
        self._places = 0

    def spend(self, filled: int, places: int) -> None:
        """Counts a row of `places` cells, of which `filled` hold something. Raises IngestError `too_large`."""
        self._filled += filled
        self._places += places + 1
        if self._filled > MOST_CELLS or self._places > _MOST_PLACES:
            raise too_many_cells()


def _rows(sheet: ReadOnlyWorksheet, budget: _Budget) -> Iterator[SheetRow]:
    """The rows that hold something; the text of a cell merged over rows is repeated in each. May raise `too_large`."""
    down, right = _merged(sheet)
    texts: dict[tuple[int, int], str] = {}  # (row, column) of a merged cell's upper left -> its text
    sheet.reset_dimensions()  # a sheet may declare far more than it holds
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > _MOST_ROWS:
            raise too_many_cells()
        cells = {cell.column: text for cell in row if cell.value is not None and (text := _text(cell))}
        budget.spend(len(cells), len(row))
        for column, first in down.get(number, ()):
            if first == number:
                texts[number, column] = cells.get(column, "")
            elif above := texts.get((first, column)):
                cells.setdefault(column, above)
        covered = {
            column: cells[first]
            for first, last in right.get(number, ())
            if first in cells
            for column in range(first + 1, last + 1)
        }
        if cells:
            yield SheetRow(number, dict(sorted(cells.items())), covered)


def _text(cell: Any) -> str:
    """The text that a cell shows; "" for an error such as #REF!."""
    if cell.data_type == "e":
        return ""
    value = cell.value
    return cell_text(value) if isinstance(value, str) else cell_text(value, cell.number_format)


def _merged(
    sheet: ReadOnlyWorksheet,
) -> tuple[dict[int, list[tuple[int, int]]], dict[int, list[tuple[int, int]]]]:
    """The merged cells of a sheet, by row.

    Those over several rows as (column, first row) for each of their rows; those over several columns as (first column,
    last column) for their first row. Read ahead, because a sheet lists them after its rows.
    """
    from openpyxl.utils.cell import range_boundaries

    down: dict[int, list[tuple[int, int]]] = {}
    right: dict[int, list[tuple[int, int]]] = {}
    places = 0
    for reference in _merge_references(sheet):
        left, top, last, bottom = range_boundaries(reference)
        places += bottom - top + 1
        if places > _MOST_MERGES:  # whole columns are merged: their text stays in the first row
            break
        if last > left:
            right.setdefault(top, []).append((left, last))
        if bottom > top:
            for number in range(top, bottom + 1):
                down.setdefault(number, []).append((left, top))
    return down, right


def _merge_references(sheet: ReadOnlyWorksheet) -> Iterator[str]:
    """The references of merged cells, such as "A1:B3", found in the sheet's XML without parsing it."""
    with sheet._get_source() as source:
        rest = b""
        while chunk := source.read(_CHUNK):
            text = rest + chunk
            end = 0
            for match in _MERGE.finditer(text):
                end = match.end()
                yield match[1].decode("ascii")
            rest = text[max(end, len(text) - _LONGEST_MERGE_TAG) :]
