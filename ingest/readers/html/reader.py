"""Reads HTML: the main text by trafilatura, with headings, lists and tables as blocks, and the page's metadata."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import copy
from typing import Any

from lxml import etree, html

from ingest.readers.common.draft import Draft, DraftPart, compose
from ingest.readers.common.list_items import BULLET
from ingest.readers.html.metadata import page_metadata
from ingest.readers.html.tables import html_table_parts, plain_structure
from ingest.text.cleaning import clean, one_line
from ingest.text.decoding import decode
from ingest.text.hard_wraps import logical_lines

_DROPPED_TAGS = tuple(
    "script style noscript template svg iframe nav footer aside button select textarea label".split()
)
_HIDDEN = "@hidden or contains(translate(@style, ' ', ''), 'display:none')"
_SITE_HEADER = "self::header[not(ancestor::article or ancestor::main or .//h1)]"
_BLOCK_TAGS = frozenset(
    "p div section article main blockquote pre dd dt figcaption td th li h1 h2 h3 h4 h5 h6 table ul ol dl "
    "address".split()
)
# Tags that only pages of web sites have. A page without them and with few links is a document saved as HTML, or a
# fragment: it has no furniture, and all of its text is taken.
_SITE_TAGS = frozenset("script nav footer aside form button iframe".split())
_MOST_LINKED = 0.1  # share of a page's letters that are in links


def read_web_page(data: bytes) -> Draft:
    """Read a web page. The draft's `strong` metadata is the page's own."""
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", clean(decode(data, markup=True)))
    tree = html.document_fromstring(source)
    strong = page_metadata(tree)
    plain_structure(tree)
    text, pieces = compose(_main_parts(copy(tree)))
    if not text or _is_document(tree, len(text)):
        text, pieces = compose(all_parts(tree))
    return Draft(text, pieces, strong=strong)


def _is_document(tree: Any, length: int) -> bool:
    """Whether a page is a document saved as HTML, without furniture; its main text has `length` characters."""
    if any(element.tag in _SITE_TAGS for element in tree.iter()):
        return False
    letters_in_links = sum(
        len(one_line("".join(link.itertext()))) for link in tree.iter("a") if link.get("href")
    )
    return letters_in_links <= _MOST_LINKED * length


def _main_parts(tree: Any) -> Iterator[DraftPart]:
    """The main text of a page, as trafilatura finds it; `tree` is changed."""
    from trafilatura import bare_extraction

    extracted = bare_extraction(
        tree,
        include_comments=False,
        include_tables=True,
        include_images=False,
        include_links=False,
        with_metadata=False,
    )
    if extracted is not None and not isinstance(extracted, dict) and extracted.body is not None:
        yield from _from_tei(extracted.body)


def _from_tei(parent: Any) -> Iterator[DraftPart]:
    """Parts from the TEI that trafilatura returns: head, p, list/item, table/row/cell, quote."""
    for element in parent:
        tag = element.tag
        if tag == "head":
            level = re.sub(r"\D", "", element.get("rend") or "") or "2"
            yield DraftPart(_words(element), "heading", int(level))
        elif tag == "list":
            for item in element.iterchildren("item"):
                if words := _words(item):
                    yield DraftPart(_list_line(words, element.get("rend") == "ol"), "list")
        elif tag == "table":
            rows = [list(row.iterchildren("cell")) for row in element.iterchildren("row")]
            yield from _table_parts(rows, lambda cell: cell.get("role") == "head")
        elif tag in ("div", "quote") and any(
            child.tag in ("p", "head", "list", "table") for child in element
        ):
            yield from _from_tei(element)
        elif isinstance(tag, str):
            yield from (DraftPart(paragraph) for paragraph in _paragraphs(element))
        if element.tail and element.tail.strip():
            yield DraftPart(one_line(element.tail))


def _list_line(words: str, numbered: bool) -> str:
    """A list item with its bullet, or with its number if that is written: `_list_line("Pay", False) == "• Pay"`."""
    return words if numbered and re.match(r"\d+\. ", words) else f"{BULLET} {words}"


def _table_parts(rows: list[list[Any]], is_header: Callable[[Any], bool]) -> Iterator[DraftPart]:
    """Parts of a table of cell elements."""
    return html_table_parts(
        [[_words(cell) for cell in row] for row in rows], [[is_header(cell) for cell in row] for row in rows]
    )


def _words(element: Any) -> str:
    """An element's text on one line, with spaces between blocks and lines."""
    return one_line("".join(_spaced_text(element)))


def _spaced_text(element: Any) -> Iterator[str]:
    """The strings in an element, with spaces around blocks and line breaks."""
    yield element.text or ""
    for child in element:
        is_separate = child.tag in _BLOCK_TAGS or child.tag in ("br", "lb", "item", "cell")
        yield " " if is_separate else ""
        if isinstance(child.tag, str):
            yield from _spaced_text(child)
        yield " " if is_separate else ""
        yield child.tail or ""


def _paragraphs(element: Any) -> list[str]:
    """An element's text, split at line breaks."""
    chunks = [element.text or ""]
    for child in element:
        if child.tag in ("lb", "br"):
            chunks.append("\n")
        elif isinstance(child.tag, str):
            chunks.append("".join(child.itertext()))
        chunks.append(child.tail or "")
    return [line for line in map(one_line, "".join(chunks).split("\n")) if line]


def all_parts(tree: Any) -> Iterator[DraftPart]:
    """Every block of a page's body, without the tags of furniture and what is hidden; `tree` is changed.

    For pages in which trafilatura finds no main text, for documents saved as HTML, mails and e-books.
    """
    body = tree.find(".//body")
    root = body if body is not None else tree
    etree.strip_elements(root, etree.Comment, *_DROPPED_TAGS, with_tail=False)
    for element in root.xpath(f".//*[{_HIDDEN} or {_SITE_HEADER}]"):
        element.drop_tree()
    yield from _block_parts(root)


def _block_parts(element: Any) -> Iterator[DraftPart]:
    """The parts of one block element."""
    tag = element.tag
    if re.fullmatch(r"h[1-6]", tag):
        yield DraftPart(_words(element), "heading", int(tag[1]))
    elif tag == "table" and element.find(".//table") is None:
        for caption in element.iterchildren("caption"):
            yield DraftPart(_words(caption), "table")
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")]
        yield from _table_parts(rows, lambda cell: cell.tag == "th")
    elif tag == "li":
        yield from _list_item(element)
    elif tag == "pre":
        text = "".join(element.itertext())
        yield from (DraftPart(one_line(text[start:end])) for start, end in logical_lines(text))
    else:
        yield from _mixed_content(element)


def _list_item(element: Any) -> Iterator[DraftPart]:
    """The parts of a list item; the first is the item, and blocks within it follow as they are."""
    parts = [part for part in _mixed_content(element) if part.text]
    numbered = element.getparent().tag == "ol"
    if parts and parts[0].kind == "paragraph":
        parts[0] = DraftPart(_list_line(parts[0].text, numbered), "list")
    yield from parts


def _mixed_content(element: Any) -> Iterator[DraftPart]:
    """The parts of an element that mixes inline text with blocks, in order."""
    inline_text = element.text or ""
    for child in element:
        if isinstance(child.tag, str) and (
            child.tag in _BLOCK_TAGS or any(inner.tag in _BLOCK_TAGS for inner in child.iter())
        ):
            yield DraftPart(one_line(inline_text))
            yield from _block_parts(child)
            inline_text = ""
        elif child.tag == "br":
            yield DraftPart(one_line(inline_text))
            inline_text = ""
        elif isinstance(child.tag, str):
            inline_text += "".join(child.itertext())
        inline_text += child.tail or ""
    yield DraftPart(one_line(inline_text))
