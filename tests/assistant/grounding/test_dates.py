"""Dates of a sentence against the dates of its cited words."""

from __future__ import annotations

import pytest

from assistant.grounding.dates import date_disagreements
from assistant.language.tokens import tokenize

FALL = "The post fell on 4 May 2021."


def faults(sentence: str, span: str, around: str = "") -> list[str]:
    return list(date_disagreements(tokenize(sentence), tokenize(span), tokenize(around)))


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("It fell on 4 May 2021.", FALL),
        ("It fell in May 2021.", FALL),
        ("It fell in 2021.", FALL),
        ("It fell on 5 May 2021.", f"{FALL} The army came the next day."),
        ("It fell on 6 May 2021.", f"{FALL} The army came two days later."),
        ("It fell on 7 May 2021.", "The siege of 4 to 9 May 2021 cost lives."),
        ("It grew in 2020.", "It grew more in 2021 than the year before."),
    ],
)
def test_a_date_that_is_cited_less_precise_or_told_from_another_passes(sentence: str, span: str) -> None:
    assert faults(sentence, span) == []


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("It fell on 5 May 2021.", FALL),
        ("It fell on 4 June 2021.", FALL),
        ("It fell on 4 May 2022.", FALL),
        ("It fell in 2020.", FALL),
        ("It fell on 4 May 2021.", "The post fell in May 2021."),
        ("It fell on 8 May 2021.", f"{FALL} The army came two days later."),
    ],
)
def test_another_date_or_a_more_precise_one_is_a_fault(sentence: str, span: str) -> None:
    assert len(faults(sentence, span)) == 1


def test_a_fault_names_the_dates_that_are_cited() -> None:
    assert faults("It fell on 5 May 2021.", FALL) == [
        "5 May 2021 does not stand in the cited words (they give 4 May 2021)"
    ]


def test_the_text_around_gives_a_missing_year_but_no_day() -> None:
    around = "The war of 2021 in the south."
    assert faults("It fell on 4 May 2021.", "The post fell on 4 May.", around) == []
    assert faults("It fell on 4 May 2021.", "The post fell on 4 May.") != []
    assert faults("It fell on 4 May 2021.", "The post fell.", FALL) != []
