"""The topic of a briefing: a phrase, a question or an outline, as in "Brief me on JNIM in Kayes as of June 2023"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.questions.instructions import instructions_in
from assistant.questions.question import MAX_QUESTION
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
    """What a briefing is to be about."""

    text: str
    outline: tuple[str, ...] = ()  # headings of the paragraphs, in order; empty: themes come from the sources
    as_of: str | None = None  # YYYY, YYYY-MM or YYYY-MM-DD, if the topic names a cut-off date


def topic_of(text: str) -> Topic:
    """Parse a topic. Several lines are an outline: the topic, then one heading a line.

    Raises ValueError if the topic is empty, or the text, the outline or a heading is too long.

    >>> topic_of("Brief me on gold as of June 2023")
    Topic(text='gold', outline=(), as_of='2023-06')
    """
    if len(text) > MAX_QUESTION:
        raise ValueError(f"The topic has {len(text):,} characters, the most is {MAX_QUESTION:,}")
    lines = [one_line(_BULLET.sub("", line, count=1)) for line in text.splitlines()]
    first, *headings = [line for line in lines if line] or [""]
    topic = _ASKING.sub("", first, count=1)
    as_of = None
    cut_off = _AS_OF.search(topic)
    instructions = instructions_in(cut_off[1], ()) if cut_off else None
    if cut_off and instructions and instructions.as_of:
        topic, as_of = topic[: cut_off.start()], instructions.as_of
    if not topic.strip():
        raise ValueError("Name a topic: a phrase, a question, or a topic with headings below it, one a line")
    outline = tuple(dict.fromkeys(line.rstrip(" :") for line in headings))
    if len(outline) > MOST_HEADINGS:
        raise ValueError(f"The outline has {len(outline)} headings, the most is {MOST_HEADINGS}")
    if any(len(heading) > _LONGEST_HEADING for heading in outline):
        raise ValueError(f"A heading of the outline has more than {_LONGEST_HEADING} characters: shorten it")
    return Topic(topic.strip().rstrip("."), outline, as_of)
