"""A PDF with an outline, page numbers and markers that lead to their endnotes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import escape
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from assistant.answer import Sentence
from assistant.briefing import Briefing, Event
from assistant.event_table import WHAT, cell, columns
from assistant.export import outline
from assistant.export.fonts import Font, font_for
from assistant.export.timeline_drawing import drawing
from assistant.wording import date_words

_TEXT, _NARROW = 162 * mm, 25 * mm  # widths of a page's text, and of a column beside what happened
_ACCENT, _MUTED, _LINE = (colors.HexColor(code) for code in ("#0b5a8a", "#5b6673", "#d9dee4"))


def render(one: Briefing) -> bytes:
    made = io.BytesIO()
    document = _Document(
        made, pagesize=A4, title=one.title, author="Briefing Desk", subject=one.topic,
        leftMargin=24 * mm, rightMargin=24 * mm, topMargin=20 * mm, bottomMargin=20 * mm,
    )  # fmt: skip
    sheet = _Sheet(font_for(str(one.to_json())))
    document.build(sheet.of(one), onFirstPage=sheet.foot, onLaterPages=sheet.foot)
    return made.getvalue()


class _Document(SimpleDocTemplate):
    """With an outline made of the headings."""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802  (ReportLab's name)
        if isinstance(flowable, Paragraph) and flowable.style.name in ("title", "heading"):
            key = f"part{id(flowable)}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(flowable.getPlainText(), key, int(flowable.style.name == "heading"))


class _Sheet:
    """Flowables of one briefing in one font."""

    def __init__(self, font: Font) -> None:
        self._font = font
        body = ParagraphStyle("body", fontName=font.plain, fontSize=9.5, leading=14, spaceAfter=5)
        self._body = body
        self._title = ParagraphStyle("title", body, fontName=font.bold, fontSize=17, leading=21, spaceAfter=4)
        self._heading = ParagraphStyle(
            "heading", body, fontName=font.bold, fontSize=11.5, spaceBefore=10, keepWithNext=1
        )
        self._small = ParagraphStyle("small", body, fontSize=8, leading=11, textColor=_MUTED, spaceAfter=2)
        self._bottom = ParagraphStyle(
            "bottom",
            body,
            borderPadding=8,
            backColor=colors.HexColor("#eef4f8"),
            spaceBefore=14,
            spaceAfter=12,
        )
        self._bullet = ParagraphStyle("bullet", body, leftIndent=12, bulletIndent=2)
        self._note = ParagraphStyle(
            "note", body, fontSize=8.5, leading=12, leftIndent=22, firstLineIndent=-22
        )

    def of(self, one: Briefing) -> list[Flowable]:
        made: list[Flowable] = [Paragraph(self._text(outline.said(one.title)), self._title)]
        lines = [*outline.head(one), *([one.notice] if one.notice else [])]
        made += [Paragraph(self._text(line), self._small) for line in lines]
        bottom = f"<b>{outline.BOTTOM_LINE}.</b> {self._prose(one.bottom_line)}"
        made.append(Paragraph(bottom, self._bottom))
        for heading, sentences in outline.judged(one):
            made.append(Paragraph(heading, self._heading))
            made.append(Paragraph(self._text(outline.of_judgements(one)), self._small))
            made += [Paragraph(self._prose([each]), self._bullet, bulletText="•") for each in sentences]
        for paragraph in one.paragraphs:
            made.append(Paragraph(self._text(outline.said(paragraph.heading)), self._heading))
            made.append(Paragraph(self._prose(paragraph.sentences), self._body))
        made += self._chronology(one) + self._conflicts(one)
        if one.gaps:
            made.append(Paragraph(outline.GAPS, self._heading))
            made += [
                Paragraph(self._text(outline.said(gap)), self._bullet, bulletText="•") for gap in one.gaps
            ]
        made.append(Paragraph(outline.SOURCES, self._heading))
        made.append(Paragraph(self._text(outline.said(one.source_summary.text)), self._body))
        return made + self._endnotes(one)

    def foot(self, canvas: Any, document: Any) -> None:
        canvas.saveState()
        canvas.setFont(self._font.plain, 8)
        canvas.setFillColor(_MUTED)
        canvas.drawRightString(A4[0] - 24 * mm, 11 * mm, str(document.page))
        canvas.restoreState()

    def _chronology(self, one: Briefing) -> list[Flowable]:
        if not one.chronology:
            return []
        names = columns(one.chronology)
        rows = [[Paragraph(name, self._small) for name in names]]
        for event in one.chronology:
            rows.append([Paragraph(self._cell(event, name), self._body) for name in names])
        spare = _TEXT - _NARROW * (len(names) - 1)
        widths = [spare if name == WHAT else _NARROW for name in names]
        table = Table(rows, colWidths=widths, splitInRow=1, repeatRows=1)
        table.setStyle(
            TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE)])
        )
        picture = drawing(one.chronology, _TEXT, self._font.plain)
        return [
            Paragraph(outline.CHRONOLOGY, self._heading),
            *([picture] if picture is not None else []),
            table,
            Spacer(0, 6),
        ]

    def _cell(self, event: Event, name: str) -> str:
        said = self._text(outline.said(cell(event, name)))
        return said + (self._markers(event.citations) if name == WHAT else "")

    def _conflicts(self, one: Briefing) -> list[Flowable]:
        if not one.conflicts:
            return []
        made: list[Flowable] = [Paragraph(outline.CONFLICTS, self._heading)]
        for conflict in one.conflicts:
            about = f"<b>{self._text(outline.said(conflict.about))}</b> ({outline.kind_of(conflict)})"
            made.append(Paragraph(about, self._body))
            for side in conflict.sides:
                said = f"{date_words(side.date)}: {self._text(outline.said(side.text))}{self._markers(side.citations)}"
                made.append(Paragraph(said, self._bullet, bulletText="•"))
        return made

    def _endnotes(self, one: Briefing) -> list[Flowable]:
        if not one.citations:
            return []
        return [
            Paragraph(outline.ENDNOTES, self._heading),
            *(
                Paragraph(
                    f'<a name="note{citation.number}"/>[{citation.number}] {self._text(outline.credit(citation))}. '
                    f"“{self._text(outline.quote(citation))}”",
                    self._note,
                )
                for citation in one.citations
            ),
        ]

    def _prose(self, sentences: Sequence[Sentence]) -> str:
        return " ".join(self._text(outline.plain(one)) + self._markers(one.citations) for one in sentences)

    def _markers(self, numbers: Sequence[int]) -> str:
        return "".join(f' <a href="#note{number}" color="#0b5a8a">[{number}]</a>' for number in numbers)

    def _text(self, text: str) -> str:
        return escape(self._font.shown(text), quote=False)
