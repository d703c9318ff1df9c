"""The timeline of a chronology as HTML: one mark per event, which opens its source."""

from __future__ import annotations

from assistant.pages.shared.common import escape
from assistant.results.briefing import Briefing
from assistant.results.timeline import TimelineMark, TimelineTick, timeline
from assistant.results.wording import date_words

_TEXT = 160  # most characters of an event in the tooltip
_LANE = 1.15  # rem: height of a lane
_MANY = 8  # with more ticks than this a phone shows every other label


def show(briefing: Briefing, key: str) -> str:
    """The timeline as markup that scales with its width; "" for events of fewer than three dates.

    `key` is the first half of KEY/NUMBER on the marks (see common.citation_at).
    """
    layout = timeline(briefing.chronology)
    if layout is None:
        return ""
    crowded = " bd-crowded" if len(layout.ticks) > _MANY else ""
    return (
        f'<div class="bd-timeline{crowded}" role="group" aria-label="Timeline of the chronology below">'
        f'<div class="bd-lanes" style="height:{layout.lanes * _LANE:.2f}rem">'
        f"{''.join(_mark(mark, key) for mark in layout.marks)}</div>"
        f'<div class="bd-ticks">{"".join(_tick(tick) for tick in layout.ticks)}</div></div>'
    )


def _mark(mark: TimelineMark, key: str) -> str:
    """A dot for an event of a known day, else a bar; its tooltip says when, where and what."""
    event = mark.event
    text = event.text if len(event.text) <= _TEXT else event.text[:_TEXT].rsplit(" ", 1)[0] + " …"
    when_where = ", ".join(part for part in (date_words(event.date), event.place) if part)
    style = f"left:{mark.left:.2%};bottom:{mark.lane * _LANE:.2f}rem"
    style += f";width:{mark.width:.2%}" if mark.width else ""
    shape, title = "bd-bar" if mark.width else "bd-dot", escape(f"{when_where}: {text}")
    if not event.citations:  # a row of a briefing edited by hand: there is no source to open
        return f'<span class="{shape}" style="{style}" title="{title}"></span>'
    number = event.citations[0]
    return (
        f'<button type="button" class="{shape}" style="{style}" '
        f'data-cite="{escape(key)}/{number}" title="{title}" '
        f'aria-label="{escape(f"{when_where}: open source {number}")}"></button>'
    )


def _tick(tick: TimelineTick) -> str:
    gap = ' class="bd-gap"' if tick.after_gap else ""
    return f'<span{gap} style="left:{tick.left:.2%};width:{tick.width:.2%}">{escape(tick.label)}</span>'
