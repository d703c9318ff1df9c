"""Puts the boxes of a slide into reading order: rows from the top, or columns where the slide has columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# Boxes may overlap by this share of the extent they cover, as text frames are larger than their text.
_OVERLAP = 0.01
# Columns are read one after the other only where the space between them is clearly wider than that between rows.
_MUCH_WIDER = 2.0  # times as wide
_SAME_CUT = 0.5  # share of the widest gap from which other gaps cut the slide in the same step


@dataclass(frozen=True)
class SlideBox:
    """A rectangle in any unit, y downwards."""

    left: int
    top: int
    right: int
    bottom: int


def reading_order(boxes: Sequence[SlideBox]) -> list[int]:
    """The indices of `boxes` in reading order, by recursive XY cut (Nagy and Seth 1984).

    Two columns are read one after the other if the space between them is twice that between the rows:
    `reading_order([SlideBox(9, 0, 12, 3), SlideBox(0, 4, 3, 7), SlideBox(0, 0, 3, 3)]) == [2, 1, 0]`
    """
    return _ordered(list(enumerate(boxes)))


def _ordered(numbered: list[tuple[int, SlideBox]]) -> list[int]:
    if len(numbered) < 2:
        return [number for number, _ in numbered]
    rows, row_gap = _cut([(box.top, box.bottom, number, box) for number, box in numbered])
    columns, column_gap = _cut([(box.left, box.right, number, box) for number, box in numbered])
    if len(columns) > 1 and (len(rows) < 2 or column_gap > _MUCH_WIDER * row_gap):
        parts = columns
    elif len(rows) > 1:
        parts = rows
    else:
        return [number for number, _ in sorted(numbered, key=lambda pair: (pair[1].top, pair[1].left))]
    return [number for part in parts for number in _ordered(part)]


def _cut(spans: list[tuple[int, int, int, SlideBox]]) -> tuple[list[list[tuple[int, SlideBox]]], float]:
    """Cuts boxes, given as (start, end, number, box) along one axis, at the widest gaps.

    Returns the groups as (number, box), and the widest gap (0 or more).
    """
    spans = sorted(spans, key=lambda span: span[:3])
    extent = max(span[1] for span in spans) - spans[0][0]
    reached = spans[0][1]
    gaps = []  # (size, index of the first span behind it)
    for index, (start, end, _, _) in enumerate(spans[1:], start=1):
        if start - reached >= -_OVERLAP * extent:
            gaps.append((max(start - reached, 0), index))
        reached = max(reached, end)
    widest = max((size for size, _ in gaps), default=0)
    cuts = [index for size, index in gaps if size >= _SAME_CUT * widest]
    edges = [0, *cuts, len(spans)]
    groups = [
        [(number, box) for _, _, number, box in spans[start:end]]
        for start, end in zip(edges, edges[1:], strict=False)
    ]
    return groups, widest
