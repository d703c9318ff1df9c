"""How well a paragraph is sourced."""

from __future__ import annotations

from dataclasses import replace

import pytest
from passages import citations_of

from assistant.results.answer import Sentence
from assistant.results.briefing import Conflict, Side
from assistant.sourcing.confidence import paragraph_confidence


@pytest.mark.parametrize(
    ("publishers", "level"),
    [(("A", "B", "C"), "high"), (("A", "B"), "moderate"), (("A", "A", "A"), "low"), (("A",), "low")],
)
def test_confidence_counts_independent_sources(publishers: tuple[str, ...], level: str) -> None:
    words = "The ferry of Lomidan ran aground in May"
    rows = citations_of(
        *((f"d{place}", name, f"{words}, with {place} dead.") for place, name in enumerate(publishers))
    )
    sentence = Sentence("Words.", tuple(one.number for one in rows), "verbatim")
    found = paragraph_confidence([sentence], rows, (), ())
    assert found is not None and found.level == level
    assert f"in {len(rows)} report" in found.text


def test_what_speaks_against_the_sources_lowers_confidence() -> None:
    ferry = "The ferry of Lomidan ran aground with"
    rows = citations_of(("a", "A", f"{ferry} 40."), ("b", "B", f"{ferry} 60."), ("c", "C", f"{ferry} many."))
    sentence = Sentence("It was 40.", (1, 2, 3), "verbatim")
    sides = (Side("It was 40.", None, (1,)), Side("It was 60.", None, (2,)))
    for conflicts, citations, level in (
        ((), rows, "high"),
        ((Conflict("it", "conflict", sides),), rows, "moderate"),
        ((Conflict("it", "update", sides),), rows, "high"),
        ((), [replace(rows[0], grade="E3"), *rows[1:]], "moderate"),
        ((), [replace(one, published=None) for one in rows], "moderate"),
        ((), [], None),
    ):
        found = paragraph_confidence([sentence], citations, (), conflicts)
        assert (found.level if found else None) == level


def test_three_publishers_who_tell_of_different_things_do_not_bear_each_other_out() -> None:
    rows = citations_of(
        ("a", "A", "The bridge fell."), ("b", "B", "Grain is dear."), ("c", "C", "It rained in Kolda.")
    )
    found = paragraph_confidence([Sentence("So it was.", (1, 2, 3), "verbatim")], rows, (), ())
    assert found is not None and found.level == "moderate" and "different things" in found.text
