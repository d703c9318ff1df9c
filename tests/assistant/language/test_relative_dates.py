from __future__ import annotations

import pytest

from assistant.language.relative_dates import (
    depends_on_report_date,
    months_later,
    relative_dates,
    relative_words,
)


@pytest.mark.parametrize(
    ("sentence", "published", "date"),
    [
        ("It fell yesterday.", "2022-03-01", "2022-02-28"),
        ("It fell on Tuesday.", "2022-05-18", "2022-05-17"),
        ("It fell on Wednesday.", "2022-05-18", "2022-05-18"),  # of its own day: today
        ("It fell last month.", "2022-01-18", "2021-12"),
        ("It fell last month.", "2022-01", "2021-12"),
        ("It fell last year.", "2022", "2021"),
        ("It fell this year.", "2022", "2022"),
        ("It fell three years ago.", "2022", "2019"),
        ("It fell two days ago.", "2022-05-18", "2022-05-16"),
        ("It fell last week.", "2022-05-18", "2022-05"),
        # not known as precisely as the words need
        ("It fell last month.", "2022", None),
        ("It fell yesterday.", "2022-03", None),
        ("It fell last week.", "2022-06-08", None),  # a week of two months
        ("It fell some years ago.", "2022", None),
        ("It fell yesterday.", None, None),
    ],
)
def test_a_relative_date_is_counted_from_the_report_as_far_as_its_date_is_known(
    sentence: str, published: str | None, date: str | None
) -> None:
    assert [mention.date for mention in relative_dates(sentence, published, lambda offset: None)] == [date]


@pytest.mark.parametrize(
    ("sentence", "before", "date"),
    [
        ("Two days later it fell.", "2021-12-30", "2022-01-01"),
        ("The next day it fell.", "2021-12-30", "2021-12-31"),
        ("Two days later it fell.", "2021-12", None),
        ("Two months later it fell.", "2021-12-30", None),
        ("Two days later it fell.", None, None),
    ],
)
def test_days_later_are_counted_from_the_date_before(
    sentence: str, before: str | None, date: str | None
) -> None:
    assert [mention.date for mention in relative_dates(sentence, "2023-06-01", lambda offset: before)] == [
        date
    ]


def test_the_date_before_is_asked_for_at_the_place_of_the_words() -> None:
    offsets: list[int] = []
    sentence = "It burnt, and two days later it fell."
    list(relative_dates(sentence, None, lambda offset: offsets.append(offset)))
    assert offsets == [sentence.index("two")]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The port is currently closed.", ["currently"]),
        ("Today it rained.", ["today"]),
        ("It closed on Tuesday, as it did last month.", ["Tuesday", "last month"]),
        ("ISS Today wrote of it.", []),
        ("It closed on Tuesday, 3 May.", []),
        ("It closed in 2021.", []),
        ("It was open until now.", []),
    ],
)
def test_words_that_need_the_date_of_the_report_are_found_but_not_in_names(
    sentence: str, words: list[str]
) -> None:
    assert [match[0] for match in relative_words(sentence)] == words
    assert depends_on_report_date(sentence) is bool(words)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Four months later, on", 4),
        ("a month later", 1),
        ("12 months later", 12),
        ("Some months later", None),
        ("Later", None),
    ],
)
def test_months_later_are_counted(text: str, count: int | None) -> None:
    assert months_later(text) == count
