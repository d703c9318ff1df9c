"""The timeline of a chronology as a ReportLab drawing."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, String
from reportlab.lib import colors

from assistant.results.briefing import Event
from assistant.results.timeline import timeline

_LANE, _AXIS, _DOT, _SIZE = 11, 16, 3.2, 7.5  # points
_ACCENT, _MUTED, _LINE = (colors.HexColor(code) for code in ("#0b5a8a", "#5b6673", "#b3bac2"))
_SPAN = colors.HexColor("#9dbdd0")


def drawing(events: Sequence[Event], width: float, font: str) -> Drawing | None:
    """The picture, `width` points wide; None where there are too few events for one."""
    made = timeline(events)
    if made is None:
        return None
    picture = Drawing(width, _AXIS + made.lanes * _LANE + 4)
    room, free = width - 2 * _DOT, 0.0
    for tick in made.ticks:
        left, right = _DOT + tick.left * room, _DOT + (tick.left + tick.width) * room
        picture.add(Line(left, _AXIS, right, _AXIS, strokeColor=_LINE))
        picture.add(Line(left, _AXIS, left, _AXIS - 3, strokeColor=_LINE))
        if left >= free:
            picture.add(String(left, _AXIS - 12, tick.label, fontName=font, fontSize=_SIZE, fillColor=_MUTED))
            free = left + _SIZE * 0.62 * len(tick.label) + 3
    for one in made.marks:
        left, y = _DOT + one.left * room, _AXIS + _LANE * one.lane + _LANE / 2
        if one.width:
            wide = max(one.width * room, 2 * _DOT)
            bar = Rect(left, y - _DOT * 0.8, wide, _DOT * 1.6, rx=_DOT * 0.8, ry=_DOT * 0.8)
            bar.fillColor, bar.strokeColor = _SPAN, None
            picture.add(bar)
        else:
            picture.add(Circle(left + _DOT, y, _DOT, fillColor=_ACCENT, strokeColor=None))
    return picture
