"""Rewrites tables and numbered lists of web pages before the text is taken: resolves spans, writes out numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ingest.readers.common.draft import DraftPart
from ingest.readers.common.list_items import whole_number
from ingest.readers.common.table_rows import looks_like_header, rows_as_parts
from ingest.text.cleaning import one_line

_LONGEST_COPIED = 200  # characters; a longer cell over several rows or columns is page layout
_LARGEST_SPAN = 100  # columns or rows that a cell may span, against pages that would fill the memory
_BLOCK_START = ("p", "div", "section", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre")


def plain_structure(tree: Any) -> None:
    """Write into the page what would be lost if only its text were taken; `tree` is changed.

    A cell over several rows is copied to each row, a heading over several columns to each column. Several rows of
    headings become one. Items of numbered lists begin with their numbers.
    """
    for table in tree.iter("table"):
        if table.find(".//table") is None:
            _write_out_spans(table)
    for ordered in tree.iter("ol"):
        _write_out_numbers(ordered)


def html_table_parts(rows: Sequence[Sequence[str]], heads: Sequence[Sequence[bool]]) -> Iterator[DraftPart]:
    """The rows of a table as lines; `heads` says for each cell whether it is marked as a header."""
    filled_rows = [(texts, marks) for texts, marks in zip(rows, heads, strict=True) if any(texts)]
    widest = max((len(texts) for texts, _ in filled_rows), default=0)
    # A row with a single filled cell is a title above the columns.
    while len(filled_rows) > 1 and widest > 1 and sum(map(bool, filled_rows[0][0])) == 1:
        yield DraftPart(next(filter(None, filled_rows.pop(0)[0])), "table")
    if not filled_rows:
        return
    texts, marks = filled_rows[0]
    is_header = len(texts) > 1 and all(mark or not text for text, mark in zip(texts, marks, strict=True))
    grid = [list(row) for row, _ in filled_rows]
    yield from rows_as_parts(grid, header=is_header or looks_like_header(grid))


def _write_out_spans(table: Any) -> None:
    """Copy cells with rowspan or colspan to all places that they cover."""
    rows = list(table.iter("tr"))
    below: dict[int, dict[int, Any]] = {}  # row -> column -> copy of the cell above
    for number, row in enumerate(rows):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        continues_below = (
            bool(cells) and number + 1 < len(rows) and all(_span(cell, "rowspan") > 1 for cell in cells)
        )
        from_above = below.pop(number, {})
        column = 0
        for cell in cells:
            while column in from_above:
                cell.addprevious(from_above.pop(column))
                column += 1
            columns = min(_span(cell, "colspan"), max(_LARGEST_SPAN - column, 1))
            height = min(_span(cell, "rowspan"), len(rows) - number) if column < _LARGEST_SPAN else 1
            for name in ("colspan", "rowspan"):
                cell.attrib.pop(name, None)
            for rows_below in range(1, height):
                for offset in range(columns):
                    copy_text = offset == 0 or cell.tag == "th"
                    below.setdefault(number + rows_below, {})[column + offset] = _copy_of_cell(
                        cell, copy_text
                    )
            for _ in range(columns - 1):
                cell.addnext(_copy_of_cell(cell, cell.tag == "th"))
            column += columns
        for offset in sorted(from_above):
            row.append(from_above[offset])
        if continues_below:  # all its cells were copied to the row below
            row.getparent().remove(row)
    _merge_header_rows(table)


def _span(cell: Any, name: str) -> int:
    """The value of `rowspan` or `colspan`, 1 to 100."""
    return max(1, min(whole_number(cell.get(name), 1), _LARGEST_SPAN))


def _copy_of_cell(cell: Any, copy_text: bool) -> Any:
    """A new cell with the same tag; with `copy_text`, also with the text, if that is short."""
    new_cell = cell.makeelement(cell.tag)
    text = one_line("".join(cell.itertext())) if copy_text else ""
    new_cell.text = text if len(text) <= _LONGEST_COPIED else ""
    return new_cell


def _merge_header_rows(table: Any) -> None:
    """Merge the leading rows of headings into one, column by column: "2024" above "Revenue" becomes "2024 Revenue"."""
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    count = next(
        (index for index, row in enumerate(rows) if not row or any(cell.tag != "th" for cell in row)), 0
    )
    if count < 2 or len({len(row) for row in rows[:count]}) != 1:
        return
    for column, cell in enumerate(rows[count - 1]):
        names = dict.fromkeys(one_line("".join(row[column].itertext())) for row in rows[:count])
        for child in list(cell):
            cell.remove(child)
        cell.text = " ".join(filter(None, names))
    for row in rows[: count - 1]:
        element = row[0].getparent()
        element.getparent().remove(element)


def _write_out_numbers(ordered: Any) -> None:
    """Begin the text of each item of an `ol` with its number."""
    number = whole_number(ordered.get("start"), 1)
    for item in ordered.iterchildren("li"):
        number = whole_number(item.get("value"), number)
        first = item
        while not (first.text or "").strip() and len(first) and first[0].tag in _BLOCK_START:
            first = first[0]
        first.text = f"{number}. {(first.text or '').lstrip()}"
        number += 1
