"""Paragraphs of a PDF whose lines are broken in reading order and drawn in the order in which they are seen."""

from __future__ import annotations

import unicodedata
from copy import copy
from typing import Any

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from assistant.export.pdf.bidi import END, ISOLATE, levels, mirrored, order

_Levels = list[tuple[int, int]]  # of each character that is no space: its own, and that of a space after it


class BidiParagraph(Paragraph):
    """A paragraph of text that may run from the right, in part or as a whole."""

    blPara: Any  # its broken lines, as ReportLab names them
    told = ""  # of a heading, its words as the outline is to show them …
    depth = 0  # … and how deep

    def __init__(
        self, text: str | None, style: ParagraphStyle, *, from_right: bool = False, **more: Any
    ) -> None:
        super().__init__(text or "", _from_the_right(style) if from_right else style, **more)
        self._levels: _Levels = _settled(self.frags, int(from_right)) if text else []

    def split(self, width: float, height: float) -> list[Any]:
        parts: list[Any] = super().split(width, height)
        if self._levels and len(parts) == 2 and parts[0] is not self:
            taken = sum(not char.isspace() for line in parts[0].blPara.lines for char in _text_of(line))
            parts[0]._levels, parts[1]._levels = self._levels[:taken], self._levels[taken:]
        return parts

    def drawPara(self, debug: int = 0) -> None:  # noqa: N802  (ReportLab's name)
        read = self.blPara
        if any(level for level, _ in self._levels):
            self.blPara = self._seen(read)
        super().drawPara(debug)
        self.blPara = read

    def _seen(self, read: Any) -> Any:
        """Broken lines with the characters of each in the order in which they are seen."""
        made, left = copy(read), iter(self._levels)
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


def _settled(frags: list[Any], base: int) -> _Levels:
    """The levels of a paragraph's characters; the marks that isolate are taken out of it."""
    text = "".join(frag.text for frag in frags)
    if not any(unicodedata.bidirectional(char) in ("R", "AL") for char in text):
        found = [0] * len(text)
    else:
        found = levels(text, base)
    told = [(char, level) for char, level in zip(text, found, strict=True) if char not in (ISOLATE, END)]
    for frag in frags:
        frag.text = frag.text.replace(ISOLATE, "").replace(END, "")
    return [
        (level, told[place + 1][1] if place + 1 < len(told) else base)
        for place, (char, level) in enumerate(told)
        if not char.isspace()
    ]


def _reordered(pieces: list[tuple[str, Any]], left: Any) -> list[tuple[str, Any]]:
    """The characters of one line as they are seen, each with what it belongs to."""
    told: list[tuple[str, Any, int]] = []
    after = 0
    for text, frag in pieces:
        for char in text:
            level, following = (after, after) if char.isspace() else next(left, (0, 0))
            told.append((char, frag, level))
            after = following
    return [
        (mirrored(told[place][0], level), told[place][1]) for place, level in order([one[2] for one in told])
    ]


def _from_the_right(style: ParagraphStyle) -> ParagraphStyle:
    return ParagraphStyle(f"{style.name}-right", style, alignment=TA_RIGHT)
