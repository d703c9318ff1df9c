"""A chronology as a table, with the same columns on every page and in every exported file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.results.briefing import Event
from assistant.results.wording import date_words

WHAT_HAPPENED = "What happened"
_CELLS: Mapping[str, Callable[[Event], str]] = {
    "Date": lambda event: date_words(event.date),
    "Place": lambda event: event.place or "",
    "Actor": lambda event: event.actor or "",
    WHAT_HAPPENED: lambda event: event.text,
    "Casualties": lambda event: event.casualties or "",
}


def columns(events: Sequence[Event]) -> tuple[str, ...]:
    """The headings of the columns in which at least one event has text."""
    return tuple(name for name in _CELLS if any(cell(event, name) for event in events))


def cell(event: Event, column: str) -> str:
    """The text of an event in a column; callers add its citation markers in the column WHAT_HAPPENED.

    Raises KeyError for a heading that is not a column.
    """
    return _CELLS[column](event)
