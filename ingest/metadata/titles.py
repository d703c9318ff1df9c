"""Finds the title of a report that does not mark it, which is its first line if that looks like a title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from ingest.metadata.dates import parse_written_date
from ingest.metadata.names import people
from ingest.text.cleaning import comparable_words

_LONGEST = 220  # characters
_NOT_A_TITLE = re.compile(
    r"^(?:by|par|photo|image|source|published|posted|updated|home|menu|share|skip to|https?://|www\.|from:|to:|date:)\b",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^Welcome to (?:the )?(?P<title>[A-ZÀ-Þ0-9][^.!?:;]{2,90}?\b(?:Newsletter|Bulletin|Briefing|Digest|Review))\b"
)
# Ratio of difflib. Two spellings of one title differ by a letter or two; titles of one subject stay well below.
_SAME_TITLE = 0.9
_MOST_LONGER = 0.2  # share of the longer title by which the other may be shorter


def plain_title(lines: Sequence[str]) -> tuple[str, str] | None:
    """(title, how it was found) of plain text, given as its blocks; None if its first line is no title."""
    if not lines:
        return None
    if is_title_line(lines[0]) and len(lines) > 1:
        return lines[0], "first line of the text"
    greeting = _GREETING.match(lines[0])
    return (greeting["title"], "newsletter greeting") if greeting else None


def is_title_line(line: str) -> bool:
    """Whether a line can be a title: short, without a full stop at its end, and no byline, date or address.

    `is_title_line("Why grain moves") is True`; `is_title_line("By Mara Lindqvist") is False`
    """
    if (
        not 3 <= len(line) <= _LONGEST
        or line.endswith((".", ";", ",", ":"))
        or not any(map(str.isalpha, line))
    ):
        return False
    if _NOT_A_TITLE.match(line) or parse_written_date(line) is not None or "|" in line:
        return False
    return len(line.split()) > 2 or not people(line)


def same_title(title: str, other_title: str) -> bool:
    """Whether two lines are one title but for a few letters: `same_title("Grain: again", "grain again")` is true."""
    words, other_words = comparable_words(title), comparable_words(other_title)
    if words == other_words:
        return True
    longest = max(len(words), len(other_words))
    if not words or not other_words or abs(len(words) - len(other_words)) > _MOST_LONGER * longest:
        return False
    return SequenceMatcher(None, words, other_words, autojunk=False).ratio() >= _SAME_TITLE
