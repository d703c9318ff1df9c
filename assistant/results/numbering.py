"""A briefing's citations numbered anew: in the order in which its parts are read, those that nothing cites left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.results.answer import CitationList, Sentence
from assistant.results.briefing import Briefing


def renumber_citations(briefing: Briefing) -> Briefing:
    """The same briefing, whose numbers count its citations from 1 by first use."""
    own = {one.number: one for one in briefing.citations}
    anew = CitationList()

    def numbers(old: Sequence[int]) -> tuple[int, ...]:
        return anew.numbers([own[number] for number in old])

    def sentences(some: Sequence[Sentence]) -> tuple[Sentence, ...]:
        return tuple(replace(one, citations=numbers(one.citations)) for one in some)

    made = replace(
        briefing,
        bottom_line=sentences(briefing.bottom_line),
        key_judgements=sentences(briefing.key_judgements),
        alternatives=sentences(briefing.alternatives),
    )
    made = replace(
        made,
        paragraphs=tuple(replace(one, sentences=sentences(one.sentences)) for one in briefing.paragraphs),
    )
    made = replace(
        made,
        chronology=tuple(replace(one, citations=numbers(one.citations)) for one in briefing.chronology),
        conflicts=tuple(
            replace(one, sides=tuple(replace(side, citations=numbers(side.citations)) for side in one.sides))
            for one in briefing.conflicts
        ),
    )
    echoes = tuple(replace(one, citations=numbers(one.citations)) for one in briefing.echoes)
    return replace(made, echoes=echoes, citations=anew.citations)
