"""HTML: the main text by trafilatura, its headings, lists and tables as blocks, the page's metadata."""

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

_NOT_TEXT = tuple(
    "script style noscript template svg iframe nav footer aside button select textarea label".split()
)
_HIDDEN = "@hidden or contains(translate(@style, ' ', ''), 'display:none')"
_SITE_HEADER = "self::header[not(ancestor::article or ancestor::main or .//h1)]"
_BLOCK = frozenset(
    "p div section article main blockquote pre dd dt figcaption td th li h1 h2 h3 h4 h5 h6 table ul ol dl "
    "address".split()
)
# What only the pages of sites have. A page without any of it and with few links is a document saved as HTML, or a
# fragment: there is nothing around its text to leave out, and all of it is taken.
_OF_SITES = frozenset("script nav footer aside form button iframe".split())
_FEW_LINKED = 0.1  # share of its letters that stand in links


def read_web_page(data: bytes) -> Draft:
    """A draft of a web page: `strong` metadata is the page's own."""
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", clean(decode(data, markup=True)))
    tree = html.document_fromstring(source)
    strong = page_metadata(tree)
    plain_structure(tree)
    text, pieces = compose(_main_parts(copy(tree)))
    if not text or _is_document(tree, len(text)):
        text, pieces = compose(all_parts(tree))
    return Draft(text, pieces, strong=strong)


def _is_document(tree: Any, length: int) -> bool:
    """Whether a page, given the length of its main text in characters, has nothing around its text."""
    if any(element.tag in _OF_SITES for element in tree.iter()):
        return False
    linked = sum(len(one_line("".join(link.itertext()))) for link in tree.iter("a") if link.get("href"))
    return linked <= _FEW_LINKED * length


def _main_parts(tree: Any) -> Iterator[DraftPart]:
    from trafilatura import bare_extraction

    found = bare_extraction(
        tree,
        include_comments=False,
        include_tables=True,
        include_images=False,
        include_links=False,
        with_metadata=False,
    )
    if found is not None and not isinstance(found, dict) and found.body is not None:
        yield from _from_tei(found.body)


def _from_tei(parent: Any) -> Iterator[DraftPart]:
    """Parts from trafilatura's own small mark-up: head, p, list/item, table/row/cell, quote."""
    for element in parent:
        tag = element.tag
        if tag == "head":
            level = re.sub(r"\D", "", element.get("rend") or "") or "2"
            yield DraftPart(_words(element), "heading", int(level))
        elif tag == "list":
            for item in element.iterchildren("item"):
                if words := _words(item):
                    yield DraftPart(_item(words, element.get("rend") == "ol"), "list")
        elif tag == "table":
            rows = [list(row.iterchildren("cell")) for row in element.iterchildren("row")]
            yield from _table(rows, lambda cell: cell.get("role") == "head")
        elif tag in ("div", "quote") and any(
            child.tag in ("p", "head", "list", "table") for child in element
        ):
            yield from _from_tei(element)
        elif isinstance(tag, str):
            yield from (DraftPart(paragraph) for paragraph in _paragraphs(element))
        if element.tail and element.tail.strip():
            yield DraftPart(one_line(element.tail))


def _item(words: str, numbered: bool) -> str:
    return words if numbered and re.match(r"\d+\. ", words) else f"{BULLET} {words}"


def _table(rows: list[list[Any]], is_head: Callable[[Any], bool]) -> Iterator[DraftPart]:
    return html_table_parts(
        [[_words(cell) for cell in row] for row in rows], [[is_head(cell) for cell in row] for row in rows]
    )


def _words(element: Any) -> str:
    """An element's text on one line, words in different blocks or lines kept apart."""
    return one_line("".join(_spaced(element)))


def _spaced(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        apart = child.tag in _BLOCK or child.tag in ("br", "lb", "item", "cell")
        yield " " if apart else ""
        if isinstance(child.tag, str):
            yield from _spaced(child)
        yield " " if apart else ""
        yield child.tail or ""


def _paragraphs(element: Any) -> list[str]:
    """An element's text, cut where it holds line breaks."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag in ("lb", "br"):
            pieces.append("\n")
        elif isinstance(child.tag, str):
            pieces.append("".join(child.itertext()))
        pieces.append(child.tail or "")
    return [line for line in map(one_line, "".join(pieces).split("\n")) if line]


def all_parts(tree: Any) -> Iterator[DraftPart]:
    """Every block of the page's body, furniture tags left out: for pages that are no article."""
    body = tree.find(".//body")
    root = body if body is not None else tree
    etree.strip_elements(root, etree.Comment, *_NOT_TEXT, with_tail=False)
    for element in root.xpath(f".//*[{_HIDDEN} or {_SITE_HEADER}]"):
        element.drop_tree()
    yield from _walk(root)


def _walk(element: Any) -> Iterator[DraftPart]:
    tag = element.tag
    if re.fullmatch(r"h[1-6]", tag):
        yield DraftPart(_words(element), "heading", int(tag[1]))
    elif tag == "table" and element.find(".//table") is None:
        for caption in element.iterchildren("caption"):
            yield DraftPart(_words(caption), "table")
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")]
        yield from _table(rows, lambda cell: cell.tag == "th")
    elif tag == "li":
        yield from _list_item(element)
    elif tag == "pre":
        text = "".join(element.itertext())
        yield from (DraftPart(one_line(text[start:end])) for start, end in logical_lines(text))
    else:
        yield from _mixed(element)


def _list_item(element: Any) -> Iterator[DraftPart]:
    """An item as one part, or where it holds blocks as several, its first text being the item."""
    parts = [part for part in _mixed(element) if part.text]
    numbered = element.getparent().tag == "ol"
    if parts and parts[0].kind == "paragraph":
        parts[0] = DraftPart(_item(parts[0].text, numbered), "list")
    yield from parts


def _mixed(element: Any) -> Iterator[DraftPart]:
    """Runs of inline text between an element's block children, and those children, in order."""
    run = element.text or ""
    for child in element:
        if isinstance(child.tag, str) and (
            child.tag in _BLOCK or any(inner.tag in _BLOCK for inner in child.iter())
        ):
            yield DraftPart(one_line(run))
            yield from _walk(child)
            run = ""
        elif child.tag == "br":
            yield DraftPart(one_line(run))
            run = ""
        elif isinstance(child.tag, str):
            run += "".join(child.itertext())
        run += child.tail or ""
    yield DraftPart(one_line(run))
