"""Whom a sentence has its information from, and which reports count as one source."""

from __future__ import annotations

import pytest
from passages import citations_of

from assistant.results.briefing import Echo
from assistant.sourcing.origins import echoes, independent_sources, named_origin, same_origin


@pytest.mark.parametrize(
    ("sentence", "origin"),
    [
        ("According to ACLED, 40 people died.", "ACLED"),
        ("Forty people died, according to the Armed Conflict Location and Event Data Project (ACLED).",
         "Armed Conflict Location and Event Data Project (ACLED)"),
        ("Figures from the Red River Office put the toll at 12.", "Red River Office"),
        ("The paper, citing Governor Aminata Traoré, gave no date.", "Governor Aminata Traoré"),
        ("The PFL counted 33 journalists in prison.", "PFL"),
        ("Hunger reached the hills in May, said the Food Security Cluster.", "Food Security Cluster"),
        ("Defence Minister Idris Halloran told parliament that 26 died.", "Defence Minister Idris Halloran"),
        ("Forest Watch International (FWI) estimates that half is gone.", "Forest Watch International (FWI)"),
        ("According to officials, 40 people died.", None),
        ("Residents said 40 people died.", None),
        ("The army said Monday that 40 people died.", None),
        ("He said France would leave.", None),
        ("Burkina Faso recorded 40 attacks.", None),
        ("Forty people died in Kolda.", None),
    ],
)  # fmt: skip
def test_whom_a_sentence_has_it_from_is_read(sentence: str, origin: str | None) -> None:
    assert named_origin(sentence) == origin


def test_an_abbreviation_and_its_full_name_are_one_origin() -> None:
    full = "Armed Conflict Location and Event Data Project (ACLED)"
    assert same_origin("ACLED", full) and same_origin("World Food Programme", "WFP")
    assert same_origin("Defence Minister Idris Halloran", "Idris Halloran") and same_origin(
        "Colonel Brek", "Brek"
    )
    assert not same_origin("African Union", "Union") and not same_origin("Colonel Brek", "Colonel Halloran")
    assert not same_origin("ACLED", "World Food Programme") and not same_origin("Red Cross", "Red Crescent")


def test_two_publishers_that_name_one_origin_are_one_source() -> None:
    rows = citations_of(
        ("a", "River Desk", "According to ACLED, 40 people died in May."),
        ("b", "Coast Monitor", "In May 40 people died, according to ACLED."),
    )
    told = echoes(rows, [], [])
    assert [(one.kind, one.origin, one.citations) for one in told] == [("attributed", "ACLED", (1, 2))]
    assert independent_sources(rows, told) == 1


def test_two_publishers_with_words_of_their_own_are_two_sources_and_one_publisher_twice_is_one() -> None:
    two = citations_of(
        ("a", "River Desk", "The bridge fell."), ("b", "Coast Monitor", "Rain brought it down.")
    )
    one = citations_of(("a", "River Desk", "The bridge fell."), ("b", "River Desk", "Rain brought it down."))
    assert independent_sources(two, ()) == 2 and independent_sources(one, ()) == 1


def test_copies_count_once_wherever_they_are_cited() -> None:
    rows = citations_of(
        ("a", "A", "The bridge fell."), ("b", "B", "It fell at noon."), ("c", "C", "Rain did it.")
    )
    assert independent_sources(rows, (Echo("The bridge", "copy", (1, 2)),)) == 2
