"""Plain text into blocks: headings told by their look, wrapped lines joined, each with its line in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lint.draft.blocks import DraftBlock
from assistant.lint.draft.sections import section_role

_RULE = re.compile(r"\s*(?:[-=_*–—]\s*){3,}$")
_ITEM = re.compile(r"\s*(?:[-•*–]|(?P<number>\d{1,3})[.)]|\d{1,2}(?:\.\d{1,2})+\.?(?=\s+[A-Z]))\s+(?=\S)")
_SECTION_LEAD = re.compile(r"([A-Z][A-Za-z ]{2,40})(?::|\.|\s[–—-])\s+(?=\S)")
_MOST_WORDS = 10  # of a line that is a heading
_UNWRAPPED = 120  # characters: a longer line is no wrapped one, but a paragraph


def plain_blocks(source: str) -> Iterator[DraftBlock]:
    lines = source.split("\n")
    held: list[str] = []
    first = 1
    for place, line in enumerate([*lines, ""], start=1):
        if held and (not line.strip() or _ITEM.match(line) or _RULE.match(line) or _is_whole(held[-1], line)):
            yield _block(held, first)
            held = []
        if _RULE.match(line):
            yield DraftBlock("", place, "rule")
        elif not held and _is_heading(line, lines[place - 2 : place - 1], lines[place : place + 1]):
            yield DraftBlock(line.strip(), place, "heading", 2)
        elif line.strip():
            first = first if held else place
            held.append(line)


def _is_whole(line: str, following: str) -> bool:
    """Whether a paragraph ends with a line that another follows: where either is too long to have been wrapped."""
    return max(len(line), len(following)) > _UNWRAPPED


def _is_heading(line: str, before: list[str], after: list[str]) -> bool:
    """A short line that says no sentence: a part's name, in capitals, or alone between blank lines."""
    text = line.strip()
    if not text or len(text.split()) > _MOST_WORDS or text[-1] in '.,;!?”")' or text.startswith("["):
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
