"""Turns the body of an OpenDocument text into parts, without tracked deletions, comments and hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from ingest.readers.common.draft import DraftPart, joined_line
from ingest.readers.common.list_items import list_item, typed_paragraph, whole_number
from ingest.readers.common.table_rows import looks_like_header, rows_as_parts
from ingest.readers.odt.styles import TEXT, DocumentStyles
from ingest.text.cleaning import one_line, single_spaced

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_STYLE_NAME = f"{TEXT}style-name"
_LEFT_OUT = frozenset(
    [f"{TEXT}{name}" for name in ("tracked-changes", "note-citation", "ruby-text", "script", "hidden-text")]
    + [f"{OFFICE}{name}" for name in ("annotation", "forms", "binary-data", "event-listeners")]
    + [f"{_DRAW}{name}" for name in ("object", "object-ole", "image", "plugin", "glue-point")]
    + ["{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}" + name for name in ("title", "desc")]
)
_INDEXES = frozenset(
    f"{TEXT}{name}"
    for name in ("table-of-content", "illustration-index", "table-index", "object-index", "user-index")
)
_SKIPPED_IN_BLOCKS = frozenset((f"{TEXT}sequence-decls", f"{TEXT}variable-decls", f"{TEXT}user-field-decls"))
_ROWS = frozenset(
    f"{_TABLE}{name}" for name in ("table-header-rows", "table-rows", "table-row-group", "table-row")
)
_LONGEST_HEADING = 250  # characters; a longer paragraph in a heading style is treated as text
_MOST_SPACES = 100  # in a row
_MOST_COLUMNS = 1000
_MOST_REPEATED = 1000  # identical rows or cells, which the format states as a number
_MOST_CELLS = 200_000  # of a table


def text_parts(body: Any, styles: DocumentStyles) -> Iterator[DraftPart]:
    """The parts of a body (an lxml element) in reading order; notes and text boxes follow the block they belong to."""
    yield from _OdtBody(styles).read(body)


@dataclass
class _OdtInline:
    """A paragraph's text, and the elements anchored in it that are read after it."""

    text: str = ""
    boxes: list[Any] = field(default_factory=list)
    notes: list[Any] = field(default_factory=list)


@dataclass
class _ListState:
    """An open list."""

    style: str
    level: int  # 1 is the outermost
    numbers: dict[int, int]  # level -> number of its next item


class _OdtBody:
    """Walks the body once, keeping the notes of the block being read and the counts of lists."""

    def __init__(self, styles: DocumentStyles) -> None:
        self._styles = styles
        self._pending_notes: list[Any] = []  # of the block being read
        self._in_table = 0  # depth; a table's notes follow the whole table
        self._last_numbers: dict[str, dict[int, int]] = {}  # list style -> numbers where its last list ended

    def read(self, body: Any) -> Iterator[DraftPart]:
        """The parts of the whole body."""
        yield from self._blocks(body)
        yield from self._pending_note_parts()

    def _blocks(self, container: Any) -> Iterator[DraftPart]:
        for element in container:
            yield from self._block(element)
            yield from self._pending_note_parts()

    def _block(self, element: Any) -> Iterator[DraftPart]:
        tag = element.tag
        if tag in _LEFT_OUT or tag in _SKIPPED_IN_BLOCKS or not isinstance(tag, str):
            return
        if tag in (f"{TEXT}p", f"{TEXT}h"):
            yield from self._paragraph(element)
        elif tag == f"{TEXT}list":
            yield from self._list(element, None)
        elif tag == f"{_TABLE}table":
            yield from self._table(element)
        elif tag in _INDEXES:
            for index in element.iterchildren(f"{TEXT}index-body"):
                for part in self._blocks(index):
                    yield replace(part, kind="furniture", level=0)
        elif element.get(f"{TEXT}display") != "none":
            yield from self._blocks(element)

    def _pending_note_parts(self) -> Iterator[DraftPart]:
        while self._pending_notes and not self._in_table:
            for note in self._pending_notes.pop(0).iterfind(f"{TEXT}note-body"):
                yield from self._blocks(note)

    def _paragraph(self, paragraph: Any) -> Iterator[DraftPart]:
        style = paragraph.get(_STYLE_NAME)
        if self._styles.is_hidden(style):
            return
        inline = _OdtInline()
        self._inline(paragraph, inline)
        if text := re.sub(r"[ \t]+", " ", inline.text).strip():
            level = self._level(paragraph)
            if level and len(text) <= _LONGEST_HEADING:
                yield DraftPart(one_line(text), "heading", level)
            else:
                yield (
                    DraftPart(text, "furniture")
                    if self._styles.is_furniture(style)
                    else typed_paragraph(text)
                )
        self._pending_notes += inline.notes
        for box in inline.boxes:
            yield from self._blocks(box)

    def _level(self, paragraph: Any) -> int:
        """The level as a heading: by style, or for `text:h` by its outline level; 0 for text."""
        styled = self._styles.heading_level(paragraph.get(_STYLE_NAME))
        if paragraph.tag == f"{TEXT}p" or styled == 1:
            return styled
        return whole_number(paragraph.get(f"{TEXT}outline-level"), 1) + 1

    def _inline(self, element: Any, inline: _OdtInline) -> None:
        inline.text += single_spaced(element.text)
        for child in element:
            self._child(child, inline)
            inline.text += single_spaced(child.tail)

    def _child(self, child: Any, inline: _OdtInline) -> None:
        tag = child.tag
        if tag == f"{TEXT}s":
            inline.text += " " * min(whole_number(child.get(f"{TEXT}c"), 1), _MOST_SPACES)
        elif tag == f"{TEXT}tab":
            inline.text += " "
        elif tag == f"{TEXT}line-break":
            inline.text += "\n"
        elif tag == f"{TEXT}note":
            inline.notes.append(child)
        elif tag == f"{_DRAW}text-box" or (tag.startswith(_DRAW) and child.find(f"{TEXT}p") is not None):
            inline.boxes.append(child)
        elif tag not in _LEFT_OUT and not self._styles.is_hidden(child.get(_STYLE_NAME), "text"):
            self._inline(child, inline)

    def _list(self, element: Any, above: _ListState | None) -> Iterator[DraftPart]:
        """The items of a list; `above` is the list it is nested in."""
        style = element.get(_STYLE_NAME) or (above.style if above else "")
        level = above.level + 1 if above else 1
        numbers = above.numbers if above else {}
        if above is None and (
            element.get(f"{TEXT}continue-numbering") == "true" or element.get(f"{TEXT}continue-list")
        ):
            numbers = self._last_numbers.get(style, {})
        state = _ListState(style, level, numbers)
        if above is not None or not numbers:
            numbers[level] = self._styles.first_number(style, level)
        for item in element:
            if item.tag in (f"{TEXT}list-item", f"{TEXT}list-header"):
                yield from self._item(item, state)
        self._last_numbers[style] = numbers

    def _item(self, item: Any, state: _ListState) -> Iterator[DraftPart]:
        label = ""
        if item.tag == f"{TEXT}list-item" and item.find(f"{TEXT}p") is not None:
            number = whole_number(item.get(f"{TEXT}start-value"), state.numbers[state.level])
            state.numbers[state.level] = number + 1
            label = item.findtext(f"{TEXT}number") or self._styles.list_label(
                state.style, state.level, number
            )
        for child in item:
            if child.tag == f"{TEXT}list":
                yield from self._list(child, state)
            elif child.tag != f"{TEXT}number":
                for part in self._block(child):
                    yield _labelled(part, label)
                    label = "" if part.kind == "paragraph" else label
            yield from self._pending_note_parts()

    def _table(self, table: Any) -> Iterator[DraftPart]:
        self._in_table += 1
        rows = self._rows(table)
        self._in_table -= 1
        is_layout = table.find(f".//{_TABLE}table") is not None or any(
            part.kind == "heading" for row in rows for cell in row for part in cell
        )
        if is_layout or all(sum(map(bool, row)) < 2 for row in rows):
            yield from (part for row in rows for cell in row for part in cell)
            return
        texts = [[joined_line(cell) for cell in row] for row in rows]
        header_rows = table.find(f"{_TABLE}table-header-rows")
        is_marked = header_rows is not None and len(header_rows) == 1 and all(texts[0])
        yield from rows_as_parts(texts, header=is_marked or looks_like_header(texts))

    def _rows(self, table: Any) -> list[list[list[DraftPart]]]:
        """The parts of each cell of equally long rows; a cell merged over rows is repeated in each of them."""
        rows: list[list[list[DraftPart]]] = []
        # Column -> (rows below that its merged cell still covers, parts of that cell).
        above: dict[int, tuple[int, list[DraftPart]]] = {}
        cells = 0
        for element in _row_elements(table):
            row: list[list[DraftPart]] = []
            for cell in element.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                parts = self._cell(cell, len(row), above)
                times = min(whole_number(cell.get(f"{_TABLE}number-columns-repeated"), 1), _MOST_REPEATED)
                row += [parts] * min(times, _MOST_COLUMNS - len(row))
            while row and not row[-1]:
                row.pop()
            # Nearly all repeated rows are empty ones below the table; they must not use up memory.
            repeated = min(whole_number(element.get(f"{_TABLE}number-rows-repeated"), 1), _MOST_REPEATED)
            times = repeated if cells + len(row) * repeated <= _MOST_CELLS else 1
            cells += len(row) * times
            if row and cells <= _MOST_CELLS:
                rows += [row] * times
        width = max(map(len, rows), default=0)
        return [row + [[] for _ in range(width - len(row))] for row in rows]

    def _cell(self, cell: Any, column: int, above: dict[int, tuple[int, list[DraftPart]]]) -> list[DraftPart]:
        """The parts of a cell, or of the cell above that covers its place; keeps `above` up to date."""
        if cell.tag == f"{_TABLE}covered-table-cell":
            left, covering = above.pop(column, (0, []))
            if left > 1:
                above[column] = (left - 1, covering)
            return covering
        parts = list(self._blocks(cell))
        if (row_span := whole_number(cell.get(f"{_TABLE}number-rows-spanned"), 1)) > 1:
            above[column] = (row_span - 1, parts)
        return parts


def _labelled(part: DraftPart, label: str) -> DraftPart:
    """The part as a list item, if it is a paragraph and has a label."""
    return list_item(label, part.text) if part.kind == "paragraph" and label else part


def _row_elements(container: Any) -> Iterator[Any]:
    """The rows of a table, including those inside groups and headers."""
    for element in container:
        if element.tag == f"{_TABLE}table-row":
            yield element
        elif element.tag in _ROWS:
            yield from _row_elements(element)
