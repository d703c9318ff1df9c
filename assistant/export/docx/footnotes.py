"""Word's own footnotes, which python-docx cannot make: a part of the file, and the references that lead to it.

Footnotes and not endnotes, for the marking's sake: LibreOffice puts endnotes on a page that has no head and no foot.
Word counts them itself, so that notes of the reader's own may come between. Where its count would not give the numbers
of the JSON, every note bears its number as a mark of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from lxml import etree

from assistant.export import content
from assistant.export.docx.page_setup import NOTE, QUOTED, REFERENCE
from assistant.export.docx.runs import write
from assistant.results.answer import Citation

_SEPARATORS = {-1: "separator", 0: "continuationSeparator"}  # with the numbers that Word gives them
# What follows w:footnotePr in the settings, of what python-docx's template has.
_AFTER_NOTES = ("endnotePr", "compat", "docVars", "rsids", "mathPr", "attachedSchema", "themeFontLang",
                "clrSchemeMapping", "shapeDefaults", "decimalSymbol", "listSeparator")  # fmt: skip


class Footnotes:
    """The notes of one document; `mark` refers to them, `attach` writes them once all is said."""

    def __init__(self, document: Any, citations: Sequence[Citation]) -> None:
        self._document = document
        self._citations = {one.number: one for one in citations}
        self._references: dict[int, Any] = {}  # number -> its element, in the order of the text

    @property
    def unmarked(self) -> list[int]:
        """Citations that nothing has referred to so far."""
        return [number for number in self._citations if number not in self._references]

    def mark(self, paragraph: Any, numbers: Sequence[int]) -> None:
        """Add " [1]" for each: the first refers to its note, a later one to the first."""
        for number in numbers:
            paragraph.add_run(" ")
            self._append(paragraph._p, _text("["))
            if number in self._references:
                for part in _again(number):
                    self._append(paragraph._p, part)
            else:
                self._references[number] = _element("w:footnoteReference", id=number)
                paragraph._p.append(_element("w:bookmarkStart", id=number, name=_name(number)))
                self._append(paragraph._p, self._references[number])
                paragraph._p.append(_element("w:bookmarkEnd", id=number))
            self._append(paragraph._p, _text("]"))

    def attach(self) -> None:
        """Put the notes into the file: the part, its relationship, and what the settings say of it."""
        if not self._references:
            return
        counted = list(self._references) == list(range(1, len(self._references) + 1))
        root = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}/>")
        for number, kind in _SEPARATORS.items():
            root.append(_separator(number, kind))
        for number, reference in self._references.items():
            root.append(self._note(self._citations[number], counted))
            if not counted:
                reference.set(qn("w:customMarkFollows"), "1")
                reference.addnext(_text(str(number)))
        part = self._document.part
        data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        notes = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, data, part.package)
        part.relate_to(notes, RELATIONSHIP_TYPE.FOOTNOTES)
        self._settle()

    def _note(self, citation: Citation, counted: bool) -> Any:
        note = _element("w:footnote", id=citation.number)
        said = self._paragraph(NOTE)
        self._append(said._p, OxmlElement("w:footnoteRef") if counted else _text(str(citation.number)))
        write(said, f" {content.credit(citation)}")
        quoted = self._paragraph(QUOTED)
        write(quoted, f"“{content.quote(citation)}”")
        note.append(said._p)
        note.append(quoted._p)
        return note

    def _append(self, paragraph: Any, child: Any) -> None:
        run, properties = OxmlElement("w:r"), OxmlElement("w:rPr")
        properties.append(_element("w:rStyle", val=self._document.styles[REFERENCE].style_id))
        run.append(properties)
        run.append(child)
        paragraph.append(run)

    def _paragraph(self, style: str) -> Any:
        element: Any = OxmlElement("w:p")
        made = Paragraph(element, self._document)
        made.style = self._document.styles[style]
        return made

    def _settle(self) -> None:
        settings = self._document.settings.element
        properties = OxmlElement("w:footnotePr")
        for number in _SEPARATORS:
            properties.append(_element("w:footnote", id=number))
        after = {qn(f"w:{name}") for name in _AFTER_NOTES} | {qn("m:mathPr")}
        place = next((at for at, one in enumerate(settings) if one.tag in after), len(settings))
        settings.insert(place, properties)


def _again(number: int) -> list[Any]:
    """A cross-reference to a note that has been referred to before: a field, with what it shows."""
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" NOTEREF {_name(number)} \\h "
    begin, separate, end = (_element("w:fldChar", fldCharType=kind) for kind in ("begin", "separate", "end"))
    return [begin, code, separate, _text(str(number)), end]


def _name(number: int) -> str:
    return f"cited{number}"


def _separator(number: int, kind: str) -> Any:
    note, paragraph, run = (
        _element("w:footnote", type=kind, id=number),
        OxmlElement("w:p"),
        OxmlElement("w:r"),
    )
    run.append(OxmlElement(f"w:{kind}"))
    paragraph.append(run)
    note.append(paragraph)
    return note


def _text(text: str) -> Any:
    made = OxmlElement("w:t")
    made.text = text
    return made


def _element(tag: str, **attributes: Any) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made
