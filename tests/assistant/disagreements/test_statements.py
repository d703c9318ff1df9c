"""Sentences prepared for comparison: their dates, names and places."""

from __future__ import annotations

import pytest
from passages import evidence_of, passage_of

from assistant.disagreements.statements import (
    Statement,
    common_subject,
    days_between,
    different_place,
    same_day,
    same_time,
    timing,
)
from assistant.evidence.scoring import Evidence


def statement(text: str) -> Statement:
    return Statement(evidence_of(text))


def test_dates_are_blanked_out_of_the_text_without_moving_anything() -> None:
    one = statement("On 14 May 2022 the post fell.")
    assert one.when == {"2022-05-14"} and "2022" not in one.plain
    assert len(one.plain) == len(one.evidence.text) and one.plain.index("post") == 19


def test_of_several_dates_the_nearest_counts() -> None:
    one = statement("It burnt on 3 May 2022, and in the end it was flooded on 9 May 2022.")
    assert one.dated(one.plain.index("burnt")) == {"2022-05-03"}
    assert one.dated(one.plain.index("flooded")) == {"2022-05-09"}


def test_a_sentence_without_a_date_takes_that_of_the_one_before_in_its_paragraph() -> None:
    for gap, dates in ((" ", {"2022-05-14"}), ("\n\n", set())):
        text = f"The post fell on 14 May 2022.{gap}Guards fled."
        one = Statement(Evidence(passage_of(text), text.index("Guards"), len(text)))
        assert one.when == set() and one.around == dates and one.dated(0) == dates


@pytest.mark.parametrize(
    ("text", "sure"),
    [("The post fell.", True), ("The post may fall.", False), ("The post will fall.", False),
     ("Gunmen planned to storm it.", False), ("The plan fell.", True)],
)  # fmt: skip
def test_what_may_be_or_was_planned_is_not_sure(text: str, sure: bool) -> None:
    assert statement(text).is_sure is sure


@pytest.mark.parametrize(
    ("dates", "other_dates", "expected"),
    [
        ({"2022-05"}, {"2022-05-17"}, "same"),
        ({"2022"}, {"2022-05"}, "same"),
        ({"2022-05-16"}, {"2022-05-17"}, "apart"),
        ({"2021", "2022-05"}, {"2022-05-17"}, "same"),
        (set(), {"2022"}, "open"),
    ],
)
def test_a_month_holds_its_days_and_no_date_leaves_the_time_open(
    dates: set[str], other_dates: set[str], expected: str
) -> None:
    assert same_time(frozenset(dates), frozenset(other_dates)) == expected
    assert same_time(frozenset(other_dates), frozenset(dates)) == expected


def test_only_a_day_is_the_same_day() -> None:
    day, month = statement("It fell on 14 May 2022."), statement("It fell in May 2022.")
    assert same_day(day, day) and not same_day(month, month) and timing(day, month) == "same"


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("Gunmen attacked Mali.", "Gunmen attacked Niger.", True),
        ("Gunmen came to a camp near Sarrel.", "Gunmen came to a camp near Hallum.", True),
        ("Gunmen came to a camp near Sarrel.", "Gunmen of Sarrel came to a camp near Hallum.", False),
        ("Gunmen came to a camp near Sarrel.", "Gunmen came.", False),
    ],
)
def test_places_differ_unless_one_sentence_names_the_other_s_place(
    one: str, other: str, differ: bool
) -> None:
    assert different_place(statement(one), statement(other)) is differ


@pytest.mark.parametrize(
    ("date", "other", "days"),
    [
        ("2022-05", "2022-06-03", 3),
        ("2022-06-03", "2022-05", 3),
        ("2022-05", "2022-05-20", 0),
        ("2022-05-03", "2022-05-06", 3),
        (None, "2022", None),
    ],
)
def test_between_two_dates_lie_at_least_so_many_days(date: str | None, other: str, days: int | None) -> None:
    assert days_between(date, other) == days


def test_the_common_subject_is_written_as_the_text_writes_it() -> None:
    assert common_subject({"inabar"}, "The army left Inabar.") == "Inabar"
    assert common_subject(set(), "The army left.", "people") == "people"
