"""The grammar of dates: what is one, what it says and no more, and where it stands."""

from __future__ import annotations

import time

import pytest

from assistant.language.date_expressions import date_expressions, date_of


def named(text: str, *, or_counts: bool = False) -> list[tuple[str, str]]:
    """(its words, what they say) of each date in a text."""
    return [(text[date.start : date.end], str(date)) for date in date_expressions(text, or_counts)]


@pytest.mark.parametrize(
    ("text", "words", "value", "iso"),
    [
        # days
        ("It fell on 5 May 2021.", "5 May 2021", "5 May 2021", "2021-05-05"),
        ("It fell on 05 May 2021.", "05 May 2021", "5 May 2021", "2021-05-05"),
        ("It fell on 5th May, 2021.", "5th May, 2021", "5 May 2021", "2021-05-05"),
        ("It fell on the 3rd of May 2021.", "3rd of May 2021", "3 May 2021", "2021-05-03"),
        ("It fell on May 5, 2021.", "May 5, 2021", "5 May 2021", "2021-05-05"),
        ("It fell on May 5 2021.", "May 5 2021", "5 May 2021", "2021-05-05"),
        ("It fell on May 5 , 2021 .", "May 5 , 2021", "5 May 2021", "2021-05-05"),
        ("It fell on May the 5th, 2021.", "May the 5th, 2021", "5 May 2021", "2021-05-05"),
        ("It fell on 5 Sept. 2021.", "5 Sept. 2021", "5 September 2021", "2021-09-05"),
        ("It fell on Dec 5, 2021.", "Dec 5, 2021", "5 December 2021", "2021-12-05"),
        ("On 1st march 1998 it fell.", "1st march 1998", "1 March 1998", "1998-03-01"),
        ("It fell on 2 Nov. and burst.", "2 Nov", "2 November", None),
        ("It fell on 5 May.", "5 May", "5 May", None),
        ("It fell on 2021-05-05.", "2021-05-05", "5 May 2021", "2021-05-05"),
        ("It fell in 2021-05-05 terms.", "2021-05-05", "5 May 2021", "2021-05-05"),
        ("It fell on 31 February 2021.", "31 February 2021", "31 February 2021", None),
        ("It fell on 5 May 1875.", "5 May 1875", "5 May 1875", "1875-05-05"),
        ("At 12:30, 5 May 2021 it fell.", "5 May 2021", "5 May 2021", "2021-05-05"),
        ("On Covid-19, 5 May 2021.", "5 May 2021", "5 May 2021", "2021-05-05"),
        # several days are no one day
        ("It rained from 3 to 5 May 2021.", "3 to 5 May 2021", "3–5 May 2021", "2021-05"),
        ("It rained on 3-5 May 2021.", "3-5 May 2021", "3–5 May 2021", "2021-05"),
        ("It rained on 3 or 5 May 2021.", "3 or 5 May 2021", "3–5 May 2021", "2021-05"),
        ("It rained on 3,4 May 2021.", "3,4 May 2021", "3–4 May 2021", "2021-05"),
        ("It rained on May 5,2021.", "May 5,2021", "5 May 2021", "2021-05-05"),
        ("It rained on 3, 4 and 5 May.", "3, 4 and 5 May", "3–4–5 May", None),
        ("It rained until May 3-5, 2021.", "May 3-5, 2021", "3–5 May 2021", "2021-05"),
        ("It rained on May 3 and 5.", "May 3 and 5", "3–5 May", None),
        ("On May 3 and 5 soldiers fell.", "May 3", "3 May", None),
        ("On May 3 and 5 people fell.", "May 3", "3 May", None),
        # months
        ("It fell in May 2021.", "May 2021", "May 2021", "2021-05"),
        ("It fell in May, 2021.", "May, 2021", "May 2021", "2021-05"),
        ("It fell in May of 2021.", "May of 2021", "May 2021", "2021-05"),
        ("It fell in early May 2021.", "early May 2021", "May 2021", "2021-05"),
        ("It fell in Jan. 2021.", "Jan. 2021", "January 2021", "2021-01"),
        ("It fell in 2021-05.", "2021-05", "May 2021", "2021-05"),
        ("It fell in May.", "May", "May", None),
        ("It fell in may.", "may", "May", None),
        ("It fell in june.", "june", "June", None),
        ("It fell in mid-March.", "mid-March", "March", None),
        ("Its March offensive failed.", "March", "March", None),
        ("In March 500 soldiers fell.", "March", "March", None),
        ("The 40 May arrests were many.", "", "", None),
        # years
        ("It fell in 2021.", "2021", "2021", "2021"),
        ("It fell in early 2021.", "early 2021", "2021", "2021"),
        ("By 2021 it had fallen.", "2021", "2021", "2021"),
        ("In Kayes, 2021 was wet.", "2021", "2021", "2021"),
        ("In 2012 Paris sent troops.", "2012", "2012", "2012"),
        ("In 2020 elections were held.", "2020", "2020", "2020"),
        ("Since 2018 attacks have risen.", "2018", "2018", "2018"),
        ("It fell in 2009-10.", "2009", "2009", "2009"),  # or two years
        ("It opened in 1875.", "1875", "1875", "1875"),
        ("Ships of the 1990s were small.", "1990s", "1990", "1990"),
        # none
        ("It may fall.", "", "", None),
        ("It may 3 times.", "", "", None),
        ("They march to the capital.", "", "", None),
        ("They march 30 kilometres.", "", "", None),
        ("Theresa May fell.", "", "", None),
        ("An august body met.", "", "", None),
        ("A force of 2000 soldiers came.", "", "", None),
        ("In 2000 villages it rained.", "", "", None),
        ("Some 2000 people came.", "", "", None),
        ("About 2000 % more.", "", "", None),
        ("It handled 1,998 barges and 20220 crates.", "", "", None),
        ("It cost $2000.", "", "", None),
        ("It cost 2000 million.", "", "", None),
        ("It is 2020.5 long.", "", "", None),
        ("Item 2022-13-45 is lost.", "", "", None),
        ("Three decades, 5 marshes.", "", "", None),
        ("", "", "", None),
    ],
)
def test_a_date_says_what_is_written_and_stands_where_it_is_written(
    text: str, words: str, value: str, iso: str | None
) -> None:
    assert named(text) == ([(words, value)] if words else [])
    assert [date.iso() for date in date_expressions(text)] == ([iso] if words else [])


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("on 4 May and 6 June 2021", ["4 May 2021", "6 June 2021"]),
        ("on 4 May, 5 June and 6 July 2021", ["4 May 2021", "5 June 2021", "6 July 2021"]),
        ("between October and December 2021", ["October 2021", "December 2021"]),
        ("from May 3 to 5 June 2021", ["3 May 2021", "5 June 2021"]),
        ("on 3 May in 2021", ["3 May 2021", "2021"]),
        ("on 3 May and in 2021", ["3 May", "2021"]),
        ("on 3 May, though in June 2021", ["3 May", "June 2021"]),
        ("in 2021, 2022 and 2023", ["2021", "2022", "2023"]),
        ("on 3 May 2020 and 4 June", ["3 May 2020", "4 June"]),  # the next may be of any year
    ],
)
def test_a_year_is_shared_only_with_what_is_joined_to_it(text: str, dates: list[str]) -> None:
    assert [value for _, value in named(text)] == dates


def test_what_may_be_a_year_or_a_count_is_given_only_where_either_is_asked_for() -> None:
    assert named("The 2018 protests failed.") == []
    assert named("The 2018 protests failed.", or_counts=True) == [("2018", "2018")]
    assert named("A force of 2000 soldiers came.", or_counts=True) == []


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("5 May 2021", "day"),
        ("5 May", "day"),
        ("3 to 5 May", "month"),
        ("May 2021", "month"),
        ("in 2021", "year"),
    ],
)
def test_precision_is_that_of_the_words(text: str, precision: str) -> None:
    assert [date.precision for date in date_expressions(text)] == [precision]


def test_the_word_before_a_year_by_itself_is_kept_with_its_place() -> None:
    text = "It has grown since early 2019, not by May 2021."
    year, month = date_expressions(text)
    assert (year.lead, text[year.lead_start : year.end]) == ("since", "since early 2019")
    assert (month.lead, month.lead_start) == ("", None), "a full date needs no proof"


def test_a_given_year_serves_only_a_date_without_its_own() -> None:
    (day,) = date_expressions("29 February")
    assert (day.iso(2020), day.iso(2021), day.iso()) == ("2020-02-29", None, None)
    (dated,) = date_expressions("5 May 2021")
    assert dated.iso(1999) == "2021-05-05"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021", "2021"),
        ("june 2021", "2021-06"),
        (" 5 June 2021 ", "2021-06-05"),
        ("june 5, 2021", "2021-06-05"),
        ("5th of june 2021", "2021-06-05"),
        ("2021-06", "2021-06"),
        ("2021-06-05", "2021-06-05"),
        ("2021-13", None),
        ("31 June 2021", None),
        ("June", None),
        ("3 to 5 May 2021", None),
        ("in 2021", None),
        ("2021 and 2022", None),
        ("the 1990s", None),
        ("ACCORD", None),
        ("", None),
    ],
)
def test_a_text_is_a_date_only_as_a_whole(text: str, date: str | None) -> None:
    assert date_of(text) == date


@pytest.mark.parametrize(
    "text",
    [
        "1, 2, 3 and " * 3000,
        "May" + " " * 20000 + "x",
        "May 3 to 5 to " * 2000,
        "in " * 20000,
        "2021-" * 9000,
    ],
)
def test_a_hostile_text_takes_no_long_time(text: str) -> None:
    start = time.monotonic()
    date_expressions(text)
    assert time.monotonic() - start < 2
