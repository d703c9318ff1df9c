"""A document of an e-book as parts: headings, paragraphs, list items, table rows, notes behind what they note."""

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
from ingest.readers.epub.notes import note_words
from ingest.text.cleaning import clean, one_line, single_spaced
from ingest.text.decoding import decode

_XHTML = "{http://www.w3.org/1999/xhtml}"
_PROLOGUE = re.compile(r"^\s*<\?xml[^>]*\?>|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_KEPT_ENTITIES = frozenset(("lt", "gt", "amp", "quot", "apos"))
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hgroup hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul caption".split()
)
_LEFT_OUT = frozenset(
    "head script style template noscript svg audio video object iframe nav button select input rt rp map".split()
)
_PAGE_NUMBER = re.compile(r"(?:^|[\s_-])page-?(?:num|number|break|no)(?:$|[\s_-])", re.IGNORECASE)
_CAPTIONS = ("figcaption", "caption")
_CONTENTS = frozenset(("toc", "landmarks", "page-list", "loi", "lot", "index", "doc-toc", "doc-index"))
_SUPERSCRIPT = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LONGEST_HEADING = 300  # characters
_MOST_COLUMNS = 100  # and rows that a cell may span
_MOSTLY = 0.8  # of a line's characters


def xhtml_tree(data: bytes) -> Any:
    """The root of an XHTML document with plain tag names; read as HTML where it is not well-formed."""
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
            element.tag = "script"  # what is left of an entity or an instruction is not shown
    return tree


def xhtml_parts(tree: Any, notes: Mapping[Any, Any]) -> Iterator[DraftPart]:
    """The parts of a document of `xhtml_tree` in reading order; `notes` maps links to notes."""
    body = tree.find(".//body")
    yield from _ChapterText(notes).read(tree if body is None else body)


def _character(match: re.Match[str]) -> str:
    return match[0] if match[1] in _KEPT_ENTITIES else entities.html5.get(f"{match[1]};", match[0])


class _ChapterText:
    def __init__(self, notes: Mapping[Any, Any]) -> None:
        self._notes = notes
        self._read: set[Any] = set()
        self._due: list[Any] = []
        self._in_table = 0
        self._linked = 0  # characters of links to other places in the book, in the paragraph being read

    def read(self, body: Any) -> Iterator[DraftPart]:
        yield from self._block(body)
        yield from self._notes_due()

    def _block(self, element: Any) -> Iterator[DraftPart]:
        tag = element.tag
        if _is_left_out(element) or tag == "hr":
            return
        if note_words(element) & _CONTENTS:
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
        """Runs of text between an element's blocks, and those blocks, in order."""
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
        linked, self._linked = self._linked, 0
        lines = "\n".join(line.strip() for line in run.split("\n"))
        if text := re.sub(r"\[\s*\]", "", lines).strip():  # what stood around the mark of a note
            yield DraftPart(text, "furniture" if linked > _MOSTLY * len(text) else "paragraph")
        yield from self._notes_due()

    def _heading(self, element: Any) -> Iterator[DraftPart]:
        text = one_line(self._inline(element, ""))
        self._linked = 0  # headings often lead back to the contents
        if text:
            is_heading = len(text) <= _LONGEST_HEADING
            yield DraftPart(text, "heading", int(element.tag[1])) if is_heading else DraftPart(text)
        yield from self._notes_due()

    def _notes_due(self) -> Iterator[DraftPart]:
        if self._in_table:
            return
        due, self._due = self._due, []
        for note in due:
            if note not in self._read:
                self._read.add(note)
                for index, part in enumerate(self._mixed(note)):
                    yield replace(part, text=part.text.lstrip(" .:)]")) if index == 0 else part

    def _inline(self, element: Any, before: str) -> str:
        """The text of an inline element, given what stands before it."""
        tag = element.tag
        if tag == "br":
            return "\n"
        if tag == "a" and element in self._notes:
            self._due.append(self._notes[element])
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
            return text.strip().translate(_SUPERSCRIPT)  # a power of ten is another number without
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
            marked = all(cell.tag == "th" for cell, _ in cells[0]) and len(cells[0]) > 1
            is_contents = sum(part.kind == "furniture" for part in parts) * 2 > len(parts)
            for part in rows_as_parts(texts, header=marked or looks_like_header(texts)):
                yield replace(part, kind="furniture") if is_contents else part
        yield from self._notes_due()


def _labelled(label: str, parts: Iterator[DraftPart]) -> Iterator[DraftPart]:
    """The parts of a list item, the first with its number or bullet."""
    first = next(parts, None)
    if first is None:
        return
    text = one_line(first.text)
    if first.kind != "paragraph":
        yield first
    elif label != BULLET and text.startswith(label):  # typed besides
        yield DraftPart(text)
    else:
        yield list_item(label, text)
    yield from parts


def _grid(rows: list[list[tuple[Any, list[DraftPart]]]]) -> list[list[str]]:
    """The cells' texts, each in its column: a cell over several rows in each, one over columns in its first."""
    grid: list[list[str]] = []
    above: dict[int, tuple[int, str]] = {}  # column -> rows that its cell still covers, and its text
    for row in rows:
        line: list[str] = []
        for cell, parts in row:
            _continue(line, above)
            text = joined_line(parts)
            for index in range(_span(cell, "colspan")):
                if (down := _span(cell, "rowspan")) > 1:
                    above[len(line)] = (down - 1, "" if index else text)
                line.append("" if index else text)
        _continue(line, above)
        grid.append(line)
    return grid


def _continue(line: list[str], above: dict[int, tuple[int, str]]) -> None:
    while len(line) in above:
        left, text = above.pop(len(line))
        if left > 1:
            above[len(line)] = (left - 1, text)
        line.append(text)


def _span(cell: Any, name: str) -> int:
    return max(1, min(whole_number(cell.get(name), 1), _MOST_COLUMNS))


def _has_heading(parts: list[DraftPart]) -> bool:
    return any(part.kind == "heading" for part in parts)


def _holds_block(element: Any) -> bool:
    return element.tag in _BLOCKS or any(inner.tag in _BLOCKS for inner in element.iterdescendants())


def _is_left_out(element: Any) -> bool:
    """Whether an element is not shown, or is the number of a printed page."""
    marked = note_words(element) & {"pagebreak", "doc-pagebreak"}
    return (
        element.tag in _LEFT_OUT
        or _is_hidden(element)
        or bool(marked)
        or (element.tag == "span" and _PAGE_NUMBER.search(element.get("class") or "") is not None)
    )


def _is_hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style
