"""Builds the parts of an RTF file: text is collected until a control word ends the paragraph, cell or row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.readers.common.draft import DraftPart, joined_line
from ingest.readers.common.list_items import BULLET, list_item, typed_paragraph
from ingest.readers.common.style_names import is_furniture_style, level_of_outline
from ingest.readers.common.table_rows import looks_like_header, rows_as_parts
from ingest.text.cleaning import one_line

_LONGEST_HEADING = 250  # characters; a longer paragraph in a heading style is treated as text
_MOST_COLUMNS = 1000
# Control word -> what it says of a merged cell: its first part, or a part that another cell reaches over.
_MERGE_MARKS = {"clvmgf": "first", "clvmrg": "above", "clmgf": "first", "clmrg": "left"}


@dataclass(frozen=True)
class ParagraphFormat:
    """The properties that make a paragraph a heading, a caption or a part of a table."""

    style: int | None = None  # number in the style sheet
    outline_level: int | None = None  # 0 is the highest
    depth: int = 0  # of the table around the paragraph, 0 for none


@dataclass
class _RtfTableRow:
    """A row that has ended."""

    cells: list[list[DraftPart]]
    marks: list[str]  # one for each cell: a value of _MERGE_MARKS, or ""
    is_header: bool


@dataclass
class _RowInProgress:
    """The row being read."""

    cells: list[list[DraftPart]] = field(default_factory=list)  # that have ended
    cell: list[DraftPart] = field(default_factory=list)  # being read


class RtfBlocks:
    """Collects the blocks of a document, a note or a text box."""

    def __init__(self, style: Callable[[int | None], tuple[str, int]]) -> None:
        """`style` maps the number of a style to its name and the level of its headings, 0 for text."""
        self._style = style
        self._parts: list[DraftPart] = []
        self._text: list[str] = []
        self._label = ""
        self._notes: list[DraftPart] = []  # of the block being read
        self._rows: list[_RtfTableRow] = []
        self._row = _RowInProgress()
        self._row_marks: list[str] = []  # of the row described last
        self._cell_mark = ""
        self._is_header = False

    def write(self, text: str) -> None:
        """Adds text to the open paragraph."""
        self._text.append(text)

    def write_label(self, text: str) -> None:
        """Adds to the number or bullet of the open paragraph."""
        self._label += text

    def add_note(self, parts: list[DraftPart]) -> None:
        """Takes a note or text box, which follows the paragraph or table being read."""
        self._notes += parts

    def describe_row(self, word: str) -> None:
        """Handles a control word of a row's description; ignores any other."""
        if word == "trowd":
            self._row_marks, self._cell_mark, self._is_header = [], "", False
        elif word in _MERGE_MARKS:
            self._cell_mark = _MERGE_MARKS[word]
        elif word == "cellx":
            self._row_marks = [*self._row_marks, self._cell_mark][:_MOST_COLUMNS]
            self._cell_mark = ""
        elif word == "trhdr":
            self._is_header = True

    def end_paragraph(self, look: ParagraphFormat) -> None:
        """Ends a paragraph, in the text or in a cell."""
        part = self._paragraph(look)
        if look.depth or self._row.cells:
            self._row.cell += [part] if part else []
            return
        self._end_table()
        self._parts += [part] if part else []
        self._take_notes()

    def end_cell(self, look: ParagraphFormat) -> None:
        """Ends a cell."""
        self.end_paragraph(ParagraphFormat(look.style, look.outline_level, max(1, look.depth)))
        if len(self._row.cells) < _MOST_COLUMNS:
            self._row.cells.append(self._row.cell)
        self._row.cell = []

    def end_nested_cell(self, look: ParagraphFormat) -> None:
        """Ends a cell of a table inside a cell; its text goes to the outer cell."""
        self.end_paragraph(ParagraphFormat(look.style, look.outline_level, max(2, look.depth)))

    def end_row(self, look: ParagraphFormat) -> None:
        """Ends a row; a cell that was not ended is its last."""
        if self._text or self._row.cell:
            self.end_cell(look)
        marks = (self._row_marks + [""] * len(self._row.cells))[: len(self._row.cells)]
        self._rows.append(_RtfTableRow(self._row.cells, marks, self._is_header))
        self._row = _RowInProgress()

    def finished(self) -> list[DraftPart]:
        """All parts, after open paragraphs and rows are ended."""
        if self._row.cells or self._row.cell:
            self.end_row(ParagraphFormat(depth=1))
        self.end_paragraph(ParagraphFormat())
        return self._parts

    def _paragraph(self, look: ParagraphFormat) -> DraftPart | None:
        """The open paragraph as a part, None if it is empty; the next begins."""
        # Characters beyond U+FFFF are written as two surrogates.
        text = "".join(self._text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        text = re.sub(r" *\n *", "\n", re.sub(r"[ \t]+", " ", text)).strip()
        label = one_line(self._label)
        self._text, self._label = [], ""
        if not text:
            return None
        name, level = self._style(look.style)
        if look.outline_level is not None and level != 1:
            level = level_of_outline(look.outline_level)
        # "o" is a ring: Word's bullet of the second level.
        is_number = any(map(str.isalnum, label)) and label != "o"
        shown_label = "" if not label else label if is_number else BULLET
        if level and len(text) <= _LONGEST_HEADING:
            return DraftPart(
                one_line(f"{shown_label} {text}" if shown_label != BULLET else text), "heading", level
            )
        if is_furniture_style(name):
            return DraftPart(text, "furniture")
        if shown_label:
            return list_item(shown_label, text)
        return typed_paragraph(text)

    def _end_table(self) -> None:
        """Turns the rows read so far into parts; a table that only places text gives up its rows."""
        rows, self._rows = self._rows, []
        if not rows:
            return
        parts = [part for row in rows for cell in row.cells for part in cell]
        is_layout = all(sum(map(bool, row.cells)) < 2 for row in rows)
        if is_layout or any(part.kind == "heading" for part in parts):
            self._parts += parts
        else:
            texts = _grid(rows)
            is_marked = rows[0].is_header and all(texts[0]) and not any(row.is_header for row in rows[1:])
            self._parts += rows_as_parts(texts, header=is_marked or looks_like_header(texts))
        self._take_notes()

    def _take_notes(self) -> None:
        self._parts += self._notes
        self._notes = []


def _grid(rows: list[_RtfTableRow]) -> list[list[str]]:
    """The cells' texts; that of a cell merged over rows is repeated in each of them."""
    grid: list[list[str]] = []
    for row in rows:
        above = grid[-1] if grid else []
        line = []
        for index, (cell, mark) in enumerate(zip(row.cells, row.marks, strict=True)):
            text = joined_line(cell)
            line.append(above[index] if mark == "above" and not text and index < len(above) else text)
        grid.append(line)
    return grid
