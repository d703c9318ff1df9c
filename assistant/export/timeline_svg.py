"""The timeline of a chronology as an SVG picture that stands in a page: no links outside, every word escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.export import content
from assistant.results.briefing import Event
from assistant.results.timeline import Timeline, TimelineMark, timeline
from assistant.results.wording import date_words

_WIDTH, _LANE, _TOP, _AXIS, _SIDE = 720, 18, 12, 24, 12  # pixels of the picture's own measure
_DOT, _BAR = 5, 8
_CLOSE = 34  # pixels that a label needs


def svg(events: Sequence[Event]) -> str:
    """The picture, its colours those of the text around it; "" where there are too few events for one."""
    made = timeline(events)
    if made is None:
        return ""
    height = _TOP + made.lanes * _LANE + _AXIS
    parts = [*_ticks(made, height), *(_mark(one, height) for one in made.marks)]
    return (
        f'<svg class="timeline" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="Timeline of the chronology" '
        f'xmlns="http://www.w3.org/2000/svg" style="width:100%;height:auto;display:block">{"".join(parts)}</svg>'
    )


def _x(share: float) -> float:
    return round(_SIDE + share * (_WIDTH - 2 * _SIDE), 1)


def _ticks(made: Timeline, height: int) -> list[str]:
    floor, parts, free = height - _AXIS, [], 0.0
    for tick in made.ticks:
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
            free = left + _CLOSE + 7 * max(0, len(tick.label) - 4)
    return parts


def _mark(one: TimelineMark, height: int) -> str:
    y = height - _AXIS - _LANE * one.lane - _LANE / 2
    if one.width:
        wide = max(_x(one.left + one.width) - _x(one.left), _BAR)
        shape = (
            f'<rect x="{_x(one.left)}" y="{y - _BAR / 2}" width="{round(wide, 1)}" height="{_BAR}" rx="{_BAR / 2}" '
            'fill="currentColor" fill-opacity=".4"/>'
        )
    else:
        shape = f'<circle cx="{_x(one.left) + _DOT}" cy="{y}" r="{_DOT}" fill="currentColor"/>'
    event = one.event
    told = ", ".join(part for part in (date_words(event.date), event.place) if part)
    note = f"#note-{event.citations[0]}" if event.citations else "#"
    return (
        f'<a href="{note}" style="color:var(--accent, currentColor)"><title>'
        f"{escape(content.sentence_text(f'{told}: {event.text}'))}</title>{shape}</a>"
    )
