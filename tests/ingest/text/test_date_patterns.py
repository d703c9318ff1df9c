"""All code that reads dates knows the same months, days and years."""

from __future__ import annotations

import re

import pytest

from ingest.text.date_patterns import (
    ANY_MONTH,
    ISO_DAY,
    LONG_YEAR,
    MONTH,
    MONTHS,
    WRITTEN_DATE,
    YEAR,
    month_number,
)


@pytest.mark.parametrize(
    ("name", "number"),
    [("Sept.", 9), ("march", 3), ("MÄRZ", 3), ("août", 8), ("stycznia", 1), ("déc.", 12), ("May", 5)],
)
def test_a_month_has_its_number_in_every_language(name: str, number: int) -> None:
    assert month_number(name) == number
    assert re.fullmatch(ANY_MONTH, name)


def test_other_words_are_no_months() -> None:
    with pytest.raises(KeyError):
        month_number("Lindow")
    assert re.fullmatch(MONTH, "Märze") is None


def test_every_english_month_matches_in_full_and_short() -> None:
    assert len(MONTHS) == 12
    for name in MONTHS:
        assert re.fullmatch(MONTH, name.title()) and re.fullmatch(MONTH, name[:3].upper()), name


@pytest.mark.parametrize(
    "text",
    [
        "2021",
        "2021-05",
        "2021-05-03",
        "5 May 2021",
        "5th of May 2021",
        "May 5, 2021",
        "May 2021",
        "Sept. 2021",
    ],
)
def test_a_written_date_is_matched_whole(text: str) -> None:
    assert re.fullmatch(WRITTEN_DATE, text)


@pytest.mark.parametrize("text", ["5 May", "32 May 2021", "May 1850", "12,021", "2021-05-031"])
def test_what_is_no_date_with_its_year_is_not_matched(text: str) -> None:
    assert re.fullmatch(WRITTEN_DATE, text) is None
    assert re.fullmatch(ISO_DAY, text) is None


def test_only_long_years_reach_into_history() -> None:
    assert re.fullmatch(LONG_YEAR, "1789") and not re.fullmatch(YEAR, "1789")
    assert not re.fullmatch(LONG_YEAR, "1200")
