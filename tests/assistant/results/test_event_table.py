from __future__ import annotations

import pytest

from assistant.results.briefing import Event
from assistant.results.event_table import WHAT_HAPPENED, cell, columns

FLOOD = Event("2022-05-15", "The flood came.", (1,), place="Sarrel")
ATTACK = Event("2022-06", "The post fell.", (2,), actor="Azure Front", casualties="3 killed")


def test_a_column_without_text_is_left_out() -> None:
    assert columns([FLOOD]) == ("Date", "Place", WHAT_HAPPENED)
    assert columns([]) == ()


def test_a_column_that_one_event_fills_is_shown_for_all_in_the_same_order() -> None:
    assert (
        columns([FLOOD, ATTACK])
        == columns([ATTACK, FLOOD])
        == ("Date", "Place", "Actor", WHAT_HAPPENED, "Casualties")
    )


@pytest.mark.parametrize(
    ("column", "text"),
    [("Date", "June 2022"), ("Place", ""), ("Actor", "Azure Front"), (WHAT_HAPPENED, "The post fell.")],
)
def test_a_cell_is_in_words_and_empty_where_nothing_is_known(column: str, text: str) -> None:
    assert cell(ATTACK, column) == text


def test_there_are_no_other_columns() -> None:
    with pytest.raises(KeyError):
        cell(FLOOD, "Weather")
