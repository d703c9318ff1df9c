"""Rows of a sheet as readable lines: "Row 12: Region: Kayes; Killed: 40", so that each can stand alone.

A sheet is cut into segments at its empty rows. A segment may open with title lines, may then name its columns in one
row or several, and goes on with data; one without names of its own goes on under those above it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice, pairwise

from ingest.document import IngestError, Metadata
from ingest.metadata.titles import is_title_line
from ingest.readers.common.draft import DraftPart
from ingest.text.date_patterns import YEAR

MOST_CELLS = 500_000  # filled ones, of one file; their text stays below what is kept of a document
_HEADER_WITHIN = 12  # rows of a segment
_LOOKED_AT = 50  # rows below a header
_LONGEST_NAME = 200  # characters of a column's name; survey sheets put whole questions there
_SHOWN_NAME = 100  # characters of it that each row repeats
_SHORT_NAME = 60  # characters, where nothing but its look tells a header
_NOTE = 60  # characters: a single longer cell is a note on the table
_MARKED_NOTE = re.compile(r"(?:source|note|nota|quelle|fuente|fonte|anmerkung)s?\b|\*", re.IGNORECASE)
_FIGURE = re.compile(r"[-+(~<>≤≥±≈]*\s*[$€£¥₦]?\s*\d[\d\s.,:/'’-]*(?:%|[^\W\d]{0,3})\s*\)?")
_MISSING = re.compile(r"n[./]?[ad]\.?|nil|null|none|nan|unknown|(?:sub-?)?totals?", re.IGNORECASE)
_PERIOD = re.compile(rf"{YEAR}(?:\s?[-–/]\s?\d{{2,4}})?")


@dataclass(frozen=True)
class SheetRow:
    """A row with something in it."""

    number: int  # 1-based, as the sheet shows it
    cells: Mapping[int, str]  # column, 1-based -> text; empty cells left out
    covered: Mapping[int, str] = field(default_factory=dict)  # columns a merged cell reaches over -> its text
    width: int = 0  # cells written, empty ones too; 0 where a cell's column is certain


def rows_as_lines(rows: Sequence[SheetRow]) -> list[DraftPart]:
    """The rows of one sheet: `table` parts for rows of data, paragraphs for the lines above and below them."""
    parts: list[DraftPart] = []
    table = _SheetTable()
    segments = _segments(rows)
    for place, segment in enumerate(segments):
        following = segments[place + 1] if place + 1 < len(segments) else []
        columns = {column for row in segment for column in row.cells}
        same = bool(table.names) and columns <= table.columns
        header = _find_header(
            segment,
            [] if same and len(segment) == 1 else following,
            goes_on=same and table.shares_values(segment),
        )
        body = segment
        if header is not None:
            parts += [DraftPart(_bare(row)) for row in header.above]
            body = segment[header.place + 1 :]
            table = _SheetTable(header.names, columns | set(header.names), segment[header.place].width)
        elif all(len(row.cells) == 1 for row in segment):
            parts += [DraftPart(_bare(row)) for row in segment]
            continue
        elif not columns <= table.columns:
            table = _SheetTable(columns=columns)
        parts += [_line(row, table) for row in body]
        table.rows += body[:_LOOKED_AT]
    return parts


def title_line(parts: Sequence[DraftPart]) -> str | None:
    """The line above a sheet's table that can be its title; with several tables one above the first one's own."""
    runs = [list(run) for kind, run in groupby(parts, key=lambda part: part.kind)]
    lines = [run for run, below in pairwise(runs) if run[0].kind == "paragraph" and below[0].kind == "table"]
    if not lines or parts[0].kind != "paragraph" or len(lines[0]) <= max(map(len, lines[1:]), default=0):
        return None
    title = parts[0].text
    # In small letters: two capitalised words above a table are its title, not its author's name.
    return title if is_title_line(title.lower()) else None


def stated_title(title: str | None) -> Metadata:
    """Strong metadata of a title line."""
    return Metadata(title=title, found={"title": "line above the table"} if title else {})


def too_many_cells() -> IngestError:
    """The error for a file with more than MOST_CELLS cells, or rows of so many columns."""
    return IngestError(
        "too_large",
        f"The file holds more than {MOST_CELLS:,} cells. Split it, or keep only the sheets and columns that matter, "
        "and add the parts.",
    )


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a table names the columns, by what stands below it: text over figures."""
    filled = [
        SheetRow(number, {column: cell for column, cell in enumerate(row, start=1) if cell})
        for number, row in enumerate(rows, start=1)
    ]
    return len(filled) > 1 and _stands_over(filled[0].cells, filled[1:])


@dataclass
class _SheetTable:
    """The table whose rows are being read."""

    names: Mapping[int, str] = field(default_factory=dict)  # column -> name
    columns: set[int] = field(default_factory=set)
    width: int = 0  # cells of the header row
    rows: list[SheetRow] = field(default_factory=list)  # of its data, a sample

    def shares_values(self, rows: Sequence[SheetRow]) -> bool:
        """Whether a value of these rows stands in the same column of the table."""
        known = {pair for row in self.rows for pair in row.cells.items()}
        return any(not known.isdisjoint(row.cells.items()) for row in rows[:_LOOKED_AT])


@dataclass(frozen=True)
class _HeaderRow:
    """The row that names the columns."""

    place: int  # index into its segment
    names: Mapping[int, str]  # column -> name
    above: Sequence[SheetRow]  # title lines


def _segments(rows: Sequence[SheetRow]) -> list[list[SheetRow]]:
    segments: list[list[SheetRow]] = []
    last = None
    for row in rows:
        if last is None or row.number > last + 1:
            segments.append([])
        segments[-1].append(row)
        last = row.number
    return segments


def _find_header(
    segment: Sequence[SheetRow], following: Sequence[SheetRow], *, goes_on: bool
) -> _HeaderRow | None:
    """The header of a segment, or of the one that follows where there is nothing below it; None without one.

    Where the segment may as well go on with the table above (`goes_on`), the look of a row alone is not enough.
    """
    widest = max(len(row.cells) for row in segment)
    upper: dict[int, str] = {}  # names that several columns share
    above: list[SheetRow] = []
    titles_only = True
    for index, row in enumerate(islice(segment, _HEADER_WITHIN)):
        below = [one for one in segment[index + 1 : index + 1 + _LOOKED_AT] if one.width <= row.width]
        if below and _spans(row, below[0]):
            upper = _joined(upper, {**row.cells, **row.covered})
            continue
        names = _joined(upper, row.cells)
        if len(row.cells) >= max(2, widest / 2) and (
            _stands_over(names, below or following[:_LOOKED_AT])
            or (titles_only and (above or not goes_on) and _looks_like_names(names, below))
        ):
            return _HeaderRow(index, names, above)
        if any(map(_is_figure, row.cells.values())) and len(row.cells) > 1:
            return None
        titles_only = titles_only and len(row.cells) <= max(1, widest // 2)
        above.append(row)
    return None


def _spans(row: SheetRow, lower: SheetRow) -> bool:
    """Whether a row holds names over several columns each, to which the row below adds its own."""
    title = len(row.cells) == 1 and min(row.cells) <= min(lower.cells)
    return not title and any(
        column in row.covered and not _is_figure(text) for column, text in lower.cells.items()
    )


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None


def _joined(upper: Mapping[int, str], lower: Mapping[int, str]) -> dict[int, str]:
    joined = dict(upper)
    for column, name in lower.items():
        above = upper.get(column)
        joined[column] = f"{above} / {name}" if above and above != name else name
    return dict(sorted(joined.items()))


def _stands_over(names: Mapping[int, str], below: Sequence[SheetRow]) -> bool:
    """Whether the cells can be names and at least one of them stands over figures."""
    if not all(
        len(name) <= _LONGEST_NAME
        and not _MISSING.fullmatch(name)
        and (_PERIOD.fullmatch(name) or any(map(str.isalpha, name)))
        for name in names.values()
    ):
        return False
    contrast = False
    for column, name in names.items():
        values = [row.cells[column] for row in below if column in row.cells]
        if name in values:
            return False
        figures = sum(map(_is_figure, values))
        if _PERIOD.fullmatch(name):
            figures -= sum(bool(_PERIOD.fullmatch(value)) for value in values)
        elif _is_figure(name):
            continue
        contrast = contrast or figures > len(values) / 2
    return contrast


def _looks_like_names(names: Mapping[int, str], below: Sequence[SheetRow]) -> bool:
    """Whether the cells look like names by themselves: short, different, one over each column, none a value."""
    columns = {column for row in below for column in row.cells}
    labels = sum(row.cells.get(min(names), "").endswith(":") for row in below)
    return (
        bool(below)
        and columns <= set(names)
        and labels <= len(below) / 2
        and len(set(names.values())) == len(names)
        and all(
            len(name) <= _SHORT_NAME
            and not _MISSING.fullmatch(name)
            and not name[0].isdigit()
            and name[-1] not in ".;:"
            for name in names.values()
        )
        and not any(row.cells.get(column) == name for column, name in names.items() for row in below)
    )


def _line(row: SheetRow, table: _SheetTable) -> DraftPart:
    text = _bare(row)
    if table.names and len(row.cells) == 1 and (len(text) > _NOTE or _MARKED_NOTE.match(text)):
        return DraftPart(text)
    # A row of text with more cells than the header has stands in no certain columns.
    if table.names and row.width <= table.width:
        text = _named(row, table.names)
    return DraftPart(f"Row {row.number}: {text}", "table")


def _named(row: SheetRow, names: Mapping[int, str]) -> str:
    return "; ".join(
        f"{_short(names[column])}: {text}" if column in names else text for column, text in row.cells.items()
    )


def _short(name: str) -> str:
    if len(name) > _SHOWN_NAME:
        name = name[:_SHOWN_NAME].rsplit(" ", 1)[0] + "…"
    return name.rstrip(": ")


def _bare(row: SheetRow) -> str:
    """The cells one after the other; one that ends in a colon is a label of the next."""
    return re.sub(r":; ", ": ", "; ".join(row.cells.values()))
