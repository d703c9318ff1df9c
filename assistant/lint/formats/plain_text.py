"""Turns plain text into blocks: recognises headings by their look, joins wrapped lines, and keeps line numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lint.draft.blocks import DraftBlock
from assistant.lint.draft.sections import section_role

_RULE = re.compile(r"\s*(?:[-=_*–—]\s*){3,}$")
_ITEM = re.compile(r"\s*(?:[-•*–]|(?P<number>\d{1,3})[.)]|\d{1,2}(?:\.\d{1,2})+\.?(?=\s+[A-Z]))\s+(?=\S)")
_SECTION_LEAD = re.compile(r"([A-Z][A-Za-z ]{2,40})(?::|\.|\s[–—-])\s+(?=\S)")
_HEADING_WORDS = 10  # a heading has at most this many words
_WRAPPED_LENGTH = 120  # characters; a longer line was not wrapped, and is a paragraph by itself


def plain_blocks(source: str) -> Iterator[DraftBlock]:
    """The headings (all of level 2), paragraphs, list items and rules of a text with "\\n" line ends."""
    lines = source.split("\n")
    paragraph: list[str] = []
    first = 1
    for place, line in enumerate([*lines, ""], start=1):
        if paragraph and (
            not line.strip() or _ITEM.match(line) or _RULE.match(line) or _is_whole(paragraph[-1], line)
        ):
            yield _block(paragraph, first)
            paragraph = []
        if _RULE.match(line):
            yield DraftBlock("", place, "rule")
        elif not paragraph and _is_heading(line, lines[place - 2 : place - 1], lines[place : place + 1]):
            yield DraftBlock(line.strip(), place, "heading", 2)
        elif line.strip():
            first = first if paragraph else place
            paragraph.append(line)


def _is_whole(line: str, following: str) -> bool:
    """True if `line` ends its paragraph although `following` stands right below: either is too long to be wrapped.

    `_is_whole("Short.", "x" * 200)` is True; `_is_whole("Ships", "wait outside.")` is False.
    """
    return max(len(line), len(following)) > _WRAPPED_LENGTH


def _is_heading(line: str, before: list[str], after: list[str]) -> bool:
    """True if a short line that is no sentence names a section, is in capitals, or stands between blank lines.

    `before` and `after` hold the neighbouring line, or nothing at either end of the file:
    `_is_heading("LOSSES", [""], ["The dyke broke."])` is True; `_is_heading("It rained.", [""], [""])` is False.
    """
    text = line.strip()
    if not text or len(text.split()) > _HEADING_WORDS or text[-1] in '.,;!?”")' or text.startswith("["):
        return False
    if section_role(text) is not None:
        return True
    if text.isupper() and any(map(str.isalpha, text)):
        return True
    alone = not "".join(before).strip() and (not "".join(after).strip() or bool(_RULE.match("".join(after))))
    return alone and ":" not in text and not text.startswith(("-", "•", "*"))


def _block(lines: list[str], first: int) -> DraftBlock:
    text = "\n".join(lines)
    indent = len(text) - len(text.lstrip())
    text = text[indent:].rstrip()
    item = _ITEM.match(text)
    if item is not None:
        return DraftBlock(text[item.end() :], first, "item", number=item["number"] or "")
    lead = _SECTION_LEAD.match(text)
    return DraftBlock(text, first, lead=lead[1] if lead and section_role(lead[1]) else "")
