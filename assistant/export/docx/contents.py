"""The table of contents of a Word file: a field that Word can update, its entries filled in as links.

The entries have no page numbers. Only Word knows on which page a heading falls, and a wrong number is worse than none;
a reader who wants them updates the field in Word.
"""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from assistant.export.content import CONTENTS
from assistant.export.docx.page_setup import field_mark
from assistant.export.docx.runs import write

_FIRST_ID = 100_000  # ids of the headings' bookmarks start here: footnotes use the numbers of the citations
_FEWEST = 2  # headings that are worth a table
_CODE = r' TOC \o "1-2" \n \h \z \u '  # levels 1 and 2, without page numbers, as links


class TableOfContents:
    """Writes the headings of a document, and in the end the table that lists them.

    The table goes where the object was created. Call `heading` for each heading, then `attach` once.
    """

    def __init__(self, document: Any) -> None:
        self._document = document
        self._headings: list[tuple[int, str, str]] = []  # level, text, name of its bookmark
        self._placeholder = document.add_paragraph()

    def heading(self, text: str, level: int) -> None:
        """Add a heading of level 1 or 2 to the end of the document, with a bookmark around its text."""
        paragraph = self._document.add_heading("", level)
        bookmark_id = _FIRST_ID + len(self._headings)
        name = f"_Toc{bookmark_id:09}"
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(bookmark_id))
        start.set(qn("w:name"), name)
        paragraph._p.append(start)
        write(paragraph, text)
        paragraph._p.append(end)
        self._headings.append((level, text, name))

    def attach(self) -> None:
        """Replace the placeholder by the table; with fewer than two headings it is only removed."""
        if len(self._headings) < _FEWEST:
            self._placeholder._p.getparent().remove(self._placeholder._p)
            return
        block: Any = parse_xml(
            f'<w:sdt {nsdecls("w")}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
            "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent/></w:sdt>"
        )
        content = block.find(qn("w:sdtContent"))
        title = self._paragraph("TOC Heading")
        write(title, CONTENTS)
        content.append(title._p)
        # One field spans all entries: it opens in the first and ends in the last.
        lines = [self._entry(*heading) for heading in self._headings]
        opening = [field_mark("begin"), OxmlElement("w:instrText"), field_mark("separate")]
        opening[1].set(qn("xml:space"), "preserve")
        opening[1].text = _CODE
        for mark in reversed(opening):
            lines[0]._p.insert(1, _run(mark))  # child 0 is w:pPr, which has to stay first
        lines[-1]._p.append(_run(field_mark("end")))
        for line in lines:
            content.append(line._p)
        self._placeholder._p.addprevious(block)
        self._placeholder._p.getparent().remove(self._placeholder._p)

    def _entry(self, level: int, text: str, name: str) -> Paragraph:
        """A line of the table: the heading's text as a link to its bookmark."""
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
        """An empty paragraph that is not yet in the document."""
        element: Any = OxmlElement("w:p")
        paragraph = Paragraph(element, self._document)
        paragraph.style = self._document.styles[style]
        return paragraph


def _run(child: Any) -> Any:
    """A run that holds one element."""
    run = OxmlElement("w:r")
    run.append(child)
    return run
