"""Recognised lines of pages put into reading order: columns one after the other, rows of tables kept as rows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from ingest.readers.common.draft import DraftPart
from ingest.readers.pdf.lines import Line, without_running_lines
from ingest.readers.pdf.paragraphs import to_parts

_PAGE_WIDTH = 595.0  # points; a picture does not say how large its page is, so each is taken for A4
_SKEW = math.radians(0.2)  # a page turned by less reads as straight
# Measured on pages of several faces, lines of the body came to 0.8 to 1.1 of its size and headings to 1.26 and more.
_LARGER = 1.2
_SMALLER = 0.75
_STEP = 0.25  # other sizes are told apart in steps of this share of the body's
_SAME_ROW = 0.5  # share of the lower box's height by which two boxes side by side overlap
_CELL_GAP = 1.2  # of the type's height: words farther apart stand in different cells
_GUTTER = (
    0.35  # of the height of a box, which is larger than its text: the least white between columns of text
)
_COLUMN_LINES = 4
_COLUMN_TEXT = 20  # characters in the middle one of a column's lines; cells of tables hold less
_SHRUNK = 0.2  # share of its height by which a box is larger than its type, above and below
_DEEPEST = 60
_RUNS_DOWN = 1.5  # times its width: a higher box of three letters or more holds text that runs down
_ROW_MARK = "\n"


@dataclass(frozen=True)
class TextBox:
    """One recognised line, or a part of one, with its place: pixels from the upper left, y downwards."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    slope: float = 0.0  # radians by which the line falls to the right
    score: float = 1.0  # how sure the recognition is, 0 to 1

    @property
    def height(self) -> float:
        """Of the box."""
        return self.bottom - self.top

    @property
    def type_size(self) -> float:
        """Mean of the box's height, which depends on the letters in it, and twice the width of a letter."""
        return math.sqrt(self.height * 2 * (self.right - self.left) / max(1, len(self.text)))

    @property
    def runs_down(self) -> bool:
        """Whether the text is printed from the bottom to the top or the other way."""
        return len(self.text) > 2 and self.height > _RUNS_DOWN * (self.right - self.left)

    @property
    def middle(self) -> float:
        """Where the middle of the line lies, from the top."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class ScannedPage:
    """What was recognised on one page."""

    number: int  # 1-based
    width: float  # pixels
    height: float
    boxes: tuple[TextBox, ...]
    whole: bool = True  # whether there was time for all of it


def scanned_parts(pages: Sequence[ScannedPage]) -> list[DraftPart]:
    """Headings, paragraphs, list items and table rows of recognised pages, without running lines.

    Text that runs down the page (stamps in the margin, names of axes) is left out.
    """
    pages = [_in_points(page) for page in pages]
    sizes = [box.type_size for page in pages for box in page.boxes for _ in box.text]
    if not sizes:
        return []
    body = median(sizes)
    parts = to_parts(without_running_lines([_lines(page, body) for page in pages]))
    return [piece for part in parts for piece in _with_rows_apart(part)]


def rows_in_order(boxes: Sequence[TextBox]) -> list[list[TextBox]]:
    """The rows of a page in the order in which they are read, each from left to right.

    The page is cut into columns where white runs down between text, else into bands (recursive XY cut).
    """
    return _ordered(_straight(boxes), 0) if boxes else []


def _in_points(page: ScannedPage) -> ScannedPage:
    scale = _PAGE_WIDTH / page.width
    boxes = tuple(
        replace(
            box,
            left=box.left * scale,
            top=box.top * scale,
            right=box.right * scale,
            bottom=box.bottom * scale,
        )
        for box in page.boxes
        if not box.runs_down
    )
    return replace(page, width=_PAGE_WIDTH, height=page.height * scale, boxes=boxes)


def _lines(page: ScannedPage, body: float) -> list[Line]:
    """The rows of a page as lines of print; rows of a table between marks, so that they can be told apart later."""
    rows = rows_in_order(page.boxes)
    cells = [_cells(row) for row in rows]
    lines = []
    for index, row in enumerate(rows):
        in_table = len(cells[index]) > 1 and any(len(near) > 1 for near in _neighbours(cells, index))
        text = " | ".join(cells[index]) if in_table else " ".join(cells[index])
        size = _settled(max(row, key=lambda box: len(box.text)).type_size, body)
        middle = page.height - median(box.middle for box in row)
        lines.append(
            Line(
                f"{_ROW_MARK}{text}{_ROW_MARK}" if in_table else text,
                page.number,
                left=row[0].left,
                right=max(box.right for box in row),
                bottom=middle - size / 2,
                top=middle + size / 2,
                size=round(size, 1),
                font="",
                bold=False,
                page_height=page.height,
            )
        )
    return lines


def _cells(row: list[TextBox]) -> list[str]:
    """A row's words, taken together where they stand close to each other."""
    cells = [row[0].text]
    for before, box in zip(row, row[1:], strict=False):
        if box.left - before.right > _CELL_GAP * max(before.height, box.height):
            cells.append(box.text)
        else:
            cells[-1] += f" {box.text}"
    return cells


def _neighbours(cells: list[list[str]], index: int) -> list[list[str]]:
    return cells[max(0, index - 1) : index] + cells[index + 1 : index + 2]


def _settled(size: float, body: float) -> float:
    """The size of type with the chance taken out: the body's, or a multiple of it in steps."""
    share = size / body
    return body if _SMALLER <= share < _LARGER else max(1, round(share / _STEP)) * _STEP * body


def _with_rows_apart(part: DraftPart) -> Iterator[DraftPart]:
    for line in part.text.split(_ROW_MARK):
        if line.strip():
            yield (
                replace(part, text=line.strip(), kind="table", level=0)
                if " | " in line
                else replace(part, text=line.strip())
            )


def _straight(boxes: Sequence[TextBox]) -> list[TextBox]:
    """The boxes as on a page that was not laid in askew."""
    slopes = [box.slope for box in boxes if box.right - box.left > 5 * box.height]
    skew = median(slopes) if slopes else 0.0
    if abs(skew) < _SKEW:
        return list(boxes)
    fall = math.tan(skew)
    return [
        replace(box, top=box.top - fall * box.left, bottom=box.bottom - fall * box.left, slope=0.0)
        for box in boxes
    ]


def _ordered(boxes: list[TextBox], depth: int) -> list[list[TextBox]]:
    one_column = max(box.left for box in boxes) < min(box.right for box in boxes)
    groups = None if one_column or depth == _DEEPEST else _columns(boxes) or _bands(boxes)
    if groups is None:
        return _rows(boxes)
    return [row for group in groups for row in _ordered(group, depth + 1)]


def _rows(boxes: list[TextBox]) -> list[list[TextBox]]:
    rows: list[list[TextBox]] = []
    for box in sorted(boxes, key=lambda one: one.middle):
        if rows and _beside(rows[-1][0], box):
            rows[-1].append(box)
        else:
            rows.append([box])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _beside(one: TextBox, other: TextBox) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > _SAME_ROW * min(one.height, other.height)


def _columns(boxes: list[TextBox]) -> tuple[list[TextBox], list[TextBox]] | None:
    """Left and right of the widest white strip between two columns of text; None where there is none."""
    spans = sorted(boxes, key=lambda one: one.left)
    least = _GUTTER * median(box.height for box in boxes)
    reached = spans[0].right
    strips = []
    for index, box in enumerate(spans[1:], start=1):
        if box.left - reached >= least:
            strips.append((box.left - reached, index))
        reached = max(reached, box.right)
    for _, index in sorted(strips, reverse=True):
        if _is_column(spans[:index]) and _is_column(spans[index:]):
            return spans[:index], spans[index:]
    return None


def _is_column(boxes: list[TextBox]) -> bool:
    return len(boxes) >= _COLUMN_LINES and median(len(box.text) for box in boxes) >= _COLUMN_TEXT


def _bands(boxes: list[TextBox]) -> tuple[list[TextBox], list[TextBox]] | None:
    """Above and below the highest white strip across; None where there is none."""
    spans = sorted(boxes, key=lambda one: one.top)
    reached = spans[0].bottom - _SHRUNK * spans[0].height
    highest, cut = 0.0, 0
    for index, box in enumerate(spans[1:], start=1):
        strip = box.top + _SHRUNK * box.height - reached
        if strip > highest:
            highest, cut = strip, index
        reached = max(reached, box.bottom - _SHRUNK * box.height)
    return (spans[:cut], spans[cut:]) if cut else None
