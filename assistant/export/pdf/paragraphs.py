"""Paragraphs of a PDF whose lines are broken in reading order and drawn in the order in which they are seen."""

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
    """Where a character that is no space is seen in its paragraph, were that one line."""

    place: int  # from the left
    from_right: bool
    after: int  # the place of a space that follows it


class BidiParagraph(Paragraph):
    """A paragraph of text that may run from the right, in part or as a whole."""

    blPara: Any  # its broken lines, as ReportLab names them
    told = ""  # of a heading, its words as the outline is to show them …
    depth = 0  # … and how deep

    def __init__(
        self, text: str | None, style: ParagraphStyle, *, from_right: bool = False, **more: Any
    ) -> None:
        super().__init__(text or "", _from_the_right(style) if from_right else style, **more)
        self._seats = _settled(self.frags, from_right) if text else []

    def split(self, width: float, height: float) -> list[Any]:
        parts: list[Any] = super().split(width, height)
        if self._seats and len(parts) == 2 and parts[0] is not self:
            taken = sum(not char.isspace() for line in parts[0].blPara.lines for char in _text_of(line))
            parts[0]._seats, parts[1]._seats = self._seats[:taken], self._seats[taken:]
        return parts

    def drawPara(self, debug: int = 0) -> None:  # noqa: N802  (ReportLab's name)
        read = self.blPara
        if self._seats:
            self.blPara = self._seen(read)
        super().drawPara(debug)
        self.blPara = read

    def _seen(self, read: Any) -> Any:
        """Broken lines with the characters of each in the order in which they are seen."""
        made, left = copy(read), iter(self._seats)
        if read.kind == 0:
            made.lines = [
                (spare, ["".join(char for char, _ in _reordered([(" ".join(words), None)], left))])
                for spare, words in read.lines
            ]
            return made
        made.lines = []
        for line in read.lines:
            seen = copy(line)
            seen.words = [frag for frag in line.words if not frag.text]
            for char, frag in _reordered([(frag.text, frag) for frag in line.words], left):
                if seen.words and getattr(seen.words[-1], "of", None) is frag:
                    seen.words[-1].text += char
                else:
                    piece = frag.clone(text=char)
                    piece.of = frag
                    seen.words.append(piece)
            made.lines.append(seen)
        return made


def _text_of(line: Any) -> str:
    """What a broken line says: of one look, it is the room that is left and its words; else it has pieces."""
    return " ".join(line[1]) if isinstance(line, tuple) else "".join(frag.text for frag in line.words)


def _settled(frags: list[Any], from_right: bool) -> list[_Seat]:
    """Takes the marks that isolate out of a paragraph's pieces and gives the seats of its characters, spaces left out.

    None where no letter runs from the right: the paragraph is seen as it is read.
    """
    text = "".join(frag.text for frag in frags)
    for frag in frags:
        frag.text = frag.text.replace(ISOLATE, "").replace(END, "")
    if not any(unicodedata.bidirectional(char) in ("R", "AL") for char in text):
        return []
    seen: dict[int, tuple[int, bool]] = {}
    for place, (read, reversed_) in enumerate(display_order(text, from_right=from_right)):
        seen[read] = (place, reversed_)
    told = [(char, *seen[read]) for read, char in enumerate(text) if char not in (ISOLATE, END)]
    following = [place for _, place, _ in told[1:]] + [len(text)]
    return [
        _Seat(place, reversed_, after)
        for (char, place, reversed_), after in zip(told, following, strict=True)
        if not char.isspace()
    ]


def _reordered(pieces: list[tuple[str, Any]], left: Iterator[_Seat]) -> list[tuple[str, Any]]:
    """The characters of one line as they are seen, each with what it belongs to."""
    told: list[tuple[int, str, Any]] = []
    after = -1
    for text, frag in pieces:
        for char in text:
            if char.isspace():
                told.append((after, char, frag))
            else:
                seat = next(left, _Seat(after, False, after))
                told.append((seat.place, mirrored(char, seat.from_right), frag))
                after = seat.after
    return [(char, frag) for _, char, frag in sorted(told, key=lambda one: one[0])]


def _from_the_right(style: ParagraphStyle) -> ParagraphStyle:
    return ParagraphStyle(f"{style.name}-right", style, alignment=TA_RIGHT)
