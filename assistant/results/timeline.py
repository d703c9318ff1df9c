"""The geometry of a timeline picture: for each event its share of the width and its lane.

Time is linear within a unit, a month or a year. Units without events are replaced by a gap, so that one event of long
ago does not squeeze the others.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.results.briefing import Event
from vectorstore import first_day, last_day

_LEAST = 3  # different dates that make a picture worth while
_MONTHS = 24  # longest period in months that is divided into months instead of years
_GAP = 0.35  # width of a gap, in units
_APART = 0.045  # least distance of marks in one lane, as a share of the width: a dot of 14 pixels on a phone


@dataclass(frozen=True)
class TimelineMark:
    """One event: a dot if its day is known, otherwise a bar over its month or year."""

    event: Event
    left: float  # share of the width, 0 to 1
    width: float  # share of the width, 0 to 1; 0 for a dot
    lane: int  # 0-based, from the bottom


@dataclass(frozen=True)
class TimelineTick:
    """One unit (month or year) on the axis."""

    label: str
    left: float  # where the unit begins, as a share of the width, 0 to 1
    width: float  # share of the width, 0 to 1
    after_gap: bool  # True if units before it are left out


@dataclass(frozen=True)
class Timeline:
    """The whole picture."""

    marks: tuple[TimelineMark, ...]
    ticks: tuple[TimelineTick, ...]
    lanes: int  # number of lanes


def timeline(events: Sequence[Event]) -> Timeline | None:
    """The picture of these events; None if they have fewer than three different dates."""
    if len({event.date for event in events}) < _LEAST:
        return None
    units = _units(events)
    positions: dict[str, tuple[float, float]] = {}  # unit -> (left, width)
    total = len(units) + _GAP * sum(after_gap for _, after_gap in units)
    offset, ticks = 0.0, []
    for unit, after_gap in units:
        offset += _GAP * after_gap
        positions[unit] = (offset / total, 1 / total)
        ticks.append(TimelineTick(_label(unit), offset / total, 1 / total, after_gap))
        offset += 1
    marks: list[TimelineMark] = []
    lane_ends: list[float] = []
    for event in sorted(events, key=lambda event: (first_day(event.date), -len(event.date))):
        left, right = _position(first_day(event.date), positions), _position(last_day(event.date), positions)
        width = 0.0 if event.precision == "day" else max(right - left, 0.0)
        lane = next((index for index, end in enumerate(lane_ends) if end <= left), len(lane_ends))
        lane_ends[lane : lane + 1] = [left + max(width, _APART)]
        marks.append(TimelineMark(event, left, width, lane))
    return Timeline(tuple(marks), tuple(ticks), len(lane_ends))


def _units(events: Sequence[Event]) -> list[tuple[str, bool]]:
    """The months (YYYY-MM) or years (YYYY) with events, in order, each with True if units before it are left out."""
    first = min(first_day(event.date) for event in events)
    last = max(last_day(event.date) for event in events)
    months = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7]) + 1
    size = 7 if months <= _MONTHS else 4  # characters of a unit
    units = sorted(
        {
            unit
            for event in events
            for unit in _units_between(first_day(event.date)[:size], last_day(event.date)[:size])
        }
    )
    return [
        (unit, index > 0 and len(_units_between(units[index - 1], unit)) > 2)
        for index, unit in enumerate(units)
    ]


def _units_between(first: str, last: str) -> list[str]:
    """The months or years from one to another, both included.

    >>> _units_between("2021-11", "2022-01"), _units_between("2021", "2022")
    (['2021-11', '2021-12', '2022-01'], ['2021', '2022'])
    """
    if len(first) == 4:
        return [str(year) for year in range(int(first), int(last) + 1)]
    start, end = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (first, last))
    return [f"{month // 12}-{month % 12 + 1:02d}" for month in range(start, end + 1)]


def _position(day: str, positions: dict[str, tuple[float, float]]) -> float:
    """The position of a day (YYYY-MM-DD), as a share of the width, 0 to 1."""
    unit = day[:4] if day[:4] in positions else day[:7]
    begins, ends = (datetime.date.fromisoformat(edge(unit)) for edge in (first_day, last_day))
    passed = (datetime.date.fromisoformat(day) - begins).days / ((ends - begins).days + 1)
    left, width = positions[unit]
    return left + passed * width


def _label(unit: str) -> str:
    """The label of a unit; only January names its year.

    >>> _label("2022"), _label("2022-01"), _label("2022-02")
    ('2022', 'Jan 2022', 'Feb')
    """
    if len(unit) == 4:
        return unit
    month = datetime.date.fromisoformat(first_day(unit))
    return f"{month:%b %Y}" if month.month == 1 else f"{month:%b}"
