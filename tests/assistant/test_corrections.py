"""Corrections of a report, checked before they are stored."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from assistant.corrections import checked_corrections


@pytest.mark.parametrize(
    ("changes", "stored"),
    [
        ({"title": "  A \n title "}, {"title": "A title"}),
        ({"title": " "}, {"title": None}),
        ({"published": " 2022-05-03 "}, {"published": "2022-05-03"}),
        ({"published": "2022-05"}, {"published": "2022-05"}),
        ({"tags": [" floods ", "floods", ""]}, {"tags": ["floods"]}),
        ({"authors": []}, {"authors": []}),
        ({"credibility": 2}, {"credibility": 2}),
        ({"publisher": None}, {"publisher": None}),
        ({}, {}),
    ],
)
def test_a_correction_is_stored_in_one_form(changes: dict[str, Any], stored: dict[str, Any]) -> None:
    assert checked_corrections(changes) == stored


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"credibility": 7}, "from 1"),
        ({"credibility": 0}, "from 1"),
        ({"colour": "red"}, "no field 'colour'"),
        ({"published": "3 May 2022"}, "YYYY-MM-DD"),
    ],
)
def test_a_correction_that_cannot_be_stored_is_refused_in_words(
    changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        checked_corrections(changes)


def test_a_journal_may_be_dated_a_month_ahead_and_no_further() -> None:
    today = datetime.datetime.now(datetime.UTC).date()
    soon, late = (str(today + datetime.timedelta(days=days)) for days in (30, 33))
    assert checked_corrections({"published": soon}) == {"published": soon}
    with pytest.raises(ValueError, match="lies in the future"):
        checked_corrections({"published": late})
