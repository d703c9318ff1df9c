"""Turns the body of a Word file into parts: headings, paragraphs, list items, tables, text boxes, notes, charts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.readers.common.charts import chart_parts, diagram_lines
from ingest.readers.common.draft import DraftPart, joined_line
from ingest.readers.common.list_items import BULLET, list_item, whole_number
from ingest.readers.common.ooxml import COMPATIBILITY, MATH
from ingest.readers.common.table_rows import looks_like_header, rows_as_parts
from ingest.readers.docx.inline import inline_of, is_on, is_placeholder, preferred_alternative
from ingest.readers.docx.numbering import Numbering
from ingest.readers.docx.package import WordPackage
from ingest.readers.docx.styles import VALUE_ATTRIBUTE, WORDPROCESSINGML, Styles
from ingest.text.cleaning import one_line

_LONGEST_HEADING = 250  # characters; a longer paragraph in a heading style is treated as text
_MOST_COLUMNS = 1000  # that one cell may span


def body_parts(package: WordPackage) -> Iterator[DraftPart]:
    """The parts of a Word file in reading order; notes and text boxes follow the block that they belong to."""
    return _WordBody(package).read()


class _WordBody:
    """Walks the body once, carrying what is left over from one block to the next."""

    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._styles = Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"), self._styles)
        self._notes = {
            (kind, note.get(f"{WORDPROCESSINGML}id", "")): note
            for kind in ("footnotes", "endnotes")
            for note in _children(package.related(kind))
            if note.get(f"{WORDPROCESSINGML}type") in (None, "normal")
        }
        self._pending_notes: list[
            tuple[str, str]
        ] = []  # keys into _notes, referred to by the block being read
        self._unfinished_text = ""  # of a paragraph whose end mark is deleted: the next one continues it

    def read(self) -> Iterator[DraftPart]:
        """The parts of the whole body."""
        body = self._package.main().find(f"{WORDPROCESSINGML}body")
        for block in _children(body):
            yield from self._block(block)
            yield from self._pending_note_parts()

    def _block(self, element: Any) -> Iterator[DraftPart]:
        tag = element.tag
        if tag == f"{WORDPROCESSINGML}p":
            yield from self._paragraph(element)
        elif tag == f"{WORDPROCESSINGML}tbl":
            yield from self._table(element)
        elif tag == f"{WORDPROCESSINGML}sdt":
            yield from self._control(element)
        elif tag == f"{COMPATIBILITY}AlternateContent":
            yield from self._blocks(preferred_alternative(element))
        elif tag in (
            f"{WORDPROCESSINGML}ins",
            f"{WORDPROCESSINGML}moveTo",
            f"{WORDPROCESSINGML}customXml",
            f"{WORDPROCESSINGML}smartTag",
        ):
            yield from self._blocks(element)
        elif tag in (f"{MATH}oMathPara", f"{MATH}oMath"):
            yield DraftPart(inline_of([element]).text)

    def _blocks(self, container: Any | None) -> Iterator[DraftPart]:
        for element in _children(container):
            yield from self._block(element)

    def _control(self, control: Any) -> Iterator[DraftPart]:
        """The parts of a content control; those of a table of contents become furniture."""
        if is_placeholder(control):
            return
        gallery = control.find(
            f"{WORDPROCESSINGML}sdtPr/{WORDPROCESSINGML}docPartObj/{WORDPROCESSINGML}docPartGallery"
        )
        is_contents = gallery is not None and gallery.get(VALUE_ATTRIBUTE) == "Table of Contents"
        for part in self._blocks(control.find(f"{WORDPROCESSINGML}sdtContent")):
            yield DraftPart(part.text, "furniture") if is_contents else part

    def _pending_note_parts(self) -> Iterator[DraftPart]:
        """The notes that the last block refers to; popped, so that each is read once."""
        while self._pending_notes:
            note = self._notes.pop(self._pending_notes.pop(0), None)
            yield from self._blocks(note)

    def _paragraph(self, paragraph: Any) -> Iterator[DraftPart]:
        label = self._numbering.label(paragraph)
        inline = inline_of(paragraph)
        text = self._unfinished_text + inline.text
        is_continued = (
            paragraph.find(f"{WORDPROCESSINGML}pPr/{WORDPROCESSINGML}rPr/{WORDPROCESSINGML}del") is not None
        )
        self._unfinished_text = text if is_continued else ""
        if not is_continued and text.strip():
            yield self._labelled(paragraph, re.sub(r"[ \t]+", " ", text).strip(), label)
        self._pending_notes += inline.notes
        for box in inline.boxes:
            yield from self._blocks(box)
        for chart in inline.charts:
            if (chart_root := self._package.drawn(chart, "id")) is not None:
                yield from chart_parts(chart_root)
        for diagram in inline.diagrams:
            if (diagram_root := self._package.drawn(diagram, "dm")) is not None:
                yield from (DraftPart(line) for line in diagram_lines(diagram_root))

    def _labelled(self, paragraph: Any, text: str, label: str | None) -> DraftPart:
        """Makes a paragraph a heading, a caption, a list item or text, by its style and its number."""
        numbered = f"{label} {text}" if label and label != BULLET else text
        level = self._styles.heading_level(paragraph)
        if level and len(text) <= _LONGEST_HEADING:
            return DraftPart(one_line(numbered), "heading", level)
        if self._styles.is_furniture(paragraph):
            return DraftPart(one_line(numbered), "furniture")
        if label is None and not self._styles.is_list(paragraph):
            return DraftPart(text)
        return DraftPart(one_line(text), "list") if label == "" else list_item(label or BULLET, text)

    def _table(self, table: Any) -> Iterator[DraftPart]:
        rows = [
            _WordTableRow(
                row,
                [(cell, list(self._blocks(cell))) for cell in _children_named(row, f"{WORDPROCESSINGML}tc")],
            )
            for row in _children_named(table, f"{WORDPROCESSINGML}tr")
            if row.find(f"{WORDPROCESSINGML}trPr/{WORDPROCESSINGML}del") is None
        ]
        if _is_layout(rows):
            yield from (part for row in rows for _, parts in row.cells for part in parts)
        else:
            texts = _grid(rows)
            yield from rows_as_parts(texts, header=_names_columns(rows, texts))


@dataclass(frozen=True)
class _WordTableRow:
    """A row with its cells read, before the table's columns are known."""

    element: Any  # the row's lxml element
    cells: list[tuple[Any, list[DraftPart]]]  # each cell's lxml element and its parts


def _is_layout(rows: list[_WordTableRow]) -> bool:
    """Whether a table only places text on the page: it has one column, or headings or tables in its cells."""
    return all(len(row.cells) < 2 for row in rows) or any(
        cell.find(f"{WORDPROCESSINGML}tbl") is not None or any(part.kind == "heading" for part in parts)
        for row in rows
        for cell, parts in row.cells
    )


def _names_columns(rows: list[_WordTableRow], texts: list[list[str]]) -> bool:
    """Whether the first row names the columns: it alone is set to repeat on each page, or it looks like a header."""
    repeats_on_each_page = [
        is_on(row.element.find(f"{WORDPROCESSINGML}trPr/{WORDPROCESSINGML}tblHeader")) for row in rows
    ]
    if any(len(parts) > 1 or any(part.kind == "list" for part in parts) for _, parts in rows[0].cells):
        return False
    return (repeats_on_each_page[:2] == [True, False] and all(texts[0])) or looks_like_header(texts)


def _grid(rows: list[_WordTableRow]) -> list[list[str]]:
    """The cells' texts as rows and columns.

    A cell merged over rows is repeated in each of them; one merged over columns fills its first, the others stay "".
    """
    grid: list[list[str]] = []
    above: dict[int, str] = {}  # column -> text of the merged cell that reaches down from above
    for row in rows:
        columns = [""] * _count(row.element, "trPr", "gridBefore", 0)
        for cell, parts in row.cells:
            merged = cell.find(f"{WORDPROCESSINGML}tcPr/{WORDPROCESSINGML}vMerge")
            is_continuation = merged is not None and merged.get(VALUE_ATTRIBUTE) != "restart"
            text = above.get(len(columns), "") if is_continuation else joined_line(parts)
            above[len(columns)] = text if merged is not None else ""
            columns += [text, *[""] * (_count(cell, "tcPr", "gridSpan", 1) - 1)]
        grid.append(columns)
    return grid


def _count(element: Any, properties: str, name: str, default: int) -> int:
    """A number of columns stated in the properties of a row or cell, at most _MOST_COLUMNS."""
    stated = element.find(f"{WORDPROCESSINGML}{properties}/{WORDPROCESSINGML}{name}")
    return min(whole_number(None if stated is None else stated.get(VALUE_ATTRIBUTE), default), _MOST_COLUMNS)


def _children_named(element: Any, name: str) -> list[Any]:
    """An element's children with a name, including those inside content controls and tracked insertions."""
    children = []
    for child in element:
        if child.tag == name:
            children.append(child)
        elif child.tag in (
            f"{WORDPROCESSINGML}sdt",
            f"{WORDPROCESSINGML}sdtContent",
            f"{WORDPROCESSINGML}ins",
            f"{WORDPROCESSINGML}customXml",
        ):
            children += _children_named(child, name)
    return children


def _children(element: Any | None) -> list[Any]:
    return [] if element is None else list(element)
