"""Reads the HTML of a mail: all that it shows, in order, with quotations and signatures marked.

Mails use tables for layout. That is undone first, so that the reader of web pages can do the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree, html

from ingest.readers.common.draft import DraftPart
from ingest.readers.html.reader import all_parts
from ingest.text.cleaning import clean, one_line, single_spaced
from ingest.text.hard_wraps import logical_lines

_HIDDEN = re.compile(
    r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE
)
# A preview text for lists of mails, set so small that nobody sees it in the mail.
_TINY = re.compile(r"font-size\s*:\s*[01](?:px|pt)?\s*(?:;|!|$)", re.IGNORECASE)
_STRUCTURE = ("h1", "h2", "h3", "h4", "h5", "h6", "table")
_BLOCKS = (*_STRUCTURE, "p", "ul", "ol", "dl", "blockquote", "hr")
_LONGEST_CELL = 200  # characters; a longer cell is a column of text
_FEWEST_FILLED = 0.6  # share of the cells of a table of data, 0 to 1
_INLINE = ("a", "b", "big", "em", "font", "i", "s", "small", "span", "strong", "tt", "u")
_LINED = ("p", "div", "td", "body", "blockquote", "font", "span")  # elements that mail programs use for lines
_QUOTES = (
    './/blockquote[@type="cite" or contains(concat(" ", @class, " "), " gmail_quote ") '
    'or contains(@class, "protonmail_quote")]'
)
_SIGNATURES = (
    './/*[contains(concat(" ", @class, " "), " gmail_signature ") or contains(@class, "moz-signature") '
    'or @id="Signature" or @id="signature"]'
)
# Private characters, removed from the text first, that mark in the tree where quotations and signatures begin and end.
_QUOTE_START, _QUOTE_END, _SIGNATURE_START, _SIGNATURE_END = "\ue000", "\ue001", "\ue002", "\ue003"
_MARKS = dict.fromkeys(map(ord, (_QUOTE_START, _QUOTE_END, _SIGNATURE_START, _SIGNATURE_END)))


@dataclass(frozen=True)
class MarkedPart:
    """A part of a mail's body."""

    part: DraftPart
    depth: int  # quotations around it, 0 for none
    signature: bool  # whether the HTML marks it as the sender's signature


def visible_html(source: str) -> Any:
    """The lxml tree of an HTML mail without hidden elements and layout tables; None if it has no element."""
    try:
        tree: Any = html.document_fromstring(
            re.sub(r"^\s*<\?xml[^>]*\?>", "", clean(source).translate(_MARKS)) or " "
        )
    except etree.ParserError:
        return None
    etree.strip_elements(tree, etree.Comment, "script", "style", "title", with_tail=False)
    for element in list(tree.iter(etree.Element)):
        style = element.get("style") or ""
        if _HIDDEN.search(style) or (len(element) == 0 and _TINY.search(style)):
            element.clear(keep_tail=True)
    _undo_layout(tree)
    _split_lines(tree)
    return tree


def is_structured(tree: Any) -> bool:
    """Whether a tree of `visible_html` has headings or tables of data, which the plain text of a mail lacks."""
    return any(one_line(element.text_content()) for element in tree.iter(*_STRUCTURE))


def marked_parts(tree: Any) -> Iterator[MarkedPart]:
    """The parts of a tree of `visible_html` in order. Changes the tree."""
    for query, opening, closing in (
        (_QUOTES, _QUOTE_START, _QUOTE_END),
        (_SIGNATURES, _SIGNATURE_START, _SIGNATURE_END),
    ):
        for element in tree.xpath(query):
            for mark, insert in ((opening, element.addprevious), (closing, element.addnext)):
                insert(_block(mark))
    depth, in_signature = 0, False
    for part in all_parts(tree):
        words = part.text.strip()
        if words in (_QUOTE_START, _QUOTE_END):
            depth += 1 if words == _QUOTE_START else -1
        elif words in (_SIGNATURE_START, _SIGNATURE_END):
            in_signature = words == _SIGNATURE_START
        elif words:
            yield MarkedPart(part, depth, in_signature)


def _undo_layout(tree: Any) -> None:
    """Turns layout tables into divisions, and rows of a name and a value into lines."""
    purposes = [(table, _is_data(table), _is_fields(table)) for table in tree.iter("table")]
    for table, is_data, is_fields in purposes:
        if is_data and not is_fields:
            continue
        rows = [(row, list(row.iterchildren("td", "th"))) for row in _rows(table)]
        for row, cells in rows:
            row.tag = "div"
            for cell in cells:
                cell.tag = "span" if is_fields else "div"
                cell.tail = " "
        for element in (table, *table.iterchildren("thead", "tbody", "tfoot")):
            element.tag = "div"


def _is_data(table: Any) -> bool:
    """Whether a table holds data in rows and columns, rather than the layout of the page."""
    rows = [list(row.iterchildren("td", "th")) for row in _rows(table)]
    cells = [cell for row in rows for cell in row]
    texts = [one_line(cell.text_content()) for cell in cells]
    return (
        table.get("role") != "presentation"
        and sum(len(row) > 1 for row in rows) > 1
        and sum(map(bool, texts)) >= _FEWEST_FILLED * len(texts)
        and max(map(len, texts)) <= _LONGEST_CELL
        and not any(sum(1 for _ in cell.iter(*_BLOCKS)) > 1 for cell in cells)
        and table.find(".//table") is None
    )


def _is_fields(table: Any) -> bool:
    """Whether every row is a name, a colon and a value, like the headers of a forwarded mail."""
    names = [one_line(row[0].text_content()) for row in _rows(table) if len(row)]
    return bool(names) and all(name.endswith(":") for name in names)


def _rows(table: Any) -> list[Any]:
    """The rows of a table, without those of tables inside it."""
    return [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]


def _split_lines(tree: Any) -> None:
    """Turns preformatted text and lines set by line breaks into paragraphs, joining wrapped lines."""
    for element in {line_break.getparent(): None for line_break in tree.iter("br")}:
        while element.tag in _INLINE and element.getparent() is not None:
            element.tag = "div"
            element = element.getparent()
    for element in list(tree.iter("pre", *_LINED)):
        if element.tag == "pre" or (element.find("br") is not None and _is_only_text(element)):
            text = _lines(element)
            element[:] = [_block(text[start:end]) for start, end in logical_lines(text)]
            element.text = None


def _lines(element: Any) -> str:
    """An element's text with its line breaks."""
    if element.tag == "pre":
        return str(element.text_content())
    for node in element.iter(etree.Element):
        node.text = single_spaced(node.text)
        if node is not element:
            node.tail = ("\n" if node.tag == "br" else "") + single_spaced(node.tail)
    return str(element.text_content())


def _is_only_text(element: Any) -> bool:
    """Whether an element holds only text and line breaks."""
    return all(child.tag in ("br", *_INLINE) for child in element.iterdescendants(etree.Element))


def _block(text: str) -> Any:
    block = html.Element("p")
    block.text = text
    return block
