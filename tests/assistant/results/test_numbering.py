from __future__ import annotations

from dataclasses import replace

import pytest
from result_values import briefing_of, citation_of

from assistant.results.answer import Sentence
from assistant.results.numbering import renumber_citations


def test_a_briefing_in_order_stays_as_it_is() -> None:
    assert renumber_citations(briefing_of()) == briefing_of()


def test_citations_are_numbered_in_the_order_of_reading() -> None:
    briefing = replace(briefing_of(), bottom_line=(Sentence("The army sent boats.", (3, 1), "verbatim"),))
    renumbered = renumber_citations(briefing)
    assert renumbered.bottom_line[0].citations == (1, 2)
    assert [citation.start for citation in renumbered.citations][:2] == [30, 10]
    assert [citation.number for citation in renumbered.citations] == [1, 2, 3, 4, 5]


def test_every_part_cites_the_same_spans_as_before() -> None:
    briefing = replace(briefing_of(), bottom_line=(Sentence("The army sent boats.", (3,), "verbatim"),))
    renumbered = renumber_citations(briefing)
    starts = {citation.number: citation.start for citation in renumbered.citations}
    assert [starts[number] for event in renumbered.chronology for number in event.citations] == [10]
    sides = [side for conflict in renumbered.conflicts for side in conflict.sides]
    assert [starts[number] for side in sides for number in side.citations] == [20, 40, 30]
    assert [starts[number] for echo in renumbered.echoes for number in echo.citations] == [50]


def test_a_citation_that_nothing_cites_any_more_is_dropped() -> None:
    renumbered = renumber_citations(replace(briefing_of(), echoes=()))
    assert [citation.start for citation in renumbered.citations] == [10, 20, 30, 40]


def test_a_span_that_is_listed_twice_gets_one_number() -> None:
    twice = replace(briefing_of(), citations=(*briefing_of().citations[:4], citation_of(5, start=10, end=15)))
    assert renumber_citations(twice).echoes[0].citations == (1,)


def test_a_number_that_is_not_in_the_list_is_an_error() -> None:
    with pytest.raises(KeyError):
        renumber_citations(replace(briefing_of(), citations=()))
