"""Reads the text of a Word paragraph as Word shows it: without deletions, hidden text and field codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ingest.readers.common.ooxml import COMPATIBILITY, DIAGRAM, MATH
from ingest.readers.common.symbol_fonts import character_of_code, symbol_character
from ingest.readers.docx.equations import equation_text
from ingest.readers.docx.styles import VALUE_ATTRIBUTE, WORDPROCESSINGML

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_SKIPPED_TAGS = frozenset(
    f"{WORDPROCESSINGML}{name}"
    for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "rt", "instrText", "delText")
)
# Elements that stand for one character.
_CHARACTERS = {
    f"{WORDPROCESSINGML}tab": " ",
    f"{WORDPROCESSINGML}br": "\n",
    f"{WORDPROCESSINGML}cr": "\n",
    f"{WORDPROCESSINGML}noBreakHyphen": "-",
}
_NOTE_KINDS = {
    f"{WORDPROCESSINGML}footnoteReference": "footnotes",
    f"{WORDPROCESSINGML}endnoteReference": "endnotes",
}
_OFF = ("0", "false", "off")  # values of a property that is on or off


@dataclass
class InlineContent:
    """A paragraph's text, and what is anchored in it and read after it."""

    text: str = ""
    boxes: list[Any] = field(default_factory=list)  # txbxContent elements of text boxes
    notes: list[tuple[str, str]] = field(default_factory=list)  # ("footnotes" or "endnotes", identifier)
    charts: list[Any] = field(default_factory=list)  # elements that refer to chart parts
    diagrams: list[Any] = field(default_factory=list)  # elements that refer to SmartArt parts


def inline_of(paragraph: Any) -> InlineContent:
    """The text that a paragraph (an lxml element) shows, tabs as spaces, and what is anchored in it."""
    inline = InlineContent()
    _RunReader(inline).read(paragraph)
    return inline


def preferred_alternative(alternatives: Any) -> Any | None:
    """The child of an AlternateContent element to read: the choice for newer programs, else the fallback."""
    choice = alternatives.find(f"{COMPATIBILITY}Choice")
    return choice if choice is not None else alternatives.find(f"{COMPATIBILITY}Fallback")


def is_on(element: Any | None) -> bool:
    """Whether an on-off property is present and not switched off; `None` stands for an absent one.

    `is_on(None) is False`
    """
    return element is not None and element.get(VALUE_ATTRIBUTE) not in _OFF


def is_placeholder(control: Any) -> bool:
    """Whether a content control shows only its prompt, such as "Click here to enter text"."""
    return is_on(control.find(f"{WORDPROCESSINGML}sdtPr/{WORDPROCESSINGML}showingPlcHdr"))


class _RunReader:
    """Collects the text of one paragraph, skipping what stands inside field codes."""

    def __init__(self, inline: InlineContent) -> None:
        self._inline = inline
        self._fields: list[
            bool
        ] = []  # one for each open field: whether its code, not its result, is being read

    def read(self, element: Any) -> None:
        """Takes in all that an element holds, whatever it is nested in."""
        for child in element:
            tag = child.tag
            if tag in _SKIPPED_TAGS:
                continue
            if tag == f"{WORDPROCESSINGML}t":
                self._write(child.text or "")
            elif tag == f"{WORDPROCESSINGML}r":
                self._run(child)
            elif tag in _CHARACTERS:
                if child.get(f"{WORDPROCESSINGML}type") not in ("page", "column"):
                    self._write(_CHARACTERS[tag])
            elif tag == f"{WORDPROCESSINGML}fldChar":
                self._field(child.get(f"{WORDPROCESSINGML}fldCharType"))
            elif tag == f"{WORDPROCESSINGML}sym":
                self._write(_symbol(child))
            elif tag in _NOTE_KINDS:
                self._inline.notes.append((_NOTE_KINDS[tag], child.get(f"{WORDPROCESSINGML}id", "")))
            elif tag == f"{MATH}oMath":
                before = child.getprevious()
                self._write("\n" if before is not None and before.tag == tag else "")
                self._write(equation_text(child))
            elif tag == f"{MATH}oMathPara":
                self._write("\n".join(["", *map(equation_text, child.iterchildren(f"{MATH}oMath")), ""]))
            elif tag == f"{WORDPROCESSINGML}txbxContent":
                self._inline.boxes.append(child)
            elif tag == _CHART:
                self._inline.charts.append(child)
            elif tag == f"{DIAGRAM}relIds":
                self._inline.diagrams.append(child)
            elif tag == f"{COMPATIBILITY}AlternateContent":
                if (choice := preferred_alternative(child)) is not None:
                    self.read(choice)
            elif not (tag == f"{WORDPROCESSINGML}sdt" and is_placeholder(child)):
                self.read(child)

    def _run(self, run: Any) -> None:
        if not is_on(run.find(f"{WORDPROCESSINGML}rPr/{WORDPROCESSINGML}vanish")):
            self.read(run)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif self._fields and kind == "separate":
            self._fields[-1] = False
        elif self._fields and kind == "end":
            self._fields.pop()

    def _write(self, text: str) -> None:
        if not any(self._fields):
            self._inline.text += text


def _symbol(element: Any) -> str:
    """The character that a `w:sym` element shows; "" for ornaments and damaged codes."""
    try:
        code = int(element.get(f"{WORDPROCESSINGML}char") or "", 16)
    except ValueError:
        return ""
    return symbol_character(element.get(f"{WORDPROCESSINGML}font") or "", character_of_code(code))
