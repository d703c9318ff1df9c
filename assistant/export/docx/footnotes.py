"""Word's own footnotes, which python-docx cannot make: the part of the file that holds them, and the references.

Footnotes and not endnotes: LibreOffice puts endnotes on a page without header and footer, so without the handling
marking. Word counts footnotes itself, so a reader may add notes of their own. Where Word's count would not give the
numbers of the briefing, each note carries its number as a custom mark instead.
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

_SEPARATORS = {-1: "separator", 0: "continuationSeparator"}  # the ids that Word itself gives these two
# Elements that have to follow w:footnotePr in settings.xml, as far as python-docx's template has them.
_AFTER_NOTES = ("endnotePr", "compat", "docVars", "rsids", "mathPr", "attachedSchema", "themeFontLang",
                "clrSchemeMapping", "shapeDefaults", "decimalSymbol", "listSeparator")  # fmt: skip


class Footnotes:
    """The notes of one document: `mark` refers to them, `attach` writes them once the text is complete."""

    def __init__(self, document: Any, citations: Sequence[Citation]) -> None:
        self._document = document
        self._citations = {citation.number: citation for citation in citations}
        self._references: dict[int, Any] = {}  # number -> its w:footnoteReference, in the order of the text

    @property
    def unmarked(self) -> list[int]:
        """Numbers of the citations that `mark` has not referred to yet."""
        return [number for number in self._citations if number not in self._references]

    def mark(self, paragraph: Any, numbers: Sequence[int]) -> None:
        """Add " [1]" for each number: the first is the footnote's reference, a later one a link to the first."""
        for number in numbers:
            paragraph.add_run(" ")
            self._append(paragraph._p, _text("["))
            if number in self._references:
                for part in _cross_reference(number):
                    self._append(paragraph._p, part)
            else:
                self._references[number] = _element("w:footnoteReference", id=number)
                paragraph._p.append(_element("w:bookmarkStart", id=number, name=_bookmark(number)))
                self._append(paragraph._p, self._references[number])
                paragraph._p.append(_element("w:bookmarkEnd", id=number))
            self._append(paragraph._p, _text("]"))

    def attach(self) -> None:
        """Add the part with the notes, its relationship and its entry in the settings. Call once, at the end.

        Raises KeyError if `mark` was given a number that has no citation.
        """
        if not self._references:
            return
        # Word numbers notes 1, 2, 3 … in the order of the text. Only then may it count them.
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
        self._name_separators()

    def _note(self, citation: Citation, counted: bool) -> Any:
        """The note of a citation: a paragraph with its credit, and one with its quote."""
        note = _element("w:footnote", id=citation.number)
        credit = self._paragraph(NOTE)
        self._append(credit._p, OxmlElement("w:footnoteRef") if counted else _text(str(citation.number)))
        write(credit, f" {content.credit(citation)}")
        quote = self._paragraph(QUOTED)
        write(quote, f"“{content.quote(citation)}”")
        note.append(credit._p)
        note.append(quote._p)
        return note

    def _append(self, paragraph: Any, child: Any) -> None:
        """Add a run with one element in the style of references."""
        run, properties = OxmlElement("w:r"), OxmlElement("w:rPr")
        properties.append(_element("w:rStyle", val=self._document.styles[REFERENCE].style_id))
        run.append(properties)
        run.append(child)
        paragraph.append(run)

    def _paragraph(self, style: str) -> Any:
        """An empty paragraph outside the document's body."""
        element: Any = OxmlElement("w:p")
        paragraph = Paragraph(element, self._document)
        paragraph.style = self._document.styles[style]
        return paragraph

    def _name_separators(self) -> None:
        """Name the separators in the settings, before the elements that have to follow them."""
        settings = self._document.settings.element
        properties = OxmlElement("w:footnotePr")
        for number in _SEPARATORS:
            properties.append(_element("w:footnote", id=number))
        following = {qn(f"w:{name}") for name in _AFTER_NOTES} | {qn("m:mathPr")}
        index = next((index for index, child in enumerate(settings) if child.tag in following), len(settings))
        settings.insert(index, properties)


def _cross_reference(number: int) -> list[Any]:
    """The elements of a NOTEREF field that repeats the mark of a note and links to its first reference."""
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" NOTEREF {_bookmark(number)} \\h "
    begin, separate, end = (_element("w:fldChar", fldCharType=kind) for kind in ("begin", "separate", "end"))
    return [begin, code, separate, _text(str(number)), end]


def _bookmark(number: int) -> str:
    """The name of the bookmark around a note's first reference."""
    return f"cited{number}"


def _separator(number: int, kind: str) -> Any:
    """The line between text and notes, which Word expects as a note of its own."""
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
    element = OxmlElement("w:t")
    element.text = text
    return element


def _element(tag: str, **attributes: Any) -> Any:
    """An element of WordprocessingML; attribute names are put into the w: namespace."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element
