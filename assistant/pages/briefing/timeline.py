"""The picture of a chronology: one mark an event, which opens its source."""

from __future__ import annotations

from assistant.pages.shared.common import escape
from assistant.results.briefing import Briefing
from assistant.results.timeline import TimelineMark, TimelineTick, timeline
from assistant.results.wording import date_words

_TEXT = 160  # characters of an event in what is told on hovering
_LANE = 1.15  # rem
_MANY = 8  # ticks, above which a phone shows every other label


def show(one: Briefing, key: str) -> str:
    """Markup; "" where there are too few events for a picture. Places are shares of the width, so it fits any."""
    made = timeline(one.chronology)
    if made is None:
        return ""
    crowded = " bd-crowded" if len(made.ticks) > _MANY else ""
    return (
        f'<div class="bd-timeline{crowded}" role="group" aria-label="Timeline of the chronology below">'
        f'<div class="bd-lanes" style="height:{made.lanes * _LANE:.2f}rem">'
        f"{''.join(_mark(each, key) for each in made.marks)}</div>"
        f'<div class="bd-ticks">{"".join(_tick(each) for each in made.ticks)}</div></div>'
    )


def _mark(one: TimelineMark, key: str) -> str:
    event = one.event
    text = event.text if len(event.text) <= _TEXT else event.text[:_TEXT].rsplit(" ", 1)[0] + " …"
    told = ", ".join(part for part in (date_words(event.date), event.place) if part)
    style = f"left:{one.left:.2%};bottom:{one.lane * _LANE:.2f}rem"
    style += f";width:{one.width:.2%}" if one.width else ""
    number = event.citations[0]
    return (
        f'<button type="button" class="{"bd-bar" if one.width else "bd-dot"}" style="{style}" '
        f'data-cite="{escape(key)}/{number}" title="{escape(f"{told}: {text}")}" '
        f'aria-label="{escape(f"{told}: open source {number}")}"></button>'
    )


def _tick(one: TimelineTick) -> str:
    gap = ' class="bd-gap"' if one.after_gap else ""
    return f'<span{gap} style="left:{one.left:.2%};width:{one.width:.2%}">{escape(one.label)}</span>'
