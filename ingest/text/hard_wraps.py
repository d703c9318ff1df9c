"""Joins hard-wrapped lines: tells line ends made by an editor at the page's edge from those that end a paragraph."""

from __future__ import annotations

import re
from itertools import pairwise

_LINE = re.compile(r"[^\n]+")
_NARROWEST = 45  # characters; a shorter line was ended by its writer
_WIDEST = 130  # characters; no editor wraps lines longer than this
# The typed beginning of a list item: a bullet or a number.
ITEM_START = re.compile(r"[•●▪■◦‣∙·*–—-]\s|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)]\s")
# A table row as our readers write it: "Name: cell; Name: cell".
TABLE_ROW = re.compile(r"[^:;\n]{1,60}: [^;\n]+; [^:;\n]{1,60}: ")
_STARTS_ANEW = re.compile(r"(?:By|Par)\s+[A-Z]|©|https?://|#|>")
_ENDS = (".", "!", "?", "…", ":", ";", "”", '"', "»", ")")


def logical_lines(text: str) -> list[tuple[int, int]]:
    """Spans (start, end) of the lines of `text`, trimmed; lines that were wrapped from one paragraph are one span."""
    spans: list[tuple[int, int]] = []
    for paragraph in _paragraphs(text):
        width = _wrap_width([text[start:end] for start, end in paragraph])
        start, end = paragraph[0]
        for (line_start, line_end), (next_start, next_end) in pairwise(paragraph):
            if _continues(text[line_start:line_end], text[next_start:next_end], width):
                end = next_end
            else:
                spans.append((start, end))
                start, end = next_start, next_end
        spans.append((start, end))
    return spans


def _paragraphs(text: str) -> list[list[tuple[int, int]]]:
    """Runs of lines with no blank line between them, as trimmed spans."""
    paragraphs: list[list[tuple[int, int]]] = []
    previous_end = -2
    for match in _LINE.finditer(text):
        line = match[0]
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + len(line) - len(line.lstrip())
        if paragraphs and match.start() == previous_end + 1:
            paragraphs[-1].append((start, start + len(stripped)))
        else:
            paragraphs.append([(start, start + len(stripped))])
        previous_end = match.end()
    return paragraphs


def _wrap_width(lines: list[str]) -> int | None:
    """The width at which a paragraph is wrapped, in characters; None if it is not wrapped."""
    width = max(map(len, lines))
    if len(lines) < 2 or not _NARROWEST <= width <= _WIDEST:
        return None
    return width


def _continues(line: str, following: str, width: int | None) -> bool:
    """Whether `following` continues the paragraph of `line`.

    `_continues("Two new cranes were", "delivered in spring.", 60) is True`; with width None it is False.
    """
    if width is None or ITEM_START.match(following) or _STARTS_ANEW.match(following):
        return False
    if " | " in line or TABLE_ROW.match(line) or TABLE_ROW.match(following):
        return False
    if following[0].islower() and not line.endswith(_ENDS):
        return True
    if len(line) < _NARROWEST:
        return False
    # An editor wraps a line only if the next word would not have fitted on it.
    return len(line) + 1 + len(following.split(None, 1)[0]) > width
