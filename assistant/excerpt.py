"""One cited paragraph of a briefing, to paste into a text of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import CitationList
from assistant.briefing import Briefing


def excerpt(briefing: Briefing) -> Briefing:
    """The first paragraph, headed by the topic, what contradicts it, and the citations of these alone, numbered anew.

    A disagreement that touches the paragraph goes along: who pastes a disputed figure is to know of the other.
    A refused briefing, which has no paragraph, stays as it is.
    """
    if briefing.refused or not briefing.paragraphs:
        return briefing
    first = briefing.paragraphs[0]
    cited = {number for one in first.sentences for number in one.citations}
    touching = [one for one in briefing.conflicts if any(cited & set(side.citations) for side in one.sides)]
    old, citations = {one.number: one for one in briefing.citations}, CitationList()

    def renumbered(numbers: Sequence[int]) -> tuple[int, ...]:
        return citations.numbers([old[number] for number in numbers])

    sentences = tuple(replace(one, citations=renumbered(one.citations)) for one in first.sentences)
    conflicts = tuple(
        replace(one, sides=tuple(replace(side, citations=renumbered(side.citations)) for side in one.sides))
        for one in touching
    )
    return replace(
        briefing,
        bottom_line=(),
        paragraphs=(replace(first, heading=briefing.title, sentences=sentences),),
        conflicts=conflicts,
        chronology=(),
        gaps=(),
        citations=citations.citations,
    )
