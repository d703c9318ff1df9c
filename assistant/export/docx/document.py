"""A briefing as a Word file: real headings, a table of contents, a table of events, citations as Word's footnotes."""

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
from assistant.export.docx.page_setup import BOTTOM, CELL, SMALL, WIDTH, set_up
from assistant.export.docx.runs import write
from assistant.results.answer import Sentence
from assistant.results.briefing import Briefing
from assistant.results.event_table import WHAT_HAPPENED, cell, columns
from assistant.results.wording import date_words

_NARROW = 23  # mm: width of each table column except "What happened", which takes the rest


def render(briefing: Briefing) -> bytes:
    """The briefing as the bytes of a .docx file."""
    file = io.BytesIO()
    _DocumentWriter(briefing).document.save(file)
    return file.getvalue()


class _DocumentWriter:
    """Writes the document of one briefing from top to bottom; `document` is the result."""

    def __init__(self, briefing: Briefing) -> None:
        self.document: Any = Document()
        set_up(self.document, briefing)
        self._notes = Footnotes(self.document, briefing.citations)
        write(self.document.add_paragraph(style="Title"), content.sentence_text(briefing.title))
        notice = [content.sentence_text(briefing.notice)] if briefing.notice else []
        for line in [*content.title_lines(briefing), *notice]:
            write(self.document.add_paragraph(style=SMALL), line)
        self._contents = TableOfContents(self.document)
        self._body(briefing)
        self._contents.attach()
        self._notes.attach()

    def _body(self, briefing: Briefing) -> None:
        if briefing.bottom_line:
            self._contents.heading(content.BOTTOM_LINE, 1)
            self._prose(briefing.bottom_line, style=BOTTOM)
        for heading, sentences in content.judgement_sections(briefing):
            self._contents.heading(heading, 1)
            write(self.document.add_paragraph(style=SMALL), content.judgement_note(briefing))
            for sentence in sentences:
                self._prose([sentence], style="List Bullet")
        self._findings(briefing)
        self._chronology(briefing)
        self._conflicts(briefing)
        self._echoes(briefing)
        if briefing.gaps:
            self._contents.heading(content.GAPS, 1)
            for gap in briefing.gaps:
                write(self._bullet(), content.sentence_text(gap))
        if not content.is_excerpt(briefing):
            self._contents.heading(content.SOURCES, 1)
            write(self.document.add_paragraph(), content.sentence_text(briefing.source_summary.text))
        if self._notes.unmarked:  # a citation that no sentence marks would have no footnote, and be lost
            also_cited = self.document.add_paragraph(style=SMALL)
            write(also_cited, content.ALSO_CITED)
            self._notes.mark(also_cited, self._notes.unmarked)

    def _findings(self, briefing: Briefing) -> None:
        """The paragraphs under their headings; an excerpt has no headings."""
        if briefing.paragraphs and not content.is_excerpt(briefing):
            self._contents.heading(content.FINDINGS, 1)
        for paragraph in briefing.paragraphs:
            if not content.is_excerpt(briefing):
                self._contents.heading(content.sentence_text(paragraph.heading), 2)
            self._prose(paragraph.sentences)
            if paragraph.confidence:
                write(
                    self.document.add_paragraph(style=SMALL), content.sentence_text(paragraph.confidence.text)
                )

    def _chronology(self, briefing: Briefing) -> None:
        """The table of events: rows do not break across pages, and the head row repeats on each page."""
        if not briefing.chronology:
            return
        self._contents.heading(content.CHRONOLOGY, 1)
        names = columns(briefing.chronology)
        widths = [
            Mm(WIDTH - _NARROW * (len(names) - 1)) if name == WHAT_HAPPENED else Mm(_NARROW) for name in names
        ]
        table = self.document.add_table(rows=1, cols=len(names), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for table_cell, name in zip(table.rows[0].cells, names, strict=True):
            table_cell.paragraphs[0].style = self.document.styles[CELL]
            write(table_cell.paragraphs[0], name, bold=True)
        for event in briefing.chronology:
            for table_cell, name in zip(table.add_row().cells, names, strict=True):
                table_cell.paragraphs[0].style = self.document.styles[CELL]
                write(table_cell.paragraphs[0], content.sentence_text(cell(event, name)))
                if name == WHAT_HAPPENED:
                    self._notes.mark(table_cell.paragraphs[0], event.citations)
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for table_cell, width in zip(row.cells, widths, strict=True):
                table_cell.width = width
        table.rows[0]._tr.trPr.append(OxmlElement("w:tblHeader"))

    def _conflicts(self, briefing: Briefing) -> None:
        if briefing.conflicts:
            self._contents.heading(content.CONFLICTS, 1)
        for conflict in briefing.conflicts:
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.keep_with_next = True
            write(paragraph, content.sentence_text(conflict.about), bold=True)
            write(paragraph, f" ({content.conflict_kind(conflict)})")
            for side in conflict.sides:
                bullet = self._bullet()
                write(bullet, f"{date_words(side.date)}: {content.sentence_text(side.text)}")
                self._notes.mark(bullet, side.citations)

    def _echoes(self, briefing: Briefing) -> None:
        if briefing.echoes:
            self._contents.heading(content.ECHOES, 1)
        for echo in briefing.echoes:
            bullet = self._bullet()
            write(bullet, content.sentence_text(echo.origin), bold=True)
            write(bullet, f" ({content.echo_kind(echo)}): {content.carriers(echo)}")
            self._notes.mark(bullet, echo.citations)

    def _prose(self, sentences: Sequence[Sentence], style: str | None = None) -> None:
        """Sentences with their markers, in one paragraph."""
        paragraph = self.document.add_paragraph(style=style)
        for number, sentence in enumerate(sentences):
            write(paragraph, (" " if number else "") + content.plain_text(sentence))
            self._notes.mark(paragraph, sentence.citations)

    def _bullet(self) -> Any:
        return self.document.add_paragraph(style="List Bullet")
