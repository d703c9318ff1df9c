"""A date of publication is found where a report states it; dates of events are none."""

from __future__ import annotations

import pytest
from ingest_samples import FIRST, SECOND, TITLE, metadata

from ingest import read
from ingest.metadata.dates import (
    address_date,
    dateline,
    is_not_publication,
    machine_date,
    names_a_change,
    parse_written_date,
    publication_date_in_line,
    without_date,
)


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("12 March 2021", "2021-03-12"),
        ("Friday, March 12, 2021", "2021-03-12"),
        ("March 2021", "2021-03"),
        ("Published: 2021-03-12", "2021-03-12"),
        ("Publié le 1er mars 2021", "2021-03-01"),
        ("Policy Brief 12 | March 2021", "2021-03"),
        ("By Mara Lindqvist | 12 March 2021", "2021-03-12"),
        ("13/02/2021", "2021-02-13"),
        ("03/02/2021", "2021"),  # day and month cannot be told apart
        ("Last updated: 12 March 2021", None),
        ("Situation report | March 2021", None),
        ("1 January 2020 – 31 December 2020", None),
        ("32 March 2021", None),
    ],
)
def test_a_date_line_above_the_text_is_the_publication_date(line: str, published: str | None) -> None:
    assert metadata(TITLE, line, FIRST, SECOND).published == published


def test_datelines_and_labels_state_a_date() -> None:
    assert metadata(TITLE, f"Ostra, 3 June 2022 – {FIRST}", SECOND).published == "2022-06-03"
    assert metadata(TITLE, f"OSTRA, le 3 juin 2022 — {FIRST}", SECOND).published == "2022-06-03"
    end = "This article was first published on 4 May 2020 by Coast News."
    assert metadata(TITLE, FIRST, SECOND, end).published == "2020-05-04"


@pytest.mark.parametrize(
    "sentence",
    [
        "On 9 April 2020 a ship ran aground off Lindow.",
        "The plan, published on 3 May 2020 by the ministry, was never carried out.",
        "In Ostra, on 12 March 2021, the owners met: they agreed on nothing.",
        "June 2023 was the best month of all.",
    ],
)
def test_dates_of_events_are_no_publication_dates(sentence: str) -> None:
    assert metadata(TITLE, f"{sentence} {FIRST}", f"{SECOND} {sentence}", sentence).published is None


def test_dates_for_machines_lose_their_time_of_day() -> None:
    assert machine_date("2021-03-12T08:00:00+01:00") == "2021-03-12"
    assert (machine_date("2021"), machine_date("2021-13"), machine_date("yesterday")) == ("2021", None, None)
    assert publication_date_in_line("12 March 2021", in_head=False) is None
    assert dateline("Lindow grew: 12 March 2021 was a good day.") is None


def test_a_table_s_column_of_dates_dates_neither_the_report_nor_hides_its_rows() -> None:
    rows = "| Date | Step |\n| --- | --- |\n| 3 May 2021 | The quay is closed |\n| 9 June 2021 | It opens |\n"
    document = read(f"# {TITLE}\n\n{FIRST}\n\n{rows}\n{SECOND}\n".encode(), "harbours.md")
    assert document.metadata.published is None
    told = [document.text[one.start : one.end] for one in document.blocks if one.kind == "table"]
    assert told == ["Date: 3 May 2021; Step: The quay is closed", "Date: 9 June 2021; Step: It opens"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("3 June 2022", "2022-06-03"),
        ("3rd June 2022, 14:05", "2022-06-03"),
        ("Freitag, 3. Juni 2022", "2022-06-03"),
        ("1er août 2022", "2022-08-01"),
        ("3 de junio de 2022", "2022-06-03"),
        ("June 3, 2022 at 8:00 a.m.", "2022-06-03"),
        ("2022-06-03T08:00:00Z", "2022-06-03"),
        ("(June 2022)", "2022-06"),
        ("2022", "2022"),
        ("29 February 2021", None),
        ("3 June 2022 in Gao", None),
        ("on 3 June 2022", None),
        ("June", None),
    ],
)
def test_a_date_is_parsed_if_there_is_nothing_else(text: str, date: str | None) -> None:
    assert parse_written_date(text) == date


@pytest.mark.parametrize(
    ("text", "usual", "day_first"),
    [
        ("3/4/2021", "2021", "2021-04-03"),
        ("12/4/2021", "2021", "2021-04-12"),
        ("4/4/2021", "2021-04-04", "2021-04-04"),
        ("13/4/2021", "2021-04-13", "2021-04-13"),
        ("4/13/2021", "2021-04-13", "2021-04-13"),
    ],
)
def test_day_and_month_are_never_guessed(text: str, usual: str, day_first: str) -> None:
    assert parse_written_date(text) == usual
    assert parse_written_date(text, day_first=True) == day_first


def test_an_address_states_a_date_between_its_slashes() -> None:
    assert address_date("https://coast.example/news/2021/03/12/grain") == "2021-03-12"
    assert address_date("https://coast.example/2021/03/grain/") == "2021-03"
    assert address_date("https://coast.example/2021/13/grain/") is None
    assert address_date("https://coast.example/2021-03-12") is None


def test_words_beside_a_date_say_what_it_is_not() -> None:
    assert names_a_change("Last updated:") and names_a_change("Zuletzt geändert am")
    assert not names_a_change("Published:")
    assert is_not_publication("Situation report") and is_not_publication("Deadline")
    assert not is_not_publication("Policy brief")


def test_a_line_is_told_without_its_dates() -> None:
    assert without_date("Gao, 3 June 2022") == ("Gao, ", True)
    assert without_date("Gao") == ("Gao", False)
