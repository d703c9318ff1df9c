"""A chronology as a table: the same columns on every page and in every file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.results.briefing import Event
from assistant.results.wording import date_words

WHAT = "What happened"
_CELLS: Mapping[str, Callable[[Event], str]] = {
    "Date": lambda event: date_words(event.date),
    "Place": lambda event: event.place or "",
    "Actor": lambda event: event.actor or "",
    WHAT: lambda event: event.text,
    "Casualties": lambda event: event.casualties or "",
}


def columns(events: Sequence[Event]) -> tuple[str, ...]:
    """The headings, those left out under which no event has anything."""
    return tuple(name for name in _CELLS if any(cell(event, name) for event in events))


def cell(event: Event, column: str) -> str:
    """What a row says in a column; under WHAT the markers of its citations are to follow."""
    return _CELLS[column](event)
