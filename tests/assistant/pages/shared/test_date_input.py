"""Dates as people type them."""

from __future__ import annotations

import datetime

import pytest

from assistant.pages.shared.date_input import published, shown, typed


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("30 June 2023", "2023-06-30"),
        ("June  30, 2023", "2023-06-30"),
        (" June 2023 ", "2023-06"),
        ("2023", "2023"),
        ("2023-06", "2023-06"),
        ("2023-06-30", "2023-06-30"),
        ("30.6.2023", "2023-06-30"),
    ],
)
def test_a_date_is_taken_in_the_forms_in_which_people_write_it(text: str, date: str) -> None:
    assert typed(text) == date


@pytest.mark.parametrize("text", ["soon", "31 February 2022", "2022-13", "tomorrow"])
def test_what_is_no_date_is_refused_with_forms_that_are(text: str) -> None:
    with pytest.raises(ValueError, match="write it like 30 June 2023"):
        typed(text)


def test_a_date_that_could_be_two_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be told apart"):
        typed("3/4/2022")


@pytest.mark.parametrize("date", ["2023-06-30", "2023-06", "2023", None])
def test_a_known_date_left_as_it_is_shown_does_not_change(date: str | None) -> None:
    assert published(shown(date), date) == date


def test_an_emptied_date_is_none_and_one_in_the_future_is_refused() -> None:
    assert published("  ", "2023") is None
    with pytest.raises(ValueError):
        published(str(datetime.date.today().year + 2), None)
