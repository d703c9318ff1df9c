"""Paragraphs, list items, table rows and notes of an RTF file, put together as its words end them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.readers.common.draft import DraftPart, joined_line
from ingest.readers.common.list_items import BULLET, list_item, typed_paragraph
from ingest.readers.common.style_names import is_furniture, outlined_level
from ingest.readers.common.table_rows import looks_like_header, rows_as_parts
from ingest.text.cleaning import one_line

_LONGEST_HEADING = 250  # characters: a longer paragraph in a heading's style is text
_MOST_COLUMNS = 1000
_MARKS = {"clvmgf": "first", "clvmrg": "above", "clmgf": "first", "clmrg": "left"}


@dataclass(frozen=True)
class ParagraphFormat:
    """What makes a paragraph a heading, a caption or a part of a table."""

    style: int | None = None
    outline_level: int | None = None  # 0 is the highest
    depth: int = 0  # of the table that the paragraph stands in


@dataclass
class _RtfTableRow:
    cells: list[list[DraftPart]]
    marks: list[str]  # of merged cells, one for each cell
    is_header: bool


@dataclass
class _RowInProgress:
    """The row being read."""

    cells: list[list[DraftPart]] = field(default_factory=list)
    cell: list[DraftPart] = field(default_factory=list)


class RtfBlocks:
    """The blocks of a document, a note or a text box.

    `style` gives the name of a numbered style and the level of the headings that it makes.
    """

    def __init__(self, style: Callable[[int | None], tuple[str, int]]) -> None:
        self._style = style
        self._parts: list[DraftPart] = []
        self._text: list[str] = []
        self._label = ""
        self._notes: list[DraftPart] = []  # of the block being read
        self._rows: list[_RtfTableRow] = []
        self._open = _RowInProgress()
        self._marks: list[str] = []  # of the row described last
        self._mark = ""
        self._is_header = False

    def write(self, text: str) -> None:
        """Adds to the paragraph."""
        self._text.append(text)

    def write_label(self, text: str) -> None:
        """Adds to the number or bullet before the paragraph."""
        self._label += text

    def add_note(self, parts: list[DraftPart]) -> None:
        """Takes a note or text box, to stand after the paragraph or table that is being read."""
        self._notes += parts

    def describe_row(self, word: str) -> None:
        """Takes a control word of a row's description."""
        if word == "trowd":
            self._marks, self._mark, self._is_header = [], "", False
        elif word in _MARKS:
            self._mark = _MARKS[word]
        elif word == "cellx":
            self._marks = [*self._marks, self._mark][:_MOST_COLUMNS]
            self._mark = ""
        elif word == "trhdr":
            self._is_header = True

    def end_paragraph(self, look: ParagraphFormat) -> None:
        """Ends a paragraph, of the text or within a cell."""
        part = self._paragraph(look)
        if look.depth or self._open.cells:
            self._open.cell += [part] if part else []
            return
        self._end_table()
        self._parts += [part] if part else []
        self._take_notes()

    def end_cell(self, look: ParagraphFormat) -> None:
        """Ends a cell."""
        self.end_paragraph(ParagraphFormat(look.style, look.outline_level, max(1, look.depth)))
        if len(self._open.cells) < _MOST_COLUMNS:
            self._open.cells.append(self._open.cell)
        self._open.cell = []

    def end_nested_cell(self, look: ParagraphFormat) -> None:
        """Ends a cell of a table within a cell, whose text is that cell's."""
        self.end_paragraph(ParagraphFormat(look.style, look.outline_level, max(2, look.depth)))

    def end_row(self, look: ParagraphFormat) -> None:
        """Ends a row; a cell without end is its last."""
        if self._text or self._open.cell:
            self.end_cell(look)
        marks = (self._marks + [""] * len(self._open.cells))[: len(self._open.cells)]
        self._rows.append(_RtfTableRow(self._open.cells, marks, self._is_header))
        self._open = _RowInProgress()

    def finished(self) -> list[DraftPart]:
        """Everything up to here, open paragraphs and rows ended."""
        if self._open.cells or self._open.cell:
            self.end_row(ParagraphFormat(depth=1))
        self.end_paragraph(ParagraphFormat())
        return self._parts

    def _paragraph(self, look: ParagraphFormat) -> DraftPart | None:
        # Characters outside the first plane come as two halves.
        text = "".join(self._text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        text = re.sub(r" *\n *", "\n", re.sub(r"[ \t]+", " ", text)).strip()
        label = one_line(self._label)
        self._text, self._label = [], ""
        if not text:
            return None
        name, level = self._style(look.style)
        if look.outline_level is not None and level != 1:
            level = outlined_level(look.outline_level)
        is_number = any(map(str.isalnum, label)) and label != "o"  # a ring, as Word makes it
        bullet = "" if not label else label if is_number else BULLET
        if level and len(text) <= _LONGEST_HEADING:
            return DraftPart(one_line(f"{bullet} {text}" if bullet != BULLET else text), "heading", level)
        if is_furniture(name):
            return DraftPart(text, "furniture")
        if bullet:
            return list_item(bullet, text)
        return typed_paragraph(text)

    def _end_table(self) -> None:
        rows, self._rows = self._rows, []
        if not rows:
            return
        parts = [part for row in rows for cell in row.cells for part in cell]
        is_layout = all(sum(map(bool, row.cells)) < 2 for row in rows)
        if is_layout or any(part.kind == "heading" for part in parts):
            self._parts += parts
        else:
            texts = _grid(rows)
            marked = rows[0].is_header and all(texts[0]) and not any(row.is_header for row in rows[1:])
            self._parts += rows_as_parts(texts, header=marked or looks_like_header(texts))
        self._take_notes()

    def _take_notes(self) -> None:
        self._parts += self._notes
        self._notes = []


def _grid(rows: list[_RtfTableRow]) -> list[list[str]]:
    """The cells' texts: a cell over several rows in each of them, one over columns in its first."""
    grid: list[list[str]] = []
    for row in rows:
        above = grid[-1] if grid else []
        line = []
        for index, (cell, mark) in enumerate(zip(row.cells, row.marks, strict=True)):
            text = joined_line(cell)
            line.append(above[index] if mark == "above" and not text and index < len(above) else text)
        grid.append(line)
    return grid
