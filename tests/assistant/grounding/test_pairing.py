"""Two facts of a sentence that may have changed places."""

from __future__ import annotations

import pytest

from assistant.grounding.pairing import pairing_disagreements
from assistant.language.tokens import tokenize


def faults(sentence: str, span: str) -> list[str]:
    return list(pairing_disagreements(tokenize(sentence), tokenize(span)))


@pytest.mark.parametrize(
    ("sentence", "span", "pair"),
    [
        ("29 soldiers died, 24 villagers fled.", "24 soldiers died, 29 villagers fled.", ("29", "24")),
        ("Kolda burnt, while Kayes was flooded.", "Kayes burnt, while Kolda was flooded.", ("Kolda", "Kayes")),
        ("It burnt on 3 May 2021, and rain came on 9 May 2021.", "It burnt on 9 May 2021, and rain came on 3 May 2021.",
         ("3 May 2021", "9 May 2021")),
    ],
)  # fmt: skip
def test_numbers_names_and_dates_that_changed_places_are_a_fault(
    sentence: str, span: str, pair: tuple[str, str]
) -> None:
    assert f"“{pair[0]}” and “{pair[1]}” have changed places" in faults(sentence, span)


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("24 soldiers died, 29 villagers fled.", "24 soldiers died, 29 villagers fled."),
        ("29 villagers fled, 24 soldiers died.", "24 soldiers died, 29 villagers fled."),
        ("29 soldiers died, 24 villagers fled.", "24 soldiers died, 31 villagers fled."),
    ],
)
def test_another_order_or_a_fact_that_is_not_cited_is_none(sentence: str, span: str) -> None:
    assert faults(sentence, span) == []
