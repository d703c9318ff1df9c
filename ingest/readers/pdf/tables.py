"""Finds tables on a PDF page: words that are aligned in columns over several lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.readers.common.draft import DraftPart
from ingest.readers.common.table_rows import looks_like_header, rows_as_parts
from ingest.readers.pdf.lines import Line, Word

# Lengths are multiples of the type's height.
_SAME_LINE = 0.4  # baselines that differ by less are one row
_CELL_GAP = 0.8  # words farther apart are in different cells; in justified text they are nearer
_GUTTER = 0.35  # the least width of the white space between two columns
_CROSSING = 0.2  # share of a table's rows, 0 to 1, whose text may run across such a space
_FAR_BELOW = 3.0  # the next row of a table is nearer
_NEXT_LINE = 1.4  # the next line of a cell is nearer
_LINES_BETWEEN = 2  # lines with one cell that may stand between rows with several
_FEWEST_ROWS = 3  # with several cells, of a table
_LONGEST_CELL = 45  # characters, on average; longer ones are columns of text
_NEXT_ROW = 1.25  # times the least distance of lines: lines farther apart are in different rows
# Labels of list items, cells of figures, captions, and the dots of a table of contents.
_MARKER = re.compile(r"[^\w\s]{1,2}|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)]|\[\d{1,3}\]")
_FIGURE = re.compile(r"[^A-Za-z]*\d[^A-Za-z]*|[-–—]")
_CAPTION = re.compile(
    r"(?:table|tableau|tabelle|tabla|figure|fig\.|abb(?:ildung|\.))\s+[\dIVX]", re.IGNORECASE
)
_LEADER = re.compile(r"(?:\. ?){4}")


@dataclass(frozen=True)
class Table:
    """A table on a page."""

    start: int  # index of its first line
    end: int  # index after its last line
    rows: list[list[str]]  # one text for each column
    header: bool  # whether the first row names the columns


def find_tables(lines: Sequence[Line]) -> list[Table]:
    """The tables of a page from top to bottom, given its lines in order."""
    printed = _printed_rows(lines)
    tables = []
    index = 0
    while index < len(printed):
        end = _run_end(printed, index)
        table = _table(printed, index, end, lines) if end > index else None
        if table is not None:
            tables.append(table)
        index = max(end, index + 1)
    return tables


def table_parts(table: Table, page: int) -> list[DraftPart]:
    """The rows of a table as parts that can be cited alone."""
    return rows_as_parts(table.rows, header=table.header, page=page)


@dataclass(frozen=True)
class _PageRow:
    """The lines at one height of the page: columns of a table, or a single line of text."""

    start: int  # index of its first line
    end: int  # index after its last line
    words: list[Word]
    bottom: float  # points
    size: float  # of the type, points
    face: tuple[str, bool]  # font, and whether it is bold

    def cells(self) -> int:
        """The number of groups of words that are apart from each other."""
        gaps = sum(
            after.left - before.right > _CELL_GAP * self.size for before, after in pairwise(self.words)
        )
        return gaps + 1


def _printed_rows(lines: Sequence[Line]) -> list[_PageRow]:
    """The lines of a page, those side by side taken together."""
    rows: list[_PageRow] = []
    for index, line in enumerate(lines):
        above = rows[-1] if rows else None
        if (
            above is not None
            and abs(above.bottom - line.bottom) < _SAME_LINE * max(above.size, line.size)
            and line.left >= above.words[-1].right
        ):
            rows[-1] = replace(above, end=index + 1, words=above.words + list(line.words))
        elif line.words:
            face = (line.font, line.bold)
            rows.append(_PageRow(index, index + 1, list(line.words), line.bottom, line.size, face))
    return rows


def _run_end(rows: Sequence[_PageRow], start: int) -> int:
    """The end of the run of rows with several cells that begins at `start`; `start` if that row has only one."""
    if rows[start].cells() < 2:
        return start
    end = start + 1
    for index in range(start + 1, len(rows)):
        drop = rows[index - 1].bottom - rows[index].bottom
        if not 0 < drop < _FAR_BELOW * rows[index].size or index - end > _LINES_BETWEEN:
            break
        if _CAPTION.match(" ".join(word.text for word in rows[index].words[:2])):
            break
        if rows[index].cells() > 1:
            end = index + 1
    return end


def _table(printed: Sequence[_PageRow], start: int, end: int, lines: Sequence[Line]) -> Table | None:
    """The table in the rows from `start` to `end`; None if they are columns of text, a list or a table of contents."""
    with_cells = [row for row in printed[start:end] if row.cells() > 1]
    if len(with_cells) < _FEWEST_ROWS or any(_LEADER.search(lines[row.start].text) for row in with_cells):
        return None
    edges = _gutters(with_cells)
    rows = printed[start : _last_cell_end(printed, end, edges)]
    grid = [_cells(row, edges) for row in rows]
    filled = [cell for row in grid for cell in row if cell]
    has_marker = [bool(_MARKER.fullmatch(cells[0])) for cells in grid if cells[0]]
    if (
        not edges
        or sum(sum(map(bool, row)) > 1 for row in grid) < _FEWEST_ROWS
        or sum(map(len, filled)) > _LONGEST_CELL * len(filled)
        or (len(edges) == 1 and sum(has_marker) * 2 > len(has_marker))
    ):
        return None
    return Table(rows[0].start, rows[-1].end, *_whole_rows(rows, grid))


def _last_cell_end(printed: Sequence[_PageRow], end: int, edges: Sequence[float]) -> int:
    """The end of the table's last row: lines below it may continue its cells, but not the first one."""
    for index in range(end, len(printed)):
        row, drop = printed[index], printed[index - 1].bottom - printed[index].bottom
        if not edges or row.words[0].left < edges[0] or not 0 < drop < _NEXT_LINE * row.size:
            return index
    return len(printed)


def _gutters(rows: Sequence[_PageRow]) -> list[float]:
    """The middles of the white strips between columns, from left to right, in points.

    Up to a fifth of the rows may have text across a strip.
    """
    narrowest = _GUTTER * median(row.size for row in rows)
    most = int(_CROSSING * len(rows))
    ends = sorted(
        (place, change)
        for row in rows
        for start, end in _runs(row)
        for place, change in ((start, 1), (end, -1))
    )
    left, right = ends[0][0], ends[-1][0]
    gutters = []
    covered = 0  # rows with text at this place
    since: float | None = None  # where the open strip begins
    for place, change in ends:
        covered += change
        if covered <= most and since is None:
            since = place
        elif covered > most and since is not None:
            if place - since >= narrowest and since > left and place < right:
                gutters.append((since + place) / 2)
            since = None
    return gutters


def _runs(row: _PageRow) -> Iterator[tuple[float, float]]:
    """The (left, right) of the text of each of a row's cells."""
    start, end = row.words[0].left, row.words[0].right
    for before, word in pairwise(row.words):
        if word.left - before.right > _CELL_GAP * row.size:
            yield start, end
            start = word.left
        end = word.right
    yield start, end


def _cells(row: _PageRow, edges: Sequence[float]) -> list[str]:
    """The text of a row in each column; words go to the column in which their middle is."""
    cells: list[list[str]] = [[] for _ in range(len(edges) + 1)]
    for word in row.words:
        cells[sum(edge < (word.left + word.right) / 2 for edge in edges)].append(word.text)
    return [" ".join(cell) for cell in cells]


def _whole_rows(rows: Sequence[_PageRow], grid: list[list[str]]) -> tuple[list[list[str]], bool]:
    """The grid, lines that continue the cells above joined to them, and whether its first row is a header."""
    drops = [above.bottom - below.bottom for above, below in pairwise(rows)]
    row_gap = _NEXT_ROW * min(drops)
    has_blocks = max(drops) > row_gap and sum(drop > row_gap for drop in drops) * 3 >= len(drops)
    whole, faces = [grid[0]], [rows[0].face]
    for drop, row, cells in zip(drops, rows[1:], grid[1:], strict=True):
        continues = drop <= row_gap and (has_blocks or not cells[0]) and row.face[1] == faces[-1][1]
        if continues and not any(_FIGURE.fullmatch(cell) for cell in cells if cell):
            whole[-1] = [" ".join(filter(None, pair)) for pair in zip(whole[-1], cells, strict=True)]
        else:
            whole.append(cells)
            faces.append(row.face)
    return whole, _names_columns(whole, faces)


def _names_columns(grid: list[list[str]], faces: list[tuple[str, bool]]) -> bool:
    """Whether the first row names the columns: it looks so, and is in a font of its own or stands over figures.

    `_names_columns([["Port", "Tonnes"], ["Lindow", "900"]], [("", False)] * 2) is True`
    """
    if not looks_like_header(grid):
        return False
    over_figures = [
        sum(bool(_FIGURE.fullmatch(cell)) for cell in column) * 2 > len(column)
        for column in zip(*grid[1:], strict=True)
    ]
    return faces[0] not in faces[1:] or any(over_figures)
