from __future__ import annotations

import pytest

from assistant.language.date_expressions import date_expressions
from assistant.language.dates import dates_in, is_stated, lacks_year, last_year, stated_dates


def dates_of(sentence: str, earlier: str = "") -> list[str]:
    return [mention.date for mention in dates_in(sentence, earlier)]


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("The quay was reopened on 15 May 2022.", "2022-05-15"),
        ("The quay was reopened on May 15, 2022.", "2022-05-15"),
        ("The quay was reopened on the 15th of May 2022.", "2022-05-15"),
        ("On 1st march 1998 the quay was reopened.", "1998-03-01"),
        ("The quay was reopened in May 2022.", "2022-05"),
        ("The quay was reopened in 2022.", "2022"),
        ("Trade has grown since early 2019.", "2019"),
        ("The floods of 2007 took the old quay.", "2007"),
    ],
)
def test_a_date_is_as_precise_as_the_sentence_and_no_more(sentence: str, date: str) -> None:
    assert dates_of(sentence) == [date]


@pytest.mark.parametrize(
    "sentence",
    [
        "The port may close again.",
        "The miners march to the capital every year.",
        "Pier 2022 was painted green.",
        "It handled 1,998 barges and 20220 crates.",
        "Ships of the 1990s were smaller.",
        "The 40 May figures are wrong.",
        "The harbour opened in 1875.",
        "",
    ],
)
def test_what_is_no_date_is_not_taken_for_one(sentence: str) -> None:
    assert dates_of(sentence, "All this was written in 2020.") == []


def test_the_offsets_hold_the_words_of_the_date() -> None:
    sentence = "Between 3 May 2021 and June 2022 – two wet years – the ferry stood still."
    assert [(mention.date, sentence[mention.start : mention.end]) for mention in dates_in(sentence)] == [
        ("2021-05-03", "3 May 2021"),
        ("2022-06", "June 2022"),
    ]


@pytest.mark.parametrize(
    ("sentence", "earlier", "published", "dates"),
    [
        # joined to a full date
        ("The dyke broke on 4 May and 6 June 2021.", "", None, ["2021-05-04", "2021-06-06"]),
        # the same month nearby, with its year
        (
            "The mayor left on 18 August.",
            "The floods of August 2020 came at night. ",
            "2023-07",
            ["2020-08-18"],
        ),
        # no other year nearby than that in which it last came before publication
        ("The dyke broke on 16 June.", "", "2023-07-21", ["2023-06-16"]),
        ("The dyke broke on 30 December.", "", "2023-01-05", ["2022-12-30"]),
        ("The dyke broke in 2023, on 16 June.", "", "2023-07-21", ["2023", "2023-06-16"]),
    ],
)
def test_a_day_without_its_year_takes_the_one_that_nothing_speaks_against(
    sentence: str, earlier: str, published: str | None, dates: list[str]
) -> None:
    assert [mention.date for mention in dates_in(sentence, earlier, published)] == dates
    assert all(date for _, date in stated_dates(sentence, earlier, published))


@pytest.mark.parametrize(
    ("sentence", "earlier", "published"),
    [
        ("The dyke broke on 4 August.", "", None),  # undated report
        ("The dyke broke on 4 August.", "", "2021"),  # dated to the year only
        ("The dyke broke on 4 August.", "After the drought of 2017 came the rain of 2018. ", "2021-09-01"),
        ("The dyke broke on 3 June, and the treaty of 2015 was dead.", "", "2021-09-01"),
        ("They were seen between 27 and 31 March, though they came in December 2021.", "", "2022-06-01"),
        ("The office said on 12 May that the fire of March 2022 was set.", "", "2023-05-20"),
        ("They left on 3 May.", "It burnt in May 2020. It burnt again in May 2021. ", "2021-09-01"),
    ],
)
def test_a_day_whose_year_is_in_doubt_is_left_out_rather_than_guessed(
    sentence: str, earlier: str, published: str | None
) -> None:
    assert not any(len(mention.date) == 10 for mention in dates_in(sentence, earlier, published))
    assert not all(date for _, date in stated_dates(sentence, earlier, published))


@pytest.mark.parametrize(
    "sentence",
    [
        "They stayed from 27 to 31 March 2022.",
        "The talks of March 3-5, 2022 failed.",
        "On 12 and 13 March 2022 it rained.",
    ],
)
def test_several_days_in_one_are_given_by_their_month(sentence: str) -> None:
    assert dates_of(sentence) == ["2022-03"]


def test_a_stated_year_stands_whatever_was_named_before() -> None:
    assert dates_of("The dyke broke on 4 August 2011.", "The drought of 2017 was worse.") == ["2011-08-04"]


def test_several_dates_come_in_the_order_of_the_sentence() -> None:
    assert dates_of("It closed on 9 June 2022, after repairs in March 2020 and in 2021.") == [
        "2022-06-09",
        "2020-03",
        "2021",
    ]


@pytest.mark.parametrize(
    ("sentence", "dates"),
    [
        ("It flooded on 3 March and 5 April 2021.", ["2021-03-03", "2021-04-05"]),
        ("A force of 2000 soldiers arrived.", []),
        ("The figures of 31 February 2021 are wrong.", []),
    ],
)
def test_a_year_is_taken_from_the_sentence_itself_and_a_count_is_no_year(
    sentence: str, dates: list[str]
) -> None:
    assert [mention.date for mention in dates_in(sentence, "The dyke was built in 2019. ")] == dates


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("3 May", True),
        ("in May 2021", True),
        ("in 2022", True),
        ("in May", False),
        ("by 2022", False),
        ("in 1875", False),
    ],
)
def test_a_lone_month_or_year_needs_a_word_that_proves_it(text: str, stated: bool) -> None:
    assert [is_stated(date) for date in date_expressions(text)] == [stated]


@pytest.mark.parametrize(
    ("text", "published", "year"),
    [
        ("30 December", "2023-01-05", 2022),
        ("5 January", "2023-01-05", 2023),
        ("6 January", "2023-01-05", 2022),
        ("in January", "2023-01", 2023),
        ("in February", "2023-01", 2022),
        ("30 December", "2023", None),
        ("30 December", None, None),
    ],
)
def test_a_day_last_came_on_or_before_the_day_of_the_report(
    text: str, published: str | None, year: int | None
) -> None:
    (date,) = date_expressions(text)
    assert last_year(date, published) == year


@pytest.mark.parametrize(
    ("sentence", "lacks"),
    [("It opened on 3 May.", True), ("It opened on 3 May, as in 2020.", False), ("It opened in May.", False)],
)
def test_a_day_in_a_sentence_without_any_year_lacks_one(sentence: str, lacks: bool) -> None:
    assert lacks_year(sentence) is lacks
