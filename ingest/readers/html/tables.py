"""Tables and numbered lists of web pages made plain before the text is taken: spans written out, items numbered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ingest.readers.common.draft import DraftPart
from ingest.readers.common.list_items import whole_number
from ingest.readers.common.table_rows import looks_like_header, rows_as_parts
from ingest.text.cleaning import one_line

_LONGEST_REPEATED = 200  # characters: a longer cell over several rows or columns lays out the page
_WIDEST = 100  # columns or rows that a cell may span
_BLOCK_START = ("p", "div", "section", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre")


def plain_structure(tree: Any) -> None:
    """Write out in the page itself what would be lost when only its text is taken; `tree` is changed.

    A cell over several rows stands in each, a heading over several columns over each; several rows of headings
    become one; items of numbered lists begin with their numbers.
    """
    for table in tree.iter("table"):
        if table.find(".//table") is None:
            _write_out_spans(table)
    for ordered in tree.iter("ol"):
        _write_out_numbers(ordered)


def html_table_parts(rows: Sequence[Sequence[str]], heads: Sequence[Sequence[bool]]) -> Iterator[DraftPart]:
    """Rows of a table's texts as lines; `heads` says of each cell whether it is marked as naming others."""
    filled = [(texts, marks) for texts, marks in zip(rows, heads, strict=True) if any(texts)]
    widest = max((len(texts) for texts, _ in filled), default=0)
    while len(filled) > 1 and widest > 1 and sum(map(bool, filled[0][0])) == 1:  # a title over the columns
        yield DraftPart(next(filter(None, filled.pop(0)[0])), "table")
    if not filled:
        return
    texts, marks = filled[0]
    marked = len(texts) > 1 and all(mark or not text for text, mark in zip(texts, marks, strict=True))
    grid = [list(row) for row, _ in filled]
    yield from rows_as_parts(grid, header=marked or looks_like_header(grid))


def _write_out_spans(table: Any) -> None:
    rows = list(table.iter("tr"))
    below: dict[int, dict[int, Any]] = {}  # row -> column -> copy of the cell above
    for number, row in enumerate(rows):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        goes_on = bool(cells) and number + 1 < len(rows) and all(_span(cell, "rowspan") > 1 for cell in cells)
        due = below.pop(number, {})
        column = 0
        for cell in cells:
            while column in due:
                cell.addprevious(due.pop(column))
                column += 1
            wide = min(_span(cell, "colspan"), max(_WIDEST - column, 1))
            high = min(_span(cell, "rowspan"), len(rows) - number) if column < _WIDEST else 1
            for name in ("colspan", "rowspan"):
                cell.attrib.pop(name, None)
            for ahead in range(1, high):
                for place in range(wide):
                    with_text = place == 0 or cell.tag == "th"
                    below.setdefault(number + ahead, {})[column + place] = _repeated(cell, with_text)
            for _ in range(wide - 1):
                cell.addnext(_repeated(cell, cell.tag == "th"))
            column += wide
        for place in sorted(due):
            row.append(due[place])
        if goes_on:  # its cells stand in the rows below
            row.getparent().remove(row)
    _one_row_of_headings(table)


def _span(cell: Any, name: str) -> int:
    return max(1, min(whole_number(cell.get(name), 1), _WIDEST))


def _repeated(cell: Any, with_text: bool) -> Any:
    """A cell of the same kind, with the text of a short one where it is wanted."""
    copy = cell.makeelement(cell.tag)
    text = one_line("".join(cell.itertext())) if with_text else ""
    copy.text = text if len(text) <= _LONGEST_REPEATED else ""
    return copy


def _one_row_of_headings(table: Any) -> None:
    """Leading rows of headings only, put together column by column: "2024" over "Revenue" is "2024 Revenue"."""
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
    number = whole_number(ordered.get("start"), 1)
    for item in ordered.iterchildren("li"):
        number = whole_number(item.get("value"), number)
        first = item
        while not (first.text or "").strip() and len(first) and first[0].tag in _BLOCK_START:
            first = first[0]
        first.text = f"{number}. {(first.text or '').lstrip()}"
        number += 1
