"""HTML: the main text by trafilatura, its headings, lists and tables as blocks, the page's metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from ingest.cleaning import clean, one_line
from ingest.decoding import decode
from ingest.draft import Draft, Part, compose, looks_like_header, rows_as_parts
from ingest.web_metadata import page_metadata

_NOT_TEXT = (
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "nav",
    "header",
    "footer",
    "aside",
    "form",
    "button",
    "select",
)
_BLOCK = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "blockquote",
        "pre",
        "dd",
        "dt",
        "figcaption",
        "td",
        "th",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "ul",
        "ol",
        "dl",
        "address",
    ]
)
# trafilatura takes the main text. Where that is less than this many characters and the page either is hardly longer
# or for the most part left out, the page is no article (a table, a fragment, a letter), and its whole body is taken.
_SMALL = 600  # characters
_SMALL_SHARE = 0.25


def read_web_page(data: bytes) -> Draft:
    """A draft of a web page: `strong` metadata is the page's own."""
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", clean(decode(data, markup=True)))
    tree = html.document_fromstring(source)
    strong = page_metadata(tree)
    text, pieces = compose(_main_parts(source))
    everything = compose(_all_parts(tree)) if len(text) < _SMALL else ("", ())
    whole = len(everything[0])
    if len(text) < _SMALL and (whole < 2 * _SMALL or len(text) < _SMALL_SHARE * whole):
        text, pieces = everything
    return Draft(text, pieces, strong=strong)


def _main_parts(source: str) -> Iterator[Part]:
    from trafilatura import bare_extraction

    found = bare_extraction(
        source,
        include_comments=False,
        include_tables=True,
        include_images=False,
        include_links=False,
        with_metadata=False,
    )
    if found is not None and not isinstance(found, dict) and found.body is not None:
        yield from _from_tei(found.body)


def _from_tei(parent: Any) -> Iterator[Part]:
    """Parts from trafilatura's own small mark-up: head, p, list/item, table/row/cell, quote."""
    for element in parent:
        tag = element.tag
        if tag == "head":
            level = re.sub(r"\D", "", element.get("rend") or "") or "2"
            yield Part(_words(element), "heading", int(level))
        elif tag == "list":
            for item in element.iterchildren("item"):
                if words := _words(item):
                    yield Part(f"• {words}", "list")
        elif tag == "table":
            yield from _table(
                [list(row.iterchildren("cell")) for row in element.iterchildren("row")],
                lambda cell: cell.get("role") == "head",
            )
        elif tag in ("div", "quote") and any(
            child.tag in ("p", "head", "list", "table") for child in element
        ):
            yield from _from_tei(element)
        elif isinstance(tag, str):
            yield from (Part(paragraph) for paragraph in _paragraphs(element))
        if element.tail and element.tail.strip():
            yield Part(one_line(element.tail))


def _table(rows: list[list[Any]], is_head: Any) -> Iterator[Part]:
    rows = [row for row in rows if row]
    texts = [[_words(cell) for cell in row] for row in rows]
    marked = bool(rows) and len(rows[0]) > 1 and all(is_head(cell) for cell in rows[0])
    yield from rows_as_parts(texts, header=marked or looks_like_header(texts))


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


def _all_parts(tree: Any) -> Iterator[Part]:
    """Every block of the page's body, furniture tags left out: for pages that are no article."""
    body = tree.find(".//body")
    root = body if body is not None else tree
    etree.strip_elements(root, etree.Comment, *_NOT_TEXT, with_tail=False)
    yield from _walk(root)


def _walk(element: Any) -> Iterator[Part]:
    tag = element.tag
    if re.fullmatch(r"h[1-6]", tag):
        yield Part(_words(element), "heading", int(tag[1]))
    elif tag == "table" and element.find(".//table") is None:
        yield from _table(
            [[cell for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")],
            lambda cell: cell.tag == "th",
        )
    elif tag == "li" and not any(child.tag in _BLOCK for child in element.iterdescendants()):
        yield Part(f"• {_words(element)}", "list")
    else:
        yield from _mixed(element)


def _mixed(element: Any) -> Iterator[Part]:
    """Runs of inline text between an element's block children, and those children, in order."""
    run = element.text or ""
    for child in element:
        if isinstance(child.tag, str) and (
            child.tag in _BLOCK or any(inner.tag in _BLOCK for inner in child.iter())
        ):
            yield Part(one_line(run))
            yield from _walk(child)
            run = ""
        elif child.tag == "br":
            yield Part(one_line(run))
            run = ""
        elif isinstance(child.tag, str):
            run += "".join(child.itertext())
        run += child.tail or ""
    yield Part(one_line(run))
