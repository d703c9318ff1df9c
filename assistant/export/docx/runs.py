"""Text in a Word file, cut into runs that state their direction and language, as Word needs for Arabic and Hebrew."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from assistant.export import content

_HEBREW = re.compile(r"[\u0590-\u05ff\ufb1d-\ufb4f]")
# Paragraph runs from the right? -> LEFT-TO-RIGHT MARK or RIGHT-TO-LEFT MARK. LibreOffice ignores where runs end and
# would draw a number or a marker that follows a name into the name; an invisible letter of the paragraph's own
# direction between them prevents that.
_MARKS = {False: "\u200e", True: "\u200f"}
# What may follow w:bidi in a paragraph's properties: Word accepts its elements in one order only.
_AFTER_BIDI = (
    "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
    "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl",
    "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip


def write(paragraph: Any, text: str, *, bold: bool = False) -> None:
    """Add text to a paragraph as runs of one direction each; the paragraph's first text decides its own direction."""
    if not paragraph.runs and content.begins_right_to_left(text):
        _set_right_to_left(paragraph)
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
    """The text as stretches of one direction: (stretch, runs from the right); joined they are the text.

    `base` says whether the paragraph runs from the right. Spaces, digits and punctuation belong to letters of the
    other direction only between two of them, else to the paragraph; a letter keeps its combining marks.

    >>> list(pieces("a אב 12 ג, b", base=False))
    [('a ', False), ('אב 12 ג', True), (', b', False)]
    """
    strong = [
        (index, bidi_class != "L")
        for index, bidi_class in enumerate(map(unicodedata.bidirectional, text))
        if bidi_class in ("L", "R", "AL")
    ]
    against = [index for index, right_to_left in strong if right_to_left != base]
    start = 0
    while against:
        first = against[0]
        stop = next(
            (index for index, right_to_left in strong if index > first and right_to_left == base), len(text)
        )
        inside = [index for index in against if index < stop]
        end = inside[-1] + 1
        while end < len(text) and unicodedata.bidirectional(text[end]) == "NSM":
            end += 1  # combining marks of the last letter
        if first > start:
            yield text[start:first], base
        yield text[first:end], not base
        start, against = end, against[len(inside) :]
    if start < len(text):
        yield text[start:], base


def _set_right_to_left(paragraph: Any) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)
