"""Years in a row are a count."""

from __future__ import annotations

from assistant.events.extraction import event_mentions
from assistant.language.date_resolution import DateContext


def test_years_in_a_row_are_a_count_and_no_event() -> None:
    row = "The army has seized power five times: in 1968, 1991, 2012, 2020 and 2021."
    assert event_mentions(row, DateContext()) == []
    assert [
        one.date for one in event_mentions("The army seized power in 1968 and in 1991.", DateContext())
    ] == ["1968"]
