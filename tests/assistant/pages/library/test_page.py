"""The list of the Library page: its summary, order, search and rows."""

from __future__ import annotations

import pytest
from page_values import record

from assistant.pages.library import page

RECORDS = [
    record(1, title="Zebu markets", published="2021", publisher="Canal Gazette", tags=("trade",)),
    record(2, title="Äthiopien", published="2023-07", publisher=None),
    record(3, title=None, source="ants.txt", published=None),
]


def test_the_summary_counts_reports_publishers_years_and_undated_ones() -> None:
    assert page._summary(RECORDS) == "3 reports · 2 publishers · 2021–2023 · 1 undated"
    assert page._summary(RECORDS[:1]) == "1 report · 1 publisher · 2021"
    assert page._summary(RECORDS[2:]) == "1 report · 1 publisher · 1 undated"


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        ("Newest first", ["d2", "d1", "d3"]),
        ("By title", ["d3", "d1", "d2"]),
        ("By publisher", ["d1", "d3", "d2"]),
        ("Last added first", ["d1", "d2", "d3"]),
    ],
)
def test_reports_are_ordered_and_what_lacks_the_field_comes_last(order: str, ids: list[str]) -> None:
    ordered = sorted(RECORDS, key=page._ORDERS[order], reverse=order == "Newest first")
    assert [one.document_id for one in ordered] == ids


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", ["d1", "d2", "d3"]),
        ("canal ZEBU", ["d1"]),
        ("athiopien", ["d2"]),
        ("trade", ["d1"]),
        ("ants.txt", ["d3"]),
        ("brandt", ["d1", "d2", "d3"]),
        ("2023-07", ["d2"]),
        ("zebu athiopien", []),
    ],
)
def test_a_search_finds_reports_that_have_all_its_words(query: str, ids: list[str]) -> None:
    assert [one.document_id for one in RECORDS if page._matches(one, query)] == ids


def test_a_row_marks_what_is_missing_and_escapes_what_is_there() -> None:
    line = page._line(record(published=None, publisher=None, tags=("<b>",)))
    assert "no publisher" in line and "undated" in line and line.count("bd-warn") == 2
    assert "&lt;b&gt;" in line and "PDF, 3 pages" in line and "12 passages" in line
    assert "bd-warn" not in page._line(record())


def test_a_row_names_the_mail_and_the_report_of_the_same_story() -> None:
    titles = {"d1": "Re: locks", "d2": "Dyke broke"}
    assert "Came with Re: locks · Same story as Dyke broke" in page._related(
        record(3, parent="d1", family="d2"), titles
    )
    assert (
        page._related(record(1, family="d1"), titles) == "" == page._related(record(4, parent="gone"), titles)
    )
