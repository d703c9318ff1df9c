"""The table of contents of a Word file: a field that Word can bring up to date, its entries already there.

Without page numbers: only Word knows on which page a heading comes to stand, and a wrong number is worse than none. The
entries are links, and whoever wants the numbers has Word set the field's options and update it.
"""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from assistant.export import content as outline
from assistant.export.docx.page_setup import field_mark
from assistant.export.docx.runs import write

_FIRST_ID = 100_000  # of the headings' bookmarks: those of the citations are their numbers
_FEWEST = 2  # headings worth a table
_CODE = r' TOC \o "1-2" \n \h \z \u '


class TableOfContents:
    """Headings as they are written, and the table that lists them."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._headings: list[tuple[int, str, str]] = []  # level, text, name of its bookmark
        self._place = document.add_paragraph()  # where the table goes

    def heading(self, text: str, level: int) -> None:
        """Add a heading of level 1 or 2 to the document."""
        paragraph = self._document.add_heading("", level)
        at = len(self._headings)
        name = f"_Toc{_FIRST_ID + at:09}"
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(tag)
            mark.set(qn("w:id"), str(_FIRST_ID + at))
            if tag == "w:bookmarkStart":
                mark.set(qn("w:name"), name)
            paragraph._p.append(mark)
            if tag == "w:bookmarkStart":
                write(paragraph, text)
        self._headings.append((level, text, name))

    def attach(self) -> None:
        """Put the table in its place; none where there is little to list."""
        if len(self._headings) < _FEWEST:
            self._place._p.getparent().remove(self._place._p)
            return
        block: Any = parse_xml(
            f'<w:sdt {nsdecls("w")}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
            "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent/></w:sdt>"
        )
        content = block.find(qn("w:sdtContent"))
        title = self._paragraph("TOC Heading")
        write(title, outline.CONTENTS)
        content.append(title._p)
        lines = [self._entry(*one) for one in self._headings]
        opening = [field_mark("begin"), OxmlElement("w:instrText"), field_mark("separate")]
        opening[1].set(qn("xml:space"), "preserve")
        opening[1].text = _CODE
        for mark in reversed(opening):
            lines[0]._p.insert(1, _run(mark))  # after its properties
        lines[-1]._p.append(_run(field_mark("end")))
        for line in lines:
            content.append(line._p)
        self._place._p.addprevious(block)
        self._place._p.getparent().remove(self._place._p)

    def _entry(self, level: int, text: str, name: str) -> Paragraph:
        line = self._paragraph(f"toc {level}")
        write(line, text)
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), name)
        link.set(qn("w:history"), "1")
        for run in line.runs:
            link.append(run._r)
        line._p.append(link)
        return line

    def _paragraph(self, style: str) -> Paragraph:
        element: Any = OxmlElement("w:p")
        made = Paragraph(element, self._document)
        made.style = self._document.styles[style]
        return made


def _run(child: Any) -> Any:
    run = OxmlElement("w:r")
    run.append(child)
    return run
