"""The timeline of a chronology as an SVG picture inside an HTML page: it loads nothing, every word escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.export import content
from assistant.results.briefing import Event
from assistant.results.timeline import Timeline, TimelineMark, timeline
from assistant.results.wording import date_words

# In the picture's own units (its viewBox); the page scales it to its width.
_WIDTH, _LANE, _TOP, _AXIS, _SIDE = 720, 18, 12, 24, 12
_DOT, _BAR = 5, 8  # radius of a dot, height and least width of a bar
_LABEL_ROOM, _LABEL_CHARS = 34, 4  # a label of up to 4 characters ("2022") needs 34 units …
_CHAR = 7  # … and 7 more per character above that


def svg(events: Sequence[Event]) -> str:
    """The picture in the colour of the text around it; "" for events of fewer than three dates.

    Each mark links to the endnote of its event (#note-NUMBER) and has its date, place and text as tooltip.
    """
    layout = timeline(events)
    if layout is None:
        return ""
    height = _TOP + layout.lanes * _LANE + _AXIS
    parts = [*_ticks(layout, height), *(_mark(mark, height) for mark in layout.marks)]
    return (
        f'<svg class="timeline" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="Timeline of the chronology" '
        f'xmlns="http://www.w3.org/2000/svg" style="width:100%;height:auto;display:block">{"".join(parts)}</svg>'
    )


def _ticks(layout: Timeline, height: int) -> list[str]:
    """The axis: a line and a label per unit of time. A label that would touch the one before it is left out."""
    floor, parts, free = height - _AXIS, [], 0.0
    for tick in layout.ticks:
        left, right = _x(tick.left), _x(tick.left + tick.width)
        parts.append(
            f'<line x1="{left}" y1="{floor}" x2="{right}" y2="{floor}" stroke="currentColor" stroke-opacity=".45"/>'
            f'<line x1="{left}" y1="{floor}" x2="{left}" y2="{floor + 5}" stroke="currentColor" stroke-opacity=".45"/>'
        )
        if tick.after_gap:
            parts.append(f'<text x="{left - 6}" y="{floor + 4}" font-size="12" text-anchor="middle" '
                         'fill="currentColor" fill-opacity=".6">⋯</text>')  # fmt: skip
        if left >= free:
            parts.append(f'<text x="{left}" y="{height - 4}" font-size="12" font-family="sans-serif" '
                         f'fill="currentColor" fill-opacity=".75">{escape(tick.label)}</text>')  # fmt: skip
            free = left + _LABEL_ROOM + _CHAR * max(0, len(tick.label) - _LABEL_CHARS)
    return parts


def _mark(mark: TimelineMark, height: int) -> str:
    """A dot for an event of a known day, else a bar over its month or year."""
    y = height - _AXIS - _LANE * mark.lane - _LANE / 2
    if mark.width:
        width = max(_x(mark.left + mark.width) - _x(mark.left), _BAR)
        shape = (
            f'<rect x="{_x(mark.left)}" y="{y - _BAR / 2}" width="{round(width, 1)}" height="{_BAR}" rx="{_BAR / 2}" '
            'fill="currentColor" fill-opacity=".4"/>'
        )
    else:
        shape = f'<circle cx="{_x(mark.left) + _DOT}" cy="{y}" r="{_DOT}" fill="currentColor"/>'
    event = mark.event
    when_where = ", ".join(part for part in (date_words(event.date), event.place) if part)
    note = f"#note-{event.citations[0]}" if event.citations else "#"
    return (
        f'<a href="{note}" style="color:var(--accent, currentColor)"><title>'
        f"{escape(content.sentence_text(f'{when_where}: {event.text}'))}</title>{shape}</a>"
    )


def _x(share: float) -> float:
    """A share of the width, 0 to 1, as a place inside the margins."""
    return round(_SIDE + share * (_WIDTH - 2 * _SIDE), 1)
