"""A Word file with real headings, a table, and endnotes that the markers lead to."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from assistant.answer import Sentence
from assistant.briefing import Briefing
from assistant.event_table import WHAT, cell, columns
from assistant.export import outline
from assistant.wording import date_words

_TABLE, _NARROW = 435, 72  # points: a page's text, and a column beside what happened
_MUTED = RGBColor(0x5B, 0x66, 0x73)
# XML 1.0 cannot hold these, whatever a source says.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def render(one: Briefing) -> bytes:
    document = Document()
    document.core_properties.title = _text(outline.said(one.title))[:255]
    document.core_properties.author = "Briefing Desk"
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Calibri", Pt(11)
    document.add_heading(_text(outline.said(one.title)), 0)
    for line in [*outline.head(one), *([one.notice] if one.notice else [])]:
        _small(document.add_paragraph(), line)
    document.add_heading(outline.BOTTOM_LINE, 1)
    _prose(document.add_paragraph(style="Intense Quote"), one.bottom_line)
    for heading, sentences in outline.judged(one):
        document.add_heading(heading, 1)
        _small(document.add_paragraph(), outline.of_judgements(one))
        for each in sentences:
            _prose(document.add_paragraph(style="List Bullet"), [each])
    for paragraph in one.paragraphs:
        document.add_heading(_text(outline.said(paragraph.heading)), 1)
        _prose(document.add_paragraph(), paragraph.sentences)
    _chronology(document, one)
    _conflicts(document, one)
    if one.gaps:
        document.add_heading(outline.GAPS, 1)
        for gap in one.gaps:
            document.add_paragraph(_text(outline.said(gap)), style="List Bullet")
    document.add_heading(outline.SOURCES, 1)
    document.add_paragraph(_text(outline.said(one.source_summary.text)))
    _endnotes(document, one)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _chronology(document: Any, one: Briefing) -> None:
    if not one.chronology:
        return
    document.add_heading(outline.CHRONOLOGY, 1)
    names = columns(one.chronology)
    table = document.add_table(rows=1, cols=len(names), style="Light Grid Accent 1")
    for place, name in enumerate(names):
        table.rows[0].cells[place].text = name
    for event in one.chronology:
        for told, name in zip(table.add_row().cells, names, strict=True):
            told.paragraphs[0].add_run(_text(outline.said(cell(event, name))))
            if name == WHAT:
                _markers(told.paragraphs[0], event.citations)
    spare = _TABLE - _NARROW * (len(names) - 1)
    for row in table.rows:
        for told, name in zip(row.cells, names, strict=True):
            told.width = Pt(spare if name == WHAT else _NARROW)


def _conflicts(document: Any, one: Briefing) -> None:
    if not one.conflicts:
        return
    document.add_heading(outline.CONFLICTS, 1)
    for conflict in one.conflicts:
        paragraph = document.add_paragraph()
        paragraph.add_run(_text(outline.said(conflict.about))).bold = True
        paragraph.add_run(f" ({outline.kind_of(conflict)})")
        for side in conflict.sides:
            said = document.add_paragraph(style="List Bullet")
            said.add_run(f"{date_words(side.date)}: {_text(outline.said(side.text))}")
            _markers(said, side.citations)


def _endnotes(document: Any, one: Briefing) -> None:
    if not one.citations:
        return
    document.add_heading(outline.ENDNOTES, 1)
    for citation in one.citations:
        paragraph = document.add_paragraph()
        _bookmark(paragraph, citation.number)
        paragraph.add_run(f"[{citation.number}] {_text(outline.credit(citation))}. ")
        paragraph.add_run(f"“{_text(outline.quote(citation))}”").italic = True


def _prose(paragraph: Any, sentences: Sequence[Sentence]) -> None:
    for sentence in sentences:
        paragraph.add_run(_text(outline.plain(sentence)))
        _markers(paragraph, sentence.citations)
        paragraph.add_run(" ")


def _small(paragraph: Any, text: str) -> None:
    run = paragraph.add_run(_text(text))
    run.font.size, run.font.color.rgb = Pt(9), _MUTED
    paragraph.paragraph_format.space_after = Pt(2)


def _markers(paragraph: Any, numbers: Sequence[int]) -> None:
    """[1], each a link to its endnote."""
    for number in numbers:
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), f"note{number}")
        run = paragraph.add_run(f" [{number}]")
        run.font.color.rgb = RGBColor(0x0B, 0x5A, 0x8A)
        link.append(run._r)
        paragraph._p.append(link)


def _bookmark(paragraph: Any, number: int) -> None:
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(number))
        if tag == "w:bookmarkStart":
            mark.set(qn("w:name"), f"note{number}")
        paragraph._p.append(mark)


def _text(text: str) -> str:
    return _FORBIDDEN.sub("", text)
