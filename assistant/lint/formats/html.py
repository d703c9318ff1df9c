"""Turns HTML into blocks, each with its line in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from assistant.lint.draft.blocks import DraftBlock

_LEFT_OUT = frozenset("head script style svg template nav noscript title".split())
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code data dfn em font i ins kbd label mark q s samp small span strong sub sup time u "
    "var wbr".split()
)
_NUMBERS = re.compile(r"[\[(]?\s*(\d+(?:\s*[,;]\s*\d+)*)\s*[\])]?")


def html_blocks(source: str) -> Iterator[DraftBlock]:
    """The headings, paragraphs, list items and table rows of a page.

    A raised number becomes a marker, <q> quotation marks; rows of <th> alone are left out.
    """
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    root = etree.fromstring(source.encode("utf8", "replace"), parser)
    if root is not None:
        yield from _Walk().blocks(root)


class _Walk:
    """Walks the elements of a page and collects the words of one block until the next begins."""

    _kind: tuple[str, int, str] = (
        "paragraph",
        0,
        "",
    )  # kind, heading level, list number of the current block

    def __init__(self) -> None:
        self._text = ""  # words of the current block, with the line breaks of the file
        self._lead = ""  # bold or italic words at its start
        self._line = 1  # 1-based line on which it begins

    def blocks(self, element: Any) -> Iterator[DraftBlock]:
        """The blocks of an element and of all elements in it."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _LEFT_OUT:
            return
        if tag == "tr":
            yield from self._row(element)
        elif tag == "br":
            yield from self._flush(self._kind)
        elif tag == "hr":
            yield from self._flush(self._kind)
            yield DraftBlock("", element.sourceline or 1, "rule")
        else:
            yield from self._flush(self._kind)
            yield from self._content(element, tag)

    def _content(self, element: Any, tag: str) -> Iterator[DraftBlock]:
        before, self._kind = self._kind, self._kind_of(element, tag)
        self._line = element.sourceline or 1
        self._add(element.text)
        for child in element:
            if child.tag in _INLINE and not any(_is_block(descendant) for descendant in child.iter()):
                self._inline(child)
            else:
                yield from self.blocks(child)
                if not self._text:
                    self._line = max(self._line, child.sourceline or 1)
            self._add(child.tail)
        yield from self._flush(self._kind)
        self._kind = before

    def _kind_of(self, element: Any, tag: str) -> tuple[str, int, str]:
        if re.fullmatch(r"h[1-6]", tag):
            return "heading", int(tag[1]), ""
        if tag == "li":
            parent = element.getparent()
            if parent is None or parent.tag != "ol":
                return "item", 0, ""
            place = [item for item in parent if item.tag == "li"].index(element)
            first = parent.get("start") or "1"
            return (
                "item",
                0,
                element.get("value") or str(int(first) + place if first.isdigit() else place + 1),
            )
        return self._kind if tag in ("p", "div") and self._kind[0] == "item" else ("paragraph", 0, "")

    def _row(self, row: Any) -> Iterator[DraftBlock]:
        yield from self._flush(self._kind)
        if all(cell.tag == "th" for cell in row if isinstance(cell.tag, str)):
            return
        cells = []
        for cell in row:
            if isinstance(cell.tag, str):
                self._text, self._line = "", cell.sourceline or 1
                self._inline(cell)
                cells.append(self._text.strip())
        self._text = self._lead = ""
        yield DraftBlock(" | ".join(cells), row.sourceline or 1, "row", cells=tuple(cells))

    def _inline(self, element: Any) -> None:
        """Add the words of an inline element; line breaks inside its tags count, so that lines stay right."""
        behind = (element.sourceline or 0) - self._line - self._text.count("\n")
        self._text += "\n" * max(0, behind)
        begins, at = not self._text.strip(), len(self._text)
        if element.tag in _LEFT_OUT or not isinstance(element.tag, str):
            return
        self._add("“" if element.tag == "q" else "")
        self._add(element.text)
        for child in element:
            self._inline(child)
            self._add(child.tail)
        self._add("”" if element.tag == "q" else "")
        inner = self._text[at:]
        if element.tag == "sup" and (number := _NUMBERS.fullmatch(inner.strip().replace("][", ","))):
            self._text = self._text[:at] + "\n" * inner.count("\n") + f"[{number[1]}]"
        elif element.tag in ("b", "strong", "em", "i") and begins:
            self._lead = inner.strip()

    def _add(self, words: str | None) -> None:
        self._text += words or ""

    def _flush(self, kind: tuple[str, int, str]) -> Iterator[DraftBlock]:
        text = self._text.lstrip()
        if text.strip():
            line = self._line + self._text[: len(self._text) - len(text)].count("\n")
            yield DraftBlock(text.rstrip(), line, kind[0], kind[1], self._lead, kind[2])  # type: ignore[arg-type]
        self._line += self._text.count("\n")
        self._text = self._lead = ""


def _is_block(element: Any) -> bool:
    return isinstance(element.tag, str) and element.tag not in _INLINE and element.tag not in _LEFT_OUT
