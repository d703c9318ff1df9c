"""Text in a Word file: runs that know their direction and language, and paragraphs that begin on the right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from assistant.export import content

_HEBREW = re.compile(r"[\u0590-\u05ff\ufb1d-\ufb4f]")
# An unseen letter of the paragraph's own direction: LibreOffice, which does not look at where runs end, would else draw
# a number or a marker that follows a name into the name.
_MARKS = {False: "\u200e", True: "\u200f"}
# What may follow w:bidi in the properties of a paragraph: Word takes its elements in one order only.
_AFTER_BIDI = (
    "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
    "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl",
    "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip


def write(paragraph: Any, text: str, *, bold: bool = False) -> None:
    """Add text to a paragraph, which takes the direction that its first text begins in."""
    if not paragraph.runs and content.begins_right_to_left(text):
        _from_the_right(paragraph)
    base = paragraph._p.pPr is not None and paragraph._p.pPr.find(qn("w:bidi")) is not None
    for piece, right_to_left in pieces(text, base):
        run = paragraph.add_run(piece)
        if bold:
            run.font.bold, run.font.cs_bold = True, True
        if right_to_left:
            run.font.rtl = True
            language = OxmlElement("w:lang")
            language.set(qn("w:bidi"), "he-IL" if _HEBREW.search(piece) else "ar-SA")
            run._r.get_or_add_rPr().append(language)
        if right_to_left != base:
            paragraph.add_run(_MARKS[base])


def pieces(text: str, base: bool) -> Iterator[tuple[str, bool]]:
    """Stretches of one direction; what has none goes with its surroundings, or with the paragraph's (`base`)."""
    strong = [
        (place, kind != "L")
        for place, kind in enumerate(map(unicodedata.bidirectional, text))
        if kind in ("L", "R", "AL")
    ]
    against = [place for place, right_to_left in strong if right_to_left != base]
    start = 0
    while against:
        opens = against[0]
        stops = next((place for place, one in strong if place > opens and one == base), len(text))
        inside = [place for place in against if place < stops]
        ends = inside[-1] + 1
        while ends < len(text) and unicodedata.bidirectional(text[ends]) == "NSM":
            ends += 1  # a letter's own marks
        if opens > start:
            yield text[start:opens], base
        yield text[opens:ends], not base
        start, against = ends, against[len(inside) :]
    if start < len(text):
        yield text[start:], base


def _from_the_right(paragraph: Any) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)
