"""The title of a report that does not mark it: its first line, where that line looks like one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from ingest.metadata.dates import parse_date
from ingest.metadata.names import people
from ingest.text.cleaning import bare_words

_LONGEST = 220  # characters
_NOT_A_TITLE = re.compile(
    r"^(?:by|par|photo|image|source|published|posted|updated|home|menu|share|skip to|https?://|www\.|from:|to:|date:)\b",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^Welcome to (?:the )?(?P<title>[A-ZÀ-Þ0-9][^.!?:;]{2,90}?\b(?:Newsletter|Bulletin|Briefing|Digest|Review))\b"
)
# Two spellings of one title differ by a letter or two; different titles of one subject stay well below.
_SAME_TITLE = 0.9


def plain_title(lines: Sequence[str]) -> tuple[str, str] | None:
    """(title, how it was found) of unmarked text given as its blocks, or None where no line states one."""
    if not lines:
        return None
    if is_title_line(lines[0]) and len(lines) > 1:
        return lines[0], "first line of the text"
    greeting = _GREETING.match(lines[0])
    return (greeting["title"], "newsletter greeting") if greeting else None


def is_title_line(line: str) -> bool:
    """Whether a line can be a title: short, no full stop at its end, no byline, date or address."""
    if (
        not 3 <= len(line) <= _LONGEST
        or line.endswith((".", ";", ",", ":"))
        or not any(map(str.isalpha, line))
    ):
        return False
    if _NOT_A_TITLE.match(line) or parse_date(line) is not None or "|" in line:
        return False
    return len(line.split()) > 2 or not people(line)


def same_title(one: str, other: str) -> bool:
    """Whether two lines are the same title, give or take a letter."""
    one, other = bare_words(one), bare_words(other)
    if one == other:
        return True
    if not one or not other or abs(len(one) - len(other)) > 0.2 * max(len(one), len(other)):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _SAME_TITLE
