"""Writes the rows of a sheet as lines that can be cited alone: "Row 12: Region: Kayes; Killed: 40".

Empty rows cut a sheet into segments. A segment is made of title lines, a header of one row or several, and data, the
first two optional; a segment without a header may continue the table above.
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

MOST_CELLS = 500_000  # filled cells of a file; their text stays below the limit of a document
_HEADER_WITHIN = 12  # rows of a segment in which its header is sought
_ROWS_COMPARED = 50  # rows below a header that are compared with it
_LONGEST_NAME = 200  # characters of a column's name; survey sheets put whole questions there
_LONGEST_SHOWN_NAME = 100  # characters of such a name that each row repeats
_LONGEST_SHORT_NAME = 60  # characters of a name, where only its look tells a header
_LONGEST_LABEL = 60  # characters; a longer cell that is alone in its row is a note on the table
_MARKED_NOTE = re.compile(r"(?:source|note|nota|quelle|fuente|fonte|anmerkung)s?\b|\*", re.IGNORECASE)
_FIGURE = re.compile(r"[-+(~<>≤≥±≈]*\s*[$€£¥₦]?\s*\d[\d\s.,:/'’-]*(?:%|[^\W\d]{0,3})\s*\)?")
_MISSING = re.compile(r"n[./]?[ad]\.?|nil|null|none|nan|unknown|(?:sub-?)?totals?", re.IGNORECASE)
_PERIOD = re.compile(rf"{YEAR}(?:\s?[-–/]\s?\d{{2,4}})?")


@dataclass(frozen=True)
class SheetRow:
    """A row of a sheet with at least one filled cell."""

    number: int  # 1-based, as the sheet shows it
    cells: Mapping[int, str]  # column, 1-based -> text, without empty cells
    covered: Mapping[int, str] = field(default_factory=dict)  # other columns of a merged cell -> its text
    width: int = 0  # cells written, empty ones included; 0 in workbooks, where each cell states its column


def rows_as_lines(rows: Sequence[SheetRow]) -> list[DraftPart]:
    """The rows of one sheet as parts: of kind `table` for rows of data, `paragraph` for titles and notes."""
    parts: list[DraftPart] = []
    table = _SheetTable()
    segments = _segments(rows)
    for index, segment in enumerate(segments):
        following = segments[index + 1] if index + 1 < len(segments) else []
        columns = {column for row in segment for column in row.cells}
        fits_table = bool(table.names) and columns <= table.columns
        header = _find_header(
            segment,
            [] if fits_table and len(segment) == 1 else following,
            goes_on=fits_table and table.shares_values(segment),
        )
        body = segment
        if header is not None:
            parts += [DraftPart(_without_names(row)) for row in header.above]
            body = segment[header.place + 1 :]
            table = _SheetTable(header.names, columns | set(header.names), segment[header.place].width)
        elif all(len(row.cells) == 1 for row in segment):
            parts += [DraftPart(_without_names(row)) for row in segment]
            continue
        elif not columns <= table.columns:
            table = _SheetTable(columns=columns)
        parts += [_line(row, table) for row in body]
        table.rows += body[:_ROWS_COMPARED]
    return parts


def title_line(parts: Sequence[DraftPart]) -> str | None:
    """The first line above a sheet's table, if it can be a title; None otherwise.

    With several tables the first must have more lines above it than the others, so that its first is the sheet's title.
    """
    runs = [list(run) for kind, run in groupby(parts, key=lambda part: part.kind)]
    lines = [run for run, below in pairwise(runs) if run[0].kind == "paragraph" and below[0].kind == "table"]
    if not lines or parts[0].kind != "paragraph" or len(lines[0]) <= max(map(len, lines[1:]), default=0):
        return None
    title = parts[0].text
    # In lower case, or a title of two capitalised words is taken for an author's name.
    return title if is_title_line(title.lower()) else None


def title_metadata(title: str | None) -> Metadata:
    """A title line as strong metadata, empty for None."""
    return Metadata(title=title, found={"title": "line above the table"} if title else {})


def too_many_cells() -> IngestError:
    """The IngestError `too_large` for a file with more cells, filled or empty, than can be read."""
    return IngestError(
        "too_large",
        f"The file holds more than {MOST_CELLS:,} cells. Split it, or keep only the sheets and columns that matter, "
        "and add the parts.",
    )


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a table names the columns: it is text over figures.

    `has_header([["Port", "Tonnes"], ["Lindow", "900"]]) is True`
    """
    filled = [
        SheetRow(number, {column: cell for column, cell in enumerate(row, start=1) if cell})
        for number, row in enumerate(rows, start=1)
    ]
    return len(filled) > 1 and _stands_over(filled[0].cells, filled[1:])


@dataclass
class _SheetTable:
    """The table whose rows are being written; empty before the first."""

    names: Mapping[int, str] = field(default_factory=dict)  # column -> name
    columns: set[int] = field(default_factory=set)
    width: int = 0  # cells of the header row
    rows: list[SheetRow] = field(default_factory=list)  # a sample of its data

    def shares_values(self, rows: Sequence[SheetRow]) -> bool:
        """Whether a value of these rows occurs in the same column of the table, so that they probably continue it."""
        values = {pair for row in self.rows for pair in row.cells.items()}
        return any(not values.isdisjoint(row.cells.items()) for row in rows[:_ROWS_COMPARED])


@dataclass(frozen=True)
class _HeaderRow:
    """A header: the names of the columns and where they end."""

    place: int  # index of its last row in the segment
    names: Mapping[int, str]  # column -> name
    above: Sequence[SheetRow]  # title lines over it


def _segments(rows: Sequence[SheetRow]) -> list[list[SheetRow]]:
    """Runs of rows without an empty row between them."""
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
    """The header of a segment; None where it has none.

    `following` is the next segment, over whose rows a header at the end of this one may stand. `goes_on` says that the
    segment probably continues the table above: then a row is a header by its look alone only under
    title lines.
    """
    widest = max(len(row.cells) for row in segment)
    upper: dict[int, str] = {}  # column -> name that it shares with others
    above: list[SheetRow] = []
    titles_only = True
    for index, row in enumerate(islice(segment, _HEADER_WITHIN)):
        below = [
            lower for lower in segment[index + 1 : index + 1 + _ROWS_COMPARED] if lower.width <= row.width
        ]
        if below and _spans(row, below[0]):
            upper = _joined(upper, {**row.cells, **row.covered})
            continue
        names = _joined(upper, row.cells)
        if len(row.cells) >= max(2, widest / 2) and (
            _stands_over(names, below or following[:_ROWS_COMPARED])
            or (titles_only and (above or not goes_on) and _looks_like_names(names, below))
        ):
            return _HeaderRow(index, names, above)
        if any(map(_is_figure, row.cells.values())) and len(row.cells) > 1:
            return None
        titles_only = titles_only and len(row.cells) <= max(1, widest // 2)
        above.append(row)
    return None


def _spans(row: SheetRow, lower: SheetRow) -> bool:
    """Whether a row holds names over several columns each, under which the next row names every column."""
    is_title = len(row.cells) == 1 and min(row.cells) <= min(lower.cells)
    return not is_title and any(
        column in row.covered and not _is_figure(text) for column, text in lower.cells.items()
    )


def _is_figure(text: str) -> bool:
    """Whether a cell is a number, an amount or a share.

    `_is_figure("~1,200 km") is True`, `_is_figure("2 cranes") is False`
    """
    return _FIGURE.fullmatch(text) is not None


def _joined(upper: Mapping[int, str], lower: Mapping[int, str]) -> dict[int, str]:
    """The names of two header rows as one row.

    `_joined({1: "Fees"}, {1: "2020", 2: "Port"}) == {1: "Fees / 2020", 2: "Port"}`
    """
    joined = dict(upper)
    for column, name in lower.items():
        above = upper.get(column)
        joined[column] = f"{above} / {name}" if above and above != name else name
    return dict(sorted(joined.items()))


def _stands_over(names: Mapping[int, str], below: Sequence[SheetRow]) -> bool:
    """Whether the cells can be column names and at least one of them stands over figures.

    Years may be names: a column of them counts as figures only where its values are no years themselves.
    """
    if not all(
        len(name) <= _LONGEST_NAME
        and not _MISSING.fullmatch(name)
        and (_PERIOD.fullmatch(name) or any(map(str.isalpha, name)))
        for name in names.values()
    ):
        return False
    over_figures = False
    for column, name in names.items():
        values = [row.cells[column] for row in below if column in row.cells]
        if name in values:
            return False
        figures = sum(map(_is_figure, values))
        if _PERIOD.fullmatch(name):
            figures -= sum(bool(_PERIOD.fullmatch(value)) for value in values)
        elif _is_figure(name):
            continue
        over_figures = over_figures or figures > len(values) / 2
    return over_figures


def _looks_like_names(names: Mapping[int, str], below: Sequence[SheetRow]) -> bool:
    """Whether the cells look like column names: short, different, one over each column, none a value below.

    `_looks_like_names({1: "Port"}, [SheetRow(2, {1: "Lindow"})]) is True`
    """
    columns = {column for row in below for column in row.cells}
    labels = sum(row.cells.get(min(names), "").endswith(":") for row in below)
    return (
        bool(below)
        and columns <= set(names)
        and labels <= len(below) / 2
        and len(set(names.values())) == len(names)
        and all(
            len(name) <= _LONGEST_SHORT_NAME
            and not _MISSING.fullmatch(name)
            and not name[0].isdigit()
            and name[-1] not in ".;:"
            for name in names.values()
        )
        and not any(row.cells.get(column) == name for column, name in names.items() for row in below)
    )


def _line(row: SheetRow, table: _SheetTable) -> DraftPart:
    """A row of data as a line, or a note on the table as a paragraph."""
    text = _without_names(row)
    if table.names and len(row.cells) == 1 and (len(text) > _LONGEST_LABEL or _MARKED_NOTE.match(text)):
        return DraftPart(text)
    # In CSV, a row with more cells than the header cannot be matched to its columns.
    if table.names and row.width <= table.width:
        text = _with_names(row, table.names)
    return DraftPart(f"Row {row.number}: {text}", "table")


def _with_names(row: SheetRow, names: Mapping[int, str]) -> str:
    return "; ".join(
        f"{_shown_name(names[column])}: {text}" if column in names else text
        for column, text in row.cells.items()
    )


def _shown_name(name: str) -> str:
    """A column name as rows repeat it: `_shown_name("Killed: ") == "Killed"`; a long one is cut at a word."""
    if len(name) > _LONGEST_SHOWN_NAME:
        name = name[:_LONGEST_SHOWN_NAME].rsplit(" ", 1)[0] + "…"
    return name.rstrip(": ")


def _without_names(row: SheetRow) -> str:
    """The cells in order; one that ends in a colon is a label of the next: "Source: Port authority"."""
    return re.sub(r":; ", ": ", "; ".join(row.cells.values()))
