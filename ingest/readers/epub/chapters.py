"""Turns an XHTML document of an e-book into parts; a note follows the block that refers to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import entities
from typing import Any

from ingest.readers.common.draft import DraftPart, joined_line
from ingest.readers.common.list_items import BULLET, list_item, whole_number
from ingest.readers.common.table_rows import looks_like_header, rows_as_parts
from ingest.readers.common.zip_package import parsed_xml
from ingest.readers.epub.notes import semantic_types
from ingest.text.cleaning import clean, one_line, single_spaced
from ingest.text.decoding import decode

_XHTML = "{http://www.w3.org/1999/xhtml}"
_PROLOGUE = re.compile(r"^\s*<\?xml[^>]*\?>|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_KEPT_ENTITIES = frozenset(("lt", "gt", "amp", "quot", "apos"))
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hgroup hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul caption".split()
)
_SKIPPED_TAGS = frozenset(
    "head script style template noscript svg audio video object iframe nav button select input rt rp map".split()
)
_PAGE_NUMBER = re.compile(r"(?:^|[\s_-])page-?(?:num|number|break|no)(?:$|[\s_-])", re.IGNORECASE)
_CAPTIONS = ("figcaption", "caption")
_CONTENTS_TYPES = frozenset(("toc", "landmarks", "page-list", "loi", "lot", "index", "doc-toc", "doc-index"))
_SUPERSCRIPT = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LONGEST_HEADING = 300  # characters
_MOST_COLUMNS = 100  # columns or rows that a cell may span
_MOSTLY_LINKS = (
    0.8  # share of a paragraph's characters, 0 to 1: with more in links it is a line of a table of contents
)


def xhtml_tree(data: bytes) -> Any:
    """The lxml root of an XHTML document, its tags without namespace; parsed as HTML if it is not well-formed."""
    from lxml import etree, html

    source = _PROLOGUE.sub("", clean(decode(data, markup=True)), count=2)
    try:
        tree = parsed_xml(re.sub(r"&(\w+);", _character, source))
    except etree.XMLSyntaxError:
        tree = html.document_fromstring(source if source.strip() else "<p>")
        etree.strip_elements(tree, etree.Comment, with_tail=False)
    for element in tree.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.removeprefix(_XHTML).lower()
        else:
            element.tag = "script"  # an entity or instruction, which is not shown
    return tree


def xhtml_parts(tree: Any, notes: Mapping[Any, Any]) -> Iterator[DraftPart]:
    """The parts of a tree of `xhtml_tree` in reading order.

    `notes` maps each link to a note to the note's element, as `extract_notes` returns them.
    """
    body = tree.find(".//body")
    yield from _ChapterText(notes).read(tree if body is None else body)


def _character(match: re.Match[str]) -> str:
    """The character of an HTML entity, which XML does not know; XML's own entities stay."""
    return match[0] if match[1] in _KEPT_ENTITIES else entities.html5.get(f"{match[1]};", match[0])


class _ChapterText:
    """Walks one document, collecting the notes that the block being read refers to."""

    def __init__(self, notes: Mapping[Any, Any]) -> None:
        self._notes = notes
        self._read: set[Any] = set()  # notes already read
        self._pending_notes: list[Any] = []  # notes of the block being read
        self._in_table = 0  # depth; a table's notes follow the whole table
        self._linked = 0  # characters in links within the book, of the paragraph being read

    def read(self, body: Any) -> Iterator[DraftPart]:
        """The parts of the whole document."""
        yield from self._block(body)
        yield from self._pending_note_parts()

    def _block(self, element: Any) -> Iterator[DraftPart]:
        tag = element.tag
        if _is_left_out(element) or tag == "hr":
            return
        if semantic_types(element) & _CONTENTS_TYPES:
            yield from (replace(part, kind="furniture", level=0) for part in self._mixed(element))
        elif re.fullmatch(r"h[1-6]", tag):
            yield from self._heading(element)
        elif tag in ("ul", "ol"):
            yield from self._list(element)
        elif tag == "table":
            yield from self._table(element)
        elif tag in _CAPTIONS:
            yield from (replace(part, kind="furniture", level=0) for part in self._mixed(element))
        elif tag == "pre":
            yield from self._paragraph("".join(element.itertext()).strip("\n"))
        else:
            yield from self._mixed(element)

    def _mixed(self, element: Any) -> Iterator[DraftPart]:
        """An element's blocks and the text between them, in order."""
        run = single_spaced(element.text)
        for child in element:
            if _holds_block(child):
                yield from self._paragraph(run)
                yield from self._block(child)
                run = ""
            else:
                run += self._inline(child, run)
            run += single_spaced(child.tail)
        yield from self._paragraph(run)

    def _paragraph(self, run: str) -> Iterator[DraftPart]:
        """A run of text as a paragraph, or as furniture if it is mostly links."""
        linked, self._linked = self._linked, 0
        lines = "\n".join(line.strip() for line in run.split("\n"))
        if text := re.sub(r"\[\s*\]", "", lines).strip():  # brackets around the mark of a note, which is gone
            yield DraftPart(text, "furniture" if linked > _MOSTLY_LINKS * len(text) else "paragraph")
        yield from self._pending_note_parts()

    def _heading(self, element: Any) -> Iterator[DraftPart]:
        text = one_line(self._inline(element, ""))
        self._linked = 0  # a heading is often a link back to the contents
        if text:
            is_heading = len(text) <= _LONGEST_HEADING
            yield DraftPart(text, "heading", int(element.tag[1])) if is_heading else DraftPart(text)
        yield from self._pending_note_parts()

    def _pending_note_parts(self) -> Iterator[DraftPart]:
        if self._in_table:
            return
        due, self._pending_notes = self._pending_notes, []
        for note in due:
            if note not in self._read:
                self._read.add(note)
                for index, part in enumerate(self._mixed(note)):
                    yield replace(part, text=part.text.lstrip(" .:)]")) if index == 0 else part

    def _inline(self, element: Any, before: str) -> str:
        """The text of an inline element; `before` is the text in front of it."""
        tag = element.tag
        if tag == "br":
            return "\n"
        if tag == "a" and element in self._notes:
            self._pending_notes.append(self._notes[element])
            return ""
        if _is_left_out(element):
            return ""
        if tag == "math" and element.get("alttext"):
            return str(element.get("alttext"))
        text = single_spaced(element.text)
        for child in element:
            text += self._inline(child, before + text) + single_spaced(child.tail)
            text += " " if child.tag in _BLOCKS else ""
        if tag == "a" and element.get("href") and "://" not in element.get("href"):
            self._linked += len(text.strip())
        if tag == "sup" and before[-1:].isdigit() and re.fullmatch(r"[+−-]?\d{1,3}", text.strip()):
            return text.strip().translate(_SUPERSCRIPT)  # 10² must not become 102
        return f"“{text}”" if tag == "q" else text

    def _list(self, element: Any) -> Iterator[DraftPart]:
        number = whole_number(element.get("start"), 1)
        for child in element:
            if child.tag != "li":
                yield from self._block(child) if _holds_block(child) else ()
                continue
            number = whole_number(child.get("value"), number)
            label = f"{number}." if element.tag == "ol" else BULLET
            number += 1
            yield from _labelled(label, self._mixed(child))

    def _table(self, table: Any) -> Iterator[DraftPart]:
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        for caption in table.iterchildren("caption"):
            yield from self._block(caption)
        self._in_table += 1
        cells = [
            [(cell, list(self._mixed(cell))) for cell in row.iterchildren("td", "th") if not _is_hidden(cell)]
            for row in rows
        ]
        self._in_table -= 1
        cells = [row for row in cells if row]
        parts = [part for row in cells for _, parts in row for part in parts]
        if all(len(row) < 2 for row in cells) or table.find(".//table") is not None or _has_heading(parts):
            yield from parts
        else:
            texts = _grid(cells)
            is_marked = all(cell.tag == "th" for cell, _ in cells[0]) and len(cells[0]) > 1
            is_contents = sum(part.kind == "furniture" for part in parts) * 2 > len(parts)
            for part in rows_as_parts(texts, header=is_marked or looks_like_header(texts)):
                yield replace(part, kind="furniture") if is_contents else part
        yield from self._pending_note_parts()


def _labelled(label: str, parts: Iterator[DraftPart]) -> Iterator[DraftPart]:
    """The parts of a list item, the first with its number or bullet."""
    first = next(parts, None)
    if first is None:
        return
    text = one_line(first.text)
    if first.kind != "paragraph":
        yield first
    elif label != BULLET and text.startswith(label):  # the number is also typed
        yield DraftPart(text)
    else:
        yield list_item(label, text)
    yield from parts


def _grid(rows: list[list[tuple[Any, list[DraftPart]]]]) -> list[list[str]]:
    """The cells' texts as rows and columns.

    A cell merged over rows is repeated in each of them; one merged over columns fills its first, the others stay "".
    """
    grid: list[list[str]] = []
    above: dict[int, tuple[int, str]] = {}  # column -> (rows that its merged cell still covers, text)
    for row in rows:
        columns: list[str] = []
        for cell, parts in row:
            _fill_from_above(columns, above)
            text = joined_line(parts)
            for index in range(_span(cell, "colspan")):
                if (row_span := _span(cell, "rowspan")) > 1:
                    above[len(columns)] = (row_span - 1, "" if index else text)
                columns.append("" if index else text)
        _fill_from_above(columns, above)
        grid.append(columns)
    return grid


def _fill_from_above(columns: list[str], above: dict[int, tuple[int, str]]) -> None:
    """Adds to a row the merged cells that reach down into its next columns."""
    while len(columns) in above:
        rows_left, text = above.pop(len(columns))
        if rows_left > 1:
            above[len(columns)] = (rows_left - 1, text)
        columns.append(text)


def _span(cell: Any, name: str) -> int:
    """A cell's "colspan" or "rowspan", from 1 to 100."""
    return max(1, min(whole_number(cell.get(name), 1), _MOST_COLUMNS))


def _has_heading(parts: list[DraftPart]) -> bool:
    return any(part.kind == "heading" for part in parts)


def _holds_block(element: Any) -> bool:
    return element.tag in _BLOCKS or any(inner.tag in _BLOCKS for inner in element.iterdescendants())


def _is_left_out(element: Any) -> bool:
    """Whether an element is not shown, or is the number of a page of the printed book."""
    page_break = semantic_types(element) & {"pagebreak", "doc-pagebreak"}
    return (
        element.tag in _SKIPPED_TAGS
        or _is_hidden(element)
        or bool(page_break)
        or (element.tag == "span" and _PAGE_NUMBER.search(element.get("class") or "") is not None)
    )


def _is_hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style
