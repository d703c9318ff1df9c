"""One cited paragraph of a briefing, to paste into a text of one's own."""

from __future__ import annotations

from dataclasses import replace

from assistant.results.briefing import Briefing
from assistant.results.numbering import renumber_citations


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
    return renumber_citations(
        replace(
            briefing,
            bottom_line=(),
            key_judgements=(),
            alternatives=(),
            paragraphs=(replace(first, heading=briefing.title),),
            conflicts=tuple(touching),
            chronology=(),
            echoes=(),
            gaps=(),
        )
    )
