"""One cited paragraph of a briefing, to paste into a text of one's own."""

from __future__ import annotations

from dataclasses import replace

from assistant.results.briefing import Briefing
from assistant.results.numbering import renumber_citations


def excerpt(briefing: Briefing) -> Briefing:
    """The first paragraph under the title of the briefing, with its citations renumbered from 1.

    Disagreements that share a citation with the paragraph come along, so that nobody pastes a disputed figure unaware.
    A refused briefing has no paragraph and is returned unchanged.
    """
    if briefing.refused or not briefing.paragraphs:
        return briefing
    first = briefing.paragraphs[0]
    cited = {number for sentence in first.sentences for number in sentence.citations}
    conflicts = tuple(
        conflict
        for conflict in briefing.conflicts
        if any(cited & set(side.citations) for side in conflict.sides)
    )
    return renumber_citations(
        replace(
            briefing,
            bottom_line=(),
            key_judgements=(),
            alternatives=(),
            paragraphs=(replace(first, heading=briefing.title),),
            conflicts=conflicts,
            chronology=(),
            echoes=(),
            gaps=(),
        )
    )
