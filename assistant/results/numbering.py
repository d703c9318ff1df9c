"""Renumbers the citations of a briefing in reading order and drops those that nothing cites any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.results.answer import CitationList, Sentence
from assistant.results.briefing import Briefing


def renumber_citations(briefing: Briefing) -> Briefing:
    """The same briefing with citations numbered from 1 in order of first use.

    Raises KeyError if a part cites a number that the briefing does not have.
    """
    by_number = {citation.number: citation for citation in briefing.citations}
    renumbered = CitationList()

    def numbers(old: Sequence[int]) -> tuple[int, ...]:
        return renumbered.numbers([by_number[number] for number in old])

    def sentences(originals: Sequence[Sentence]) -> tuple[Sentence, ...]:
        return tuple(replace(sentence, citations=numbers(sentence.citations)) for sentence in originals)

    # The order of these statements is the order in which a reader meets the citations.
    bottom_line = sentences(briefing.bottom_line)
    key_judgements = sentences(briefing.key_judgements)
    alternatives = sentences(briefing.alternatives)
    paragraphs = tuple(
        replace(paragraph, sentences=sentences(paragraph.sentences)) for paragraph in briefing.paragraphs
    )
    chronology = tuple(replace(event, citations=numbers(event.citations)) for event in briefing.chronology)
    conflicts = tuple(
        replace(
            conflict,
            sides=tuple(replace(side, citations=numbers(side.citations)) for side in conflict.sides),
        )
        for conflict in briefing.conflicts
    )
    echoes = tuple(replace(echo, citations=numbers(echo.citations)) for echo in briefing.echoes)
    return replace(
        briefing,
        bottom_line=bottom_line,
        key_judgements=key_judgements,
        alternatives=alternatives,
        paragraphs=paragraphs,
        chronology=chronology,
        conflicts=conflicts,
        echoes=echoes,
        citations=renumbered.citations,
    )
