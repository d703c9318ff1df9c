"""Where the events of a chronology stand in a picture of it: shares of its width, and lanes.

Time runs evenly within a unit (a year; a month where all is within two years); units without an event are left out,
and a gap says so, so that one event of long ago does not press the others together.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.results.briefing import Event
from vectorstore import first_day, last_day

_LEAST = 3  # dates that make a picture
_MONTHS = 24  # up to which a unit is a month
_GAP = 0.35  # width of a gap, in units
_APART = 0.045  # of the width, between marks of one lane: a dot of 14 pixels on a phone


@dataclass(frozen=True)
class TimelineMark:
    """One event: a dot where its day is known, else a bar over its month or year."""

    event: Event
    left: float  # 0 to 1
    width: float  # 0 for a dot
    lane: int  # 0 is the lowest


@dataclass(frozen=True)
class TimelineTick:
    label: str
    left: float  # where the unit begins, 0 to 1
    width: float
    after_gap: bool  # units before it are left out


@dataclass(frozen=True)
class Timeline:
    marks: tuple[TimelineMark, ...]
    ticks: tuple[TimelineTick, ...]
    lanes: int


def timeline(events: Sequence[Event]) -> Timeline | None:
    """The picture's geometry; None for events of fewer than three dates, which need no picture."""
    if len({event.date for event in events}) < _LEAST:
        return None
    units = _units(events)
    places: dict[str, tuple[float, float]] = {}
    total = len(units) + _GAP * sum(gap for _, gap in units)
    at, ticks = 0.0, []
    for unit, gap in units:
        at += _GAP * gap
        places[unit] = (at / total, 1 / total)
        ticks.append(TimelineTick(_label(unit), at / total, 1 / total, gap))
        at += 1
    marks: list[TimelineMark] = []
    ends: list[float] = []  # of each lane
    for event in sorted(events, key=lambda one: (first_day(one.date), -len(one.date))):
        left, right = _position(first_day(event.date), places), _position(last_day(event.date), places)
        width = 0.0 if event.precision == "day" else max(right - left, 0.0)
        lane = next((place for place, end in enumerate(ends) if end <= left), len(ends))
        ends[lane : lane + 1] = [left + max(width, _APART)]
        marks.append(TimelineMark(event, left, width, lane))
    return Timeline(tuple(marks), tuple(ticks), len(ends))


def _units(events: Sequence[Event]) -> list[tuple[str, bool]]:
    """Years or months that hold events, in order, each with whether others before it are left out."""
    first, last = min(first_day(one.date) for one in events), max(last_day(one.date) for one in events)
    months = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7]) + 1
    size = 7 if months <= _MONTHS else 4
    held = {
        unit for one in events for unit in _between(first_day(one.date)[:size], last_day(one.date)[:size])
    }
    ordered = sorted(held)
    return [
        (unit, place > 0 and len(_between(ordered[place - 1], unit)) > 2)
        for place, unit in enumerate(ordered)
    ]


def _between(first: str, last: str) -> list[str]:
    """The months or years from one to another, both included."""
    if len(first) == 4:
        return [str(year) for year in range(int(first), int(last) + 1)]
    start, end = (int(one[:4]) * 12 + int(one[5:7]) - 1 for one in (first, last))
    return [f"{month // 12}-{month % 12 + 1:02d}" for month in range(start, end + 1)]


def _position(day: str, places: dict[str, tuple[float, float]]) -> float:
    """Where a day stands, 0 to 1."""
    unit = day[:4] if day[:4] in places else day[:7]
    begins, ends = (datetime.date.fromisoformat(edge(unit)) for edge in (first_day, last_day))
    passed = (datetime.date.fromisoformat(day) - begins).days / ((ends - begins).days + 1)
    left, width = places[unit]
    return left + passed * width


def _label(unit: str) -> str:
    if len(unit) == 4:
        return unit
    month = datetime.date.fromisoformat(first_day(unit))
    return f"{month:%b %Y}" if month.month == 1 else f"{month:%b}"
