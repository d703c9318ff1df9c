"""Chronologies across folders: dates resolved by their report, and rows as a table, a picture and a file."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import lxml.html
import pytest
from passages import evidence_of

from assistant import Citation
from assistant.events.chronology import chronology
from assistant.evidence.scoring import Evidence
from assistant.export.csv import COLUMNS, table
from assistant.export.pdf.timeline import drawing
from assistant.export.timeline_svg import svg
from assistant.language.date_resolution import DateContext, event_dates
from assistant.results.answer import CitationList
from assistant.results.briefing import Event
from assistant.results.event_table import WHAT_HAPPENED, columns
from assistant.results.timeline import timeline
from assistant.results.wording import shorten


def rows(*evidence: Evidence) -> tuple[Event, ...]:
    return chronology(evidence, CitationList().number, None, 20)


def dated(text: str, before: str = "", published: str | None = None, after: str = "") -> list[str | None]:
    return [one.date for one in event_dates(text, DateContext(before, f"{before}{text}{after}", published))]


@pytest.mark.parametrize(
    ("text", "published", "date"),
    [
        ("The dyke broke on Tuesday.", "2022-05-18", "2022-05-17"),
        ("The dyke broke on Wednesday.", "2022-05-18", "2022-05-18"),
        ("The dyke broke yesterday.", "2022-03-01", "2022-02-28"),
        ("The dyke broke three days ago.", "2022-05-18", "2022-05-15"),
        ("The dyke broke last month.", "2022-01-18", "2021-12"),
        ("The dyke broke last month.", "2022-01", "2021-12"),
        ("The dyke broke last year.", "2022", "2021"),
        ("The dyke broke earlier this year.", "2022-05-18", "2022"),
        ("The dyke broke last week.", "2022-05-18", "2022-05"),
        ("The dyke broke in early March.", "2022-05-18", "2022-03"),
        ("The dyke broke on 2 Nov. and burst.", "2022-11-18", "2022-11-02"),
    ],
)
def test_a_relative_date_is_told_from_its_report_s(text: str, published: str, date: str) -> None:
    assert dated(text, published=published) == [date]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("The dyke broke on Tuesday.", None),
        ("The dyke broke on Tuesday.", "2022-05"),  # which of five?
        ("The dyke broke last month.", "2022"),
        ("The dyke broke last week.", "2022-06-06"),  # the week lies in two months
        ("The mayor was invited to the lock on 16 December.", "2022-12-05"),  # that is to come
        ("The dyke broke in March.", None),
    ],
)
def test_a_date_that_is_not_certain_is_found_and_left_open(text: str, published: str | None) -> None:
    assert dated(text, published=published) == [None]
    assert rows(evidence_of(text, published=published)) == ()


def test_a_day_without_its_year_is_settled_by_the_report_around_it() -> None:
    before = "On 9 April 2020 the lock jammed. "
    assert dated("Four months later, on 5 August, the dyke broke.", before) == ["2020-08-05"]
    assert dated("Two days later the dyke broke.", before) == ["2020-04-11"]
    assert dated("On 18 June the dyke broke.", after=" So ended June 2023.") == ["2023-06-18"]
    assert dated("On 17 February it fell.", "It rose on 31 January 2022. ", "2022-08-24") == ["2022-02-17"]
    assert dated("On 24 May it fell.", "He led the strike of August 2020. ", "2021-06-09") == ["2021-05-24"]
    assert dated("On 24 May it fell.", "It rose on 3 May 2019. ", "2021-06-09") == ["2019-05-24"]
    two = " It came in June 2021, and in June 2023."
    assert dated("On 18 June the dyke broke.", after=two) == [None]


def test_neither_end_of_a_span_is_when_it_happened() -> None:
    assert dated("Towns fell between October and December 2021.")[-1] == "2021"
    assert dated("It burnt from 3 May 2020 to 9 May 2020.")[-1] == "2020-05"


def test_a_year_that_stands_once_for_two_days_holds_for_both_however_old_they_are() -> None:
    text = "It burnt on 28 February and 2 March 2012."
    assert dated(text, published="2018-06-15") == ["2012-02-28", "2012-03-02"]
    assert dated("The dyke of 16 March 1827 broke.", published="2018-06-15") == ["1827-03-16"]


def citation(number: int, quote: str, **other: str) -> Citation:
    made = Citation.of(evidence_of(quote, **other).passage, 0, len(quote))
    return replace(made, number=number)


EVENTS = (
    Event("2019", "Rain fell.", (1,)),
    Event("2022-05", "The <b>dyke</b> & the lock broke.", (1, 2), place="Sarrel"),
    Event("2022-05-15", '=HYPERLINK("http://evil")', (2,), place="@Sarrel", actor="-army"),
)


CITED = (citation(1, "Rain fell."), citation(2, "É: the <b>dyke</b>", publisher="+Wire"))


def test_a_row_that_is_too_long_ends_at_a_clause() -> None:
    cut = shorten("The port closed after the flood, " * 12)
    assert len(cut) <= 242 and cut.endswith("the flood …")
    assert shorten("The port closed.") == "The port closed."


def test_a_column_that_nothing_stands_in_is_left_out() -> None:
    assert columns(EVENTS) == ("Date", "Place", "Actor", WHAT_HAPPENED)
    assert columns(EVENTS[:1]) == ("Date", WHAT_HAPPENED)


def test_the_csv_opens_in_excel_with_its_accents_and_without_formulas() -> None:
    data = table(EVENTS, CITED)
    assert data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n")
    head, *read = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert tuple(head) == COLUMNS
    assert [one[:2] for one in read] == [["2019", "year"], ["2022-05", "month"], ["2022-05-15", "day"]]
    assert read[1][6] == "Report a, 1 June 2022\n+Wire, Report a, 1 June 2022" and "É: the" in read[1][7]
    assert [one for row in read for one in row if one.startswith(("=", "+", "-", "@"))] == []
    assert read[2][2:5] == ["'@Sarrel", "'-army", '\'=HYPERLINK("http://evil")']


def test_in_the_picture_a_day_is_a_dot_and_a_month_a_bar_and_no_two_marks_lie_on_each_other() -> None:
    made = timeline(EVENTS)
    assert made is not None
    assert [mark.width > 0 for mark in made.marks] == [True, True, False]
    assert [tick.label for tick in made.ticks] == ["2019", "2022"] and made.ticks[1].after_gap
    many = timeline([Event(f"2022-05-{day:02d}", "Rain", (1,)) for day in range(1, 29)])
    assert many is not None and all(0 <= mark.left <= 1 for mark in many.marks)
    assert len({(round(mark.left / 0.045), mark.lane) for mark in many.marks}) == 28
    assert timeline(EVENTS[:2]) is None


def test_the_picture_is_well_formed_escaped_and_leads_to_its_endnotes() -> None:
    read = lxml.html.fromstring(svg(EVENTS))
    assert {one.get("href") for one in read.iter("a")} == {"#note-1", "#note-2"}
    assert "The <b>dyke</b> & the lock broke." in "".join(one.text or "" for one in read.iter("title"))
    assert not list(read.iter("b")) and svg(EVENTS[:2]) == ""
    assert drawing(EVENTS, 400, "Helvetica") is not None and drawing(EVENTS[:1], 400, "Helvetica") is None
