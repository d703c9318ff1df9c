"""A ReportLab paragraph for text of two directions: lines break in reading order and are drawn in visual order.

ReportLab breaks lines from left to right as stored, which is right, and draws them so, which is not. The order of a
whole paragraph (UAX #9) is computed once; each line, whatever its breaks, is a part of that order (rule L2).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from copy import copy
from typing import Any, NamedTuple

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from assistant.export.pdf.bidi import END, ISOLATE, display_order, mirrored


class _Seat(NamedTuple):
    """Where a character other than a space is seen, if its whole paragraph were one line."""

    place: int  # from the left, 0-based
    from_right: bool
    after: int  # the place of the space that follows it in reading order, if one does


class BidiParagraph(Paragraph):
    """A paragraph whose text may run from the right, in part or as a whole.

    `from_right` says on which side the paragraph begins, and so its alignment. The text is ReportLab markup, with
    Arabic letters already joined (`Font.shown`) and isolates around what must keep an order of its own.
    """

    blPara: Any  # ReportLab's name for the broken lines
    outline_text = ""  # for a heading: its text in the PDF's outline
    depth = 0  # for a heading: its level in the outline, 0 is the title

    def __init__(
        self, text: str | None, style: ParagraphStyle, *, from_right: bool = False, **more: Any
    ) -> None:
        super().__init__(text or "", _aligned_right(style) if from_right else style, **more)
        self._seats = _seats(self.frags, from_right) if text else []

    def split(self, width: float, height: float) -> list[Any]:
        """The part that fits into `height` and the rest, each with the seats of its own characters."""
        parts: list[Any] = super().split(width, height)
        if self._seats and len(parts) == 2 and parts[0] is not self:
            count = sum(not char.isspace() for line in parts[0].blPara.lines for char in _line_text(line))
            parts[0]._seats, parts[1]._seats = self._seats[:count], self._seats[count:]
        return parts

    def drawPara(self, debug: int = 0) -> None:  # noqa: N802  (ReportLab's name)
        """Draw the lines in visual order; the stored ones stay in reading order, as they may be drawn again."""
        stored = self.blPara
        if self._seats:
            self.blPara = self._in_visual_order(stored)
        super().drawPara(debug)
        self.blPara = stored

    def _in_visual_order(self, broken: Any) -> Any:
        """A copy of ReportLab's broken lines with the characters of each line in visual order.

        Lines of kind 0, of one look throughout, are (spare width, words); others hold fragments with a look each.
        """
        reordered, seats = copy(broken), iter(self._seats)
        if broken.kind == 0:
            reordered.lines = [
                (spare, ["".join(char for char, _ in _visual_line([(" ".join(words), None)], seats))])
                for spare, words in broken.lines
            ]
            return reordered
        reordered.lines = []
        for line in broken.lines:
            new_line = copy(line)
            new_line.words = [frag for frag in line.words if not frag.text]  # anchors of links
            for char, frag in _visual_line([(frag.text, frag) for frag in line.words], seats):
                if new_line.words and getattr(new_line.words[-1], "of", None) is frag:
                    new_line.words[-1].text += char
                else:
                    piece = frag.clone(text=char)
                    piece.of = frag
                    new_line.words.append(piece)
            reordered.lines.append(new_line)
        return reordered


def _aligned_right(style: ParagraphStyle) -> ParagraphStyle:
    return ParagraphStyle(f"{style.name}-right", style, alignment=TA_RIGHT)


def _seats(frags: list[Any], from_right: bool) -> list[_Seat]:
    """The seats of a paragraph's characters, spaces left out, in reading order; removes isolates from the fragments.

    [] if no letter runs from the right: such a paragraph is drawn as it is stored.
    """
    text = "".join(frag.text for frag in frags)
    for frag in frags:
        frag.text = frag.text.replace(ISOLATE, "").replace(END, "")
    if not any(unicodedata.bidirectional(char) in ("R", "AL") for char in text):
        return []
    seen: dict[int, tuple[int, bool]] = {}  # place in the text -> place on the line, direction
    for place, (index, reversed_) in enumerate(display_order(text, from_right=from_right)):
        seen[index] = (place, reversed_)
    visible = [(char, *seen[index]) for index, char in enumerate(text) if char not in (ISOLATE, END)]
    following = [place for _, place, _ in visible[1:]] + [len(text)]
    return [
        _Seat(place, reversed_, after)
        for (char, place, reversed_), after in zip(visible, following, strict=True)
        if not char.isspace()
    ]


def _line_text(line: Any) -> str:
    """The text of one of ReportLab's broken lines, of either kind (see `_in_visual_order`)."""
    return " ".join(line[1]) if isinstance(line, tuple) else "".join(frag.text for frag in line.words)


def _visual_line(pieces: list[tuple[str, Any]], seats: Iterator[_Seat]) -> list[tuple[str, Any]]:
    """The characters of one line in visual order, each with its fragment; takes their seats from `seats`.

    ReportLab may change spaces as it breaks lines, so a space has no seat: it goes where the character before it
    says. A character that ReportLab added (a hyphen) finds no seat and follows the one before it.
    """
    placed: list[tuple[int, str, Any]] = []
    after = -1
    for text, frag in pieces:
        for char in text:
            if char.isspace():
                placed.append((after, char, frag))
            else:
                seat = next(seats, _Seat(after, False, after))
                placed.append((seat.place, mirrored(char, seat.from_right), frag))
                after = seat.after
    return [(char, frag) for _, char, frag in sorted(placed, key=lambda item: item[0])]
