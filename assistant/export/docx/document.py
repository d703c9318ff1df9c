"""A Word file with real headings, a table of contents, a table of events, and the citations as Word's own footnotes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.shared import Mm

from assistant.export import content
from assistant.export.docx.contents import TableOfContents
from assistant.export.docx.footnotes import Footnotes
from assistant.export.docx.page_setup import BOTTOM, CELL, SMALL, WIDTH, frame
from assistant.export.docx.runs import write
from assistant.results.answer import Sentence
from assistant.results.briefing import Briefing
from assistant.results.event_table import WHAT, cell, columns
from assistant.results.wording import date_words

_NARROW = 23  # millimetres: a column beside what happened


def render(one: Briefing) -> bytes:
    made = io.BytesIO()
    _DocumentWriter(one).document.save(made)
    return made.getvalue()


class _DocumentWriter:
    """The document of one briefing, written from top to bottom."""

    def __init__(self, one: Briefing) -> None:
        self.document: Any = Document()
        frame(self.document, one)
        self._notes = Footnotes(self.document, one.citations)
        write(self.document.add_paragraph(style="Title"), content.sentence_text(one.title))
        for line in [*content.title_lines(one), *([content.sentence_text(one.notice)] if one.notice else [])]:
            write(self.document.add_paragraph(style=SMALL), line)
        self._contents = TableOfContents(self.document)
        self._body(one)
        self._contents.attach()
        self._notes.attach()

    def _body(self, one: Briefing) -> None:
        if one.bottom_line:
            self._contents.heading(content.BOTTOM_LINE, 1)
            self._prose(one.bottom_line, style=BOTTOM)
        for heading, sentences in content.judged(one):
            self._contents.heading(heading, 1)
            write(self.document.add_paragraph(style=SMALL), content.of_judgements(one))
            for each in sentences:
                self._prose([each], style="List Bullet")
        self._findings(one)
        self._chronology(one)
        self._conflicts(one)
        self._echoes(one)
        if one.gaps:
            self._contents.heading(content.GAPS, 1)
            for gap in one.gaps:
                write(self._bullet(), content.sentence_text(gap))
        if not content.is_excerpt(one):
            self._contents.heading(content.SOURCES, 1)
            write(self.document.add_paragraph(), content.sentence_text(one.source_summary.text))
        if self._notes.unmarked:  # no citation is lost, even one that no shown sentence refers to
            also = self.document.add_paragraph(style=SMALL)
            write(also, content.ALSO_CITED)
            self._notes.mark(also, self._notes.unmarked)

    def _findings(self, one: Briefing) -> None:
        if one.paragraphs and not content.is_excerpt(one):
            self._contents.heading(content.FINDINGS, 1)
        for paragraph in one.paragraphs:
            if not content.is_excerpt(one):
                self._contents.heading(content.sentence_text(paragraph.heading), 2)
            self._prose(paragraph.sentences)
            if paragraph.confidence:
                write(
                    self.document.add_paragraph(style=SMALL), content.sentence_text(paragraph.confidence.text)
                )

    def _chronology(self, one: Briefing) -> None:
        if not one.chronology:
            return
        self._contents.heading(content.CHRONOLOGY, 1)
        names = columns(one.chronology)
        widths = [Mm(WIDTH - _NARROW * (len(names) - 1)) if name == WHAT else Mm(_NARROW) for name in names]
        table = self.document.add_table(rows=1, cols=len(names), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for place, name in zip(table.rows[0].cells, names, strict=True):
            place.paragraphs[0].style = self.document.styles[CELL]
            write(place.paragraphs[0], name, bold=True)
        for event in one.chronology:
            for place, name in zip(table.add_row().cells, names, strict=True):
                place.paragraphs[0].style = self.document.styles[CELL]
                write(place.paragraphs[0], content.sentence_text(cell(event, name)))
                if name == WHAT:
                    self._notes.mark(place.paragraphs[0], event.citations)
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for place, width in zip(row.cells, widths, strict=True):
                place.width = width
        table.rows[0]._tr.trPr.append(OxmlElement("w:tblHeader"))

    def _conflicts(self, one: Briefing) -> None:
        if one.conflicts:
            self._contents.heading(content.CONFLICTS, 1)
        for conflict in one.conflicts:
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.keep_with_next = True
            write(paragraph, content.sentence_text(conflict.about), bold=True)
            write(paragraph, f" ({content.conflict_kind(conflict)})")
            for side in conflict.sides:
                told = self._bullet()
                write(told, f"{date_words(side.date)}: {content.sentence_text(side.text)}")
                self._notes.mark(told, side.citations)

    def _echoes(self, one: Briefing) -> None:
        if one.echoes:
            self._contents.heading(content.ECHOES, 1)
        for echo in one.echoes:
            told = self._bullet()
            write(told, content.sentence_text(echo.origin), bold=True)
            write(told, f" ({content.kind_of_echo(echo)}): {content.carriers(echo)}")
            self._notes.mark(told, echo.citations)

    def _prose(self, sentences: Sequence[Sentence], style: str | None = None) -> None:
        paragraph = self.document.add_paragraph(style=style)
        for place, sentence in enumerate(sentences):
            write(paragraph, (" " if place else "") + content.plain_text(sentence))
            self._notes.mark(paragraph, sentence.citations)

    def _bullet(self) -> Any:
        return self.document.add_paragraph(style="List Bullet")
