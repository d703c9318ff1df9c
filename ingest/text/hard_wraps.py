"""Which line ends are only the edge of the page: hard-wrapped text told from text with a paragraph a line."""

from __future__ import annotations

import re
from itertools import pairwise

_LINE = re.compile(r"[^\n]+")
_NARROWEST = 45  # characters; a shorter line was ended on purpose
_WIDEST = 130  # a longer line was never wrapped by an editor
# What an item of a list begins with where it was typed: a bullet or a number.
ITEM_START = re.compile(r"[•●▪■◦‣∙·*–—-]\s|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)]\s")
# Of a table, as readers write it: "Name: cell; Name: cell".
ROW = re.compile(r"[^:;\n]{1,60}: [^;\n]+; [^:;\n]{1,60}: ")
_STARTS_ANEW = re.compile(r"(?:By|Par)\s+[A-Z]|©|https?://|#|>")
_ENDS = (".", "!", "?", "…", ":", ";", "”", '"', "»", ")")


def logical_lines(text: str) -> list[tuple[int, int]]:
    """Spans of the lines of `text` without surrounding white space, wrapped lines taken together."""
    spans: list[tuple[int, int]] = []
    for paragraph in _paragraphs(text):
        width = _wrap_width([text[start:end] for start, end in paragraph])
        start, end = paragraph[0]
        for (first, last), (following, to) in pairwise(paragraph):
            if _continues(text[first:last], text[following:to], width):
                end = to
            else:
                spans.append((start, end))
                start, end = following, to
        spans.append((start, end))
    return spans


def _paragraphs(text: str) -> list[list[tuple[int, int]]]:
    """Runs of lines with no blank line between them, as trimmed spans."""
    paragraphs: list[list[tuple[int, int]]] = []
    previous_end = -2
    for match in _LINE.finditer(text):
        line = match[0]
        bare = line.strip()
        if not bare:
            continue
        start = match.start() + len(line) - len(line.lstrip())
        if paragraphs and match.start() == previous_end + 1:
            paragraphs[-1].append((start, start + len(bare)))
        else:
            paragraphs.append([(start, start + len(bare))])
        previous_end = match.end()
    return paragraphs


def _wrap_width(lines: list[str]) -> int | None:
    """The width at which a paragraph is wrapped, in characters; None where it is not."""
    width = max(map(len, lines))
    if len(lines) < 2 or not _NARROWEST <= width <= _WIDEST:
        return None
    return width


def _continues(line: str, following: str, width: int | None) -> bool:
    if width is None or ITEM_START.match(following) or _STARTS_ANEW.match(following):
        return False
    if " | " in line or ROW.match(line) or ROW.match(following):
        return False
    if following[0].islower() and not line.endswith(_ENDS):
        return True
    if len(line) < _NARROWEST:
        return False
    # An editor breaks a line only where the next word would not have fitted.
    return len(line) + 1 + len(following.split(None, 1)[0]) > width
