from __future__ import annotations

import pytest

from assistant.language.date_resolution import DateContext, event_dates


@pytest.mark.parametrize(
    ("sentence", "context", "dates"),
    [
        # the rules in the order in which they are tried
        ("It fell on 3 May 2021.", DateContext(), ["2021-05-03"]),
        (
            "Four months later, on 5 August, it fell.",
            DateContext(before="It was attacked on 9 April 2020. "),
            ["2020-08-05"],
        ),
        ("It fell on 17 February.", DateContext(before="It burnt on 31 January 2022. "), ["2022-02-17"]),
        (
            "It fell on 3 May.",
            DateContext(before="The war of 2012 is not forgotten. ", published="2023-05-18"),
            ["2023-05-03"],
        ),
        ("It fell in May.", DateContext(whole="It burnt in March 2021 and in April 2021."), ["2021-05"]),
        # what none of them settles
        ("It fell on 3 May.", DateContext(), [None]),
        ("It fell on 3 May.", DateContext(before="In 2019 it burnt. ", published="2023-05-18"), [None]),
        ("It fell in December.", DateContext(whole="It burnt in March 2021."), [None]),
        ("It fell in May.", DateContext(whole="It burnt in March 2021 and in March 2022."), [None]),
    ],
)
def test_a_day_without_its_year_gets_it_from_the_first_rule_that_settles_it(
    sentence: str, context: DateContext, dates: list[str | None]
) -> None:
    assert [mention.date for mention in event_dates(sentence, context)] == dates


def test_a_day_that_is_nearer_ahead_than_behind_is_not_of_last_year() -> None:
    context = DateContext(published="2022-12-05")
    assert [mention.date for mention in event_dates("They meet on 16 December.", context)] == [None]
    assert [mention.date for mention in event_dates("They met on 16 November.", context)] == ["2022-11-16"]


@pytest.mark.parametrize(
    ("sentence", "dates"),
    [
        ("It rained between October and December 2021.", ["2021-10", "2021"]),
        ("It rained from 3 May 2021 to 6 May 2021.", ["2021-05-03", "2021-05"]),
        ("It rained between May 2019 and May 2021.", ["2019-05", None]),
        ("It rained in October and December 2021.", ["2021-10", "2021-12"]),
    ],
)
def test_the_end_of_a_span_is_dated_by_what_both_ends_share(sentence: str, dates: list[str | None]) -> None:
    assert [mention.date for mention in event_dates(sentence, DateContext())][-len(dates) :] == dates


def test_a_month_of_that_year_is_of_the_year_before_it() -> None:
    context = DateContext(before="It burnt on 3 March 2019. ")
    sentence = "It fell in May of that year."
    (mention,) = event_dates(sentence, context)
    assert (mention.date, sentence[mention.start : mention.end]) == ("2019-05", "in May of that year")


@pytest.mark.parametrize("sentence", ["May’s attack was the worst.", "After May it rained.", "It may fall."])
def test_a_month_that_dates_no_event_is_left_out(sentence: str) -> None:
    assert event_dates(sentence, DateContext(published="2022-05-18")) == []


def test_a_relative_date_beside_the_same_day_in_full_is_one_date() -> None:
    context = DateContext(published="2022-05-18")
    assert [mention.date for mention in event_dates("It fell on Tuesday, 17 May 2022.", context)] == [
        "2022-05-17"
    ]
    assert [mention.date for mention in event_dates("It fell on Tuesday.", context)] == ["2022-05-17"]
