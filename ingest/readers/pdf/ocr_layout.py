"""Puts recognised lines into reading order: columns one after the other, the rows of tables kept as rows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from ingest.readers.common.draft import DraftPart
from ingest.readers.pdf.lines import Line, without_running_lines
from ingest.readers.pdf.paragraphs import page_parts

_PAGE_WIDTH = 595.0  # points; a picture does not state its page's size, so each is taken for A4
_SKEW = math.radians(0.2)  # a page turned by less is taken for straight
# Sizes within these bounds, as multiples of the body's, count as the body's.
# bound | data                   | metric                                | value
# 0.75  | pages in several faces | size of lines of the body / body size | 0.8 to 1.1
# 1.2   | pages in several faces | size of headings / body size          | 1.26 and more
_SMALLEST_BODY = 0.75
_LARGEST_BODY = 1.2
_STEP = 0.25  # of the body's size: other sizes are rounded to it
_SAME_ROW = 0.5  # of the lower box's height: boxes that overlap by more are side by side
_CELL_GAP = 1.2  # of the box's height: words farther apart are in different cells
_GUTTER = 0.35  # of the box's height, which is more than that of its text: the least space between columns
_COLUMN_LINES = 4  # the fewest lines of a column of text
_COLUMN_TEXT = 20  # characters, the least median of a column's lines; cells of tables hold less
_BOX_MARGIN = 0.2  # of a box's height: the space that it leaves above and below its text
_DEEPEST = 60  # cuts within cuts
_RUNS_DOWN = 1.5  # times its width: text in a higher box runs down the page
_ROW_MARK = "\n"  # around the text of a table's row


@dataclass(frozen=True)
class TextBox:
    """One recognised line, or a part of one. Lengths are in pixels from the upper left, y downwards."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    slope: float = 0.0  # radians, positive if the line falls to the right
    score: float = 1.0  # confidence of the recognition, 0 to 1

    @property
    def height(self) -> float:
        """Height of the box."""
        return self.bottom - self.top

    @property
    def type_size(self) -> float:
        """Size of the type: the geometric mean of the box's height and of twice the mean width of a letter.

        The height alone varies with the letters: "ace" is lower than "by".
        """
        return math.sqrt(self.height * 2 * (self.right - self.left) / max(1, len(self.text)))

    @property
    def runs_down(self) -> bool:
        """Whether three letters or more are printed upwards or downwards."""
        return len(self.text) > 2 and self.height > _RUNS_DOWN * (self.right - self.left)

    @property
    def middle(self) -> float:
        """Middle of the line, from the top of the page."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class ScannedPage:
    """What was recognised on one page."""

    number: int  # 1-based
    width: float  # pixels
    height: float
    boxes: tuple[TextBox, ...]
    whole: bool = True  # False if there was time for its upper part only


def scanned_parts(pages: Sequence[ScannedPage]) -> list[DraftPart]:
    """The headings, paragraphs, list items and table rows of recognised pages, without running lines.

    Text that runs down the page, such as a stamp in the margin or the name of an axis, is left out.
    """
    pages = [_in_points(page) for page in pages]
    sizes = [box.type_size for page in pages for box in page.boxes for _ in box.text]
    if not sizes:
        return []
    body = median(sizes)
    parts = page_parts(without_running_lines([_lines(page, body) for page in pages]))
    return [piece for part in parts for piece in _with_separate_rows(part)]


def rows_in_order(boxes: Sequence[TextBox]) -> list[list[TextBox]]:
    """The rows of a page in reading order, each from left to right.

    The page is cut into columns where a white strip runs down between text, else into bands, and each again: recursive
    XY cut (Nagy and Seth 1984).
    """
    return _ordered(_straight(boxes), 0) if boxes else []


def _in_points(page: ScannedPage) -> ScannedPage:
    """The page with lengths in points, without text that runs down."""
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
    """The rows of a page as `Line`s, for the code that makes paragraphs of PDFs; rows of tables between two _ROW_MARK.

    `body` is the size of the body's type. A row is a table's if it and one of its neighbours have several cells.
    """
    rows = rows_in_order(page.boxes)
    cells = [_cells(row) for row in rows]
    lines = []
    for index, row in enumerate(rows):
        in_table = len(cells[index]) > 1 and any(
            len(neighbour) > 1 for neighbour in _neighbours(cells, index)
        )
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
    """The cells of a row: boxes close to each other are one cell."""
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
    """A measured size of type with the noise removed: the body's size, or a multiple of it in steps of a quarter.

    `_settled(10.9, 10.0) == 10.0`, `_settled(14.4, 10.0) == 15.0`
    """
    share = size / body
    return body if _SMALLEST_BODY <= share < _LARGEST_BODY else max(1, round(share / _STEP)) * _STEP * body


def _with_separate_rows(part: DraftPart) -> Iterator[DraftPart]:
    """The part, with rows of tables cut out of it as parts of their own."""
    for line in part.text.split(_ROW_MARK):
        if line.strip():
            yield (
                replace(part, text=line.strip(), kind="table", level=0)
                if " | " in line
                else replace(part, text=line.strip())
            )


def _straight(boxes: Sequence[TextBox]) -> list[TextBox]:
    """The boxes as on a page that was scanned straight: the median slope of long lines is taken out."""
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
    """`rows_in_order` of straight boxes; `depth` counts the cuts so far."""
    one_column = max(box.left for box in boxes) < min(box.right for box in boxes)
    groups = None if one_column or depth == _DEEPEST else _columns(boxes) or _bands(boxes)
    if groups is None:
        return _rows(boxes)
    return [row for group in groups for row in _ordered(group, depth + 1)]


def _rows(boxes: list[TextBox]) -> list[list[TextBox]]:
    """The rows of a column from top to bottom."""
    rows: list[list[TextBox]] = []
    for box in sorted(boxes, key=lambda box: box.middle):
        if rows and _beside(rows[-1][0], box):
            rows[-1].append(box)
        else:
            rows.append([box])
    return [sorted(row, key=lambda box: box.left) for row in rows]


def _beside(box: TextBox, neighbour: TextBox) -> bool:
    """Whether two boxes are in one row: they overlap by more than half the height of the lower one.

    `_beside(TextBox("a", 0, 0, 9, 10), TextBox("b", 9, 4, 18, 14)) is True`
    """
    overlap = min(box.bottom, neighbour.bottom) - max(box.top, neighbour.top)
    return overlap > _SAME_ROW * min(box.height, neighbour.height)


def _columns(boxes: list[TextBox]) -> tuple[list[TextBox], list[TextBox]] | None:
    """The boxes left and right of the widest white strip between columns of text; None without one."""
    spans = sorted(boxes, key=lambda box: box.left)
    least = _GUTTER * median(box.height for box in boxes)
    reached = spans[0].right
    strips = []  # (width, index of the first box to the right)
    for index, box in enumerate(spans[1:], start=1):
        if box.left - reached >= least:
            strips.append((box.left - reached, index))
        reached = max(reached, box.right)
    for _, index in sorted(strips, reverse=True):
        if _is_column(spans[:index]) and _is_column(spans[index:]):
            return spans[:index], spans[index:]
    return None


def _is_column(boxes: list[TextBox]) -> bool:
    """Whether boxes are a column of text, by their number and the length of their text, not a table's."""
    return len(boxes) >= _COLUMN_LINES and median(len(box.text) for box in boxes) >= _COLUMN_TEXT


def _bands(boxes: list[TextBox]) -> tuple[list[TextBox], list[TextBox]] | None:
    """The boxes above and below the highest white strip across the page; None without one."""
    spans = sorted(boxes, key=lambda box: box.top)
    reached = spans[0].bottom - _BOX_MARGIN * spans[0].height
    highest, cut = 0.0, 0
    for index, box in enumerate(spans[1:], start=1):
        strip = box.top + _BOX_MARGIN * box.height - reached
        if strip > highest:
            highest, cut = strip, index
        reached = max(reached, box.bottom - _BOX_MARGIN * box.height)
    return (spans[:cut], spans[cut:]) if cut else None
