"""What is asked of a briefing: a phrase, a question, or an outline; "Brief me on JNIM in Kayes as of June 2023"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.questions.instructions import instructions_in
from assistant.questions.question import LONGEST
from ingest.text.cleaning import one_line

MOST_HEADINGS = 20
_LONGEST_HEADING = 200  # characters
_ASKING = re.compile(
    r"^(?:please\s+)?(?:brief\s+(?:me|us)\s+(?:on|about)|(?:write|give|make)\s+(?:me\s+|us\s+)?(?:a\s+)?briefing\s+"
    r"(?:on|about)|(?:a\s+)?briefing\s+(?:on|about))\s*:?\s+",
    re.I,
)
_AS_OF = re.compile(r",?\s+(as (?:of|at) [\w ,-]+?)\s*[.?!]?$", re.I)
_BULLET = re.compile(r"^\s*(?:#{1,6}\s+|[-*•–]\s+|\d{1,2}[.)]\s+|[a-zA-Z][.)]\s+)?")


@dataclass(frozen=True)
class Topic:
    text: str
    outline: tuple[str, ...] = ()  # headings, in the order of the paragraphs; none: the sources' own themes
    as_of: str | None = None  # YYYY, YYYY-MM or YYYY-MM-DD, where the words name a cut-off


def topic_of(text: str) -> Topic:
    """Read what was asked for. Several lines are an outline: the topic, then a heading a line.

    Raises ValueError, in words, for an empty topic, or an outline that is too long.
    """
    if len(text) > LONGEST:
        raise ValueError(f"The topic has {len(text):,} characters, the most is {LONGEST:,}")
    lines = [one_line(_BULLET.sub("", line, count=1)) for line in text.splitlines()]
    first, *headings = [line for line in lines if line] or [""]
    asked = _ASKING.sub("", first, count=1)
    as_of = None
    if (said := _AS_OF.search(asked)) and (found := instructions_in(said[1], ())) and found.as_of:
        asked, as_of = asked[: said.start()], found.as_of
    if not asked.strip():
        raise ValueError("Name a topic: a phrase, a question, or a topic with headings below it, one a line")
    outline = tuple(dict.fromkeys(line.rstrip(" :") for line in headings))
    if len(outline) > MOST_HEADINGS:
        raise ValueError(f"The outline has {len(outline)} headings, the most is {MOST_HEADINGS}")
    if any(len(one) > _LONGEST_HEADING for one in outline):
        raise ValueError(f"A heading of the outline has more than {_LONGEST_HEADING} characters: shorten it")
    return Topic(asked.strip().rstrip("."), outline, as_of)
