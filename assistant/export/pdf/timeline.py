"""The timeline of a chronology as a ReportLab drawing."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, String
from reportlab.lib import colors

from assistant.results.briefing import Event
from assistant.results.timeline import timeline

_LANE, _AXIS, _DOT, _SIZE = 11, 16, 3.2, 7.5  # points: lane height, axis height, dot radius, font size
_CHAR_WIDTH = 0.62  # of the font size: width of a label's character
_ACCENT, _MUTED, _LINE = (colors.HexColor(code) for code in ("#0b5a8a", "#5b6673", "#b3bac2"))
_SPAN = colors.HexColor("#9dbdd0")


def drawing(events: Sequence[Event], width: float, font: str) -> Drawing | None:
    """The picture, `width` points wide, its labels in a font registered with ReportLab.

    A dot is an event of a known day, a bar one of a known month or year. None for events of fewer than three dates.
    """
    layout = timeline(events)
    if layout is None:
        return None
    picture = Drawing(width, _AXIS + layout.lanes * _LANE + 4)
    room, free = width - 2 * _DOT, 0.0  # free: where the next label may begin without touching the last
    for tick in layout.ticks:
        left, right = _DOT + tick.left * room, _DOT + (tick.left + tick.width) * room
        picture.add(Line(left, _AXIS, right, _AXIS, strokeColor=_LINE))
        picture.add(Line(left, _AXIS, left, _AXIS - 3, strokeColor=_LINE))
        if left >= free:
            picture.add(String(left, _AXIS - 12, tick.label, fontName=font, fontSize=_SIZE, fillColor=_MUTED))
            free = left + _SIZE * _CHAR_WIDTH * len(tick.label) + 3
    for mark in layout.marks:
        left, y = _DOT + mark.left * room, _AXIS + _LANE * mark.lane + _LANE / 2
        if mark.width:
            bar_width = max(mark.width * room, 2 * _DOT)
            bar = Rect(left, y - _DOT * 0.8, bar_width, _DOT * 1.6, rx=_DOT * 0.8, ry=_DOT * 0.8)
            bar.fillColor, bar.strokeColor = _SPAN, None
            picture.add(bar)
        else:
            picture.add(Circle(left + _DOT, y, _DOT, fillColor=_ACCENT, strokeColor=None))
    return picture
