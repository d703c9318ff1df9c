"""A PDF with an outline, a marking and page numbers, and markers that lead to their endnotes and back."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from assistant.export import content
from assistant.export.pdf.fonts import Font, font_for
from assistant.export.pdf.pages import MUTED, WIDTH, paged
from assistant.export.pdf.paragraphs import BidiParagraph
from assistant.export.pdf.timeline import drawing
from assistant.results.answer import Citation, Sentence
from assistant.results.briefing import Briefing, Event
from assistant.results.event_table import WHAT, cell, columns
from assistant.results.wording import date_words

_NARROW = 25 * mm  # width of a column beside what happened
_LINK, _LINE = "#0b5a8a", colors.HexColor("#d9dee4")


def render(one: Briefing) -> bytes:
    # The parts of a credit, too: the source's place in words is of our making.
    font = font_for(" ".join([str(one.to_json()), *(content.credit(each) for each in one.citations)]))
    return paged(one, font, lambda: _Flowables(font).of(one))


class _Flowables:
    """Flowables of one briefing in one font."""

    def __init__(self, font: Font) -> None:
        self._font = font
        self._led_back: set[int] = (
            set()
        )  # numbers whose first marker, to which the endnote leads back, stands
        body = ParagraphStyle("body", fontName=font.plain, fontSize=9.5, leading=14, spaceAfter=5)
        self._body = body
        self._title = ParagraphStyle("title", body, fontName=font.bold, fontSize=17, leading=21, spaceAfter=4)
        self._heading = ParagraphStyle(
            "heading", body, fontName=font.bold, fontSize=12.5, leading=16, spaceBefore=12, keepWithNext=1
        )
        self._subheading = ParagraphStyle("subheading", self._heading, fontSize=10.5, spaceBefore=7)
        self._small = ParagraphStyle("small", body, fontSize=8, leading=11, textColor=MUTED, spaceAfter=2)
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
            "note", body, fontSize=8.5, leading=12, leftIndent=22, firstLineIndent=-22, spaceAfter=1,
            keepWithNext=1,
        )  # fmt: skip
        self._quote = ParagraphStyle("quote", body, fontSize=8.5, leading=12, leftIndent=22, spaceAfter=6)

    def of(self, one: Briefing) -> list[Flowable]:
        made: list[Flowable] = [self._headed(one.title, self._title)]
        lines = [*content.title_lines(one), *([one.notice] if one.notice else [])]
        made += [self._lines(line, self._small) for line in lines]
        if one.bottom_line:
            bottom = f"<b>{content.BOTTOM_LINE}.</b> {self._prose(one.bottom_line)}"
            made.append(BidiParagraph(bottom, self._bottom))
        made += self._judged(one)
        made += self._findings(one) + self._chronology(one) + self._conflicts(one) + self._echoes(one)
        if one.gaps:
            made.append(self._headed(content.GAPS))
            made += [self._point(self._said(gap)) for gap in one.gaps]
        if not content.is_excerpt(one):
            made.append(self._headed(content.SOURCES))
            made.append(self._lines(one.source_summary.text, self._body))
        if one.citations:
            made.append(self._headed(content.ENDNOTES))
            made += [each for citation in one.citations for each in self._endnote(citation)]
        return made

    def _headed(self, text: str, style: ParagraphStyle | None = None) -> BidiParagraph:
        made = self._lines(text, style or self._heading)
        made.told = content.sentence_text(text)
        made.depth = (self._title, self._heading, self._subheading).index(style or self._heading)
        return made

    def _judged(self, one: Briefing) -> list[Flowable]:
        made: list[Flowable] = []
        for heading, sentences in content.judged(one):
            made += [self._headed(heading), self._lines(content.of_judgements(one), self._small)]
            made += [self._point(self._prose([each])) for each in sentences]
        return made

    def _findings(self, one: Briefing) -> list[Flowable]:
        made: list[Flowable] = []
        if one.paragraphs and not content.is_excerpt(one):
            made.append(self._headed(content.FINDINGS))
        for paragraph in one.paragraphs:
            if not content.is_excerpt(one):
                made.append(self._headed(paragraph.heading, self._subheading))
            from_right = content.run_from_right(paragraph.sentences)
            made.append(BidiParagraph(self._prose(paragraph.sentences), self._body, from_right=from_right))
            if paragraph.confidence:
                made.append(self._lines(paragraph.confidence.text, self._small))
        return made

    def _chronology(self, one: Briefing) -> list[Flowable]:
        if not one.chronology:
            return []
        names = columns(one.chronology)
        rows = [[BidiParagraph(name, self._small) for name in names]]
        for event in one.chronology:
            rows.append([BidiParagraph(self._cell(event, name), self._body) for name in names])
        spare = WIDTH - _NARROW * (len(names) - 1)
        widths = [spare if name == WHAT else _NARROW for name in names]
        table = Table(rows, colWidths=widths, splitInRow=1, repeatRows=1)
        table.setStyle(
            TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE)])
        )
        picture = drawing(one.chronology, WIDTH, self._font.plain)
        return [
            self._headed(content.CHRONOLOGY),
            *([picture] if picture is not None else []),
            table,
            Spacer(0, 6),
        ]

    def _cell(self, event: Event, name: str) -> str:
        return self._said(cell(event, name)) + (self._markers(event.citations) if name == WHAT else "")

    def _conflicts(self, one: Briefing) -> list[Flowable]:
        if not one.conflicts:
            return []
        made: list[Flowable] = [self._headed(content.CONFLICTS)]
        for conflict in one.conflicts:
            about = f"<b>{self._said(conflict.about)}</b> ({content.conflict_kind(conflict)})"
            made.append(BidiParagraph(about, self._body))
            for side in conflict.sides:
                said = f"{date_words(side.date)}: {self._said(side.text)}{self._markers(side.citations)}"
                made.append(self._point(said))
        return made

    def _echoes(self, one: Briefing) -> list[Flowable]:
        if not one.echoes:
            return []
        points = [
            f"<b>{self._said(echo.origin)}</b> ({content.kind_of_echo(echo)}): {self._said(content.carriers(echo))}"
            f"{self._markers(echo.citations)}"
            for echo in one.echoes
        ]
        return [self._headed(content.ECHOES), *(self._point(each) for each in points)]

    def _point(self, markup: str) -> BidiParagraph:
        return BidiParagraph(markup, self._bullet, bulletText="•")

    def _endnote(self, citation: Citation) -> list[Flowable]:
        number = citation.number
        shown = f"[{number}]"
        if number in self._led_back:
            shown = f'<a href="#ref{number}" color="{_LINK}">{shown}</a>'
        parts = [content.isolate_runs(part) for part in content.credit_parts(citation)]
        origin = self._escaped(content.origin(citation, parts))
        # Readers that copy a line of two directions turn "B2" about: it gets one of its own.
        between = "<br/>" if content.isolate_runs(origin) != origin else " "
        return [
            BidiParagraph(
                f'<a name="note{number}"/>{shown} {origin}.{between}{content.grade_words(citation)}.',
                self._note,
            ),
            self._lines(f"“{content.quote(citation)}”", self._quote),
        ]

    def _prose(self, sentences: Sequence[Sentence]) -> str:
        told = [content.plain_text(one) for one in sentences]
        if any(
            content.isolate_runs(one) != one for one in told
        ):  # each stands for itself, and the markers between them
            told = [content.isolate(one) for one in told]
        return " ".join(
            self._escaped(text) + self._markers(one.citations)
            for text, one in zip(told, sentences, strict=True)
        )

    def _markers(self, numbers: Sequence[int]) -> str:
        return "".join(map(self._marker, numbers))

    def _marker(self, number: int) -> str:
        back = "" if number in self._led_back else f'<a name="ref{number}"/>'
        self._led_back.add(number)
        return f' {back}<a href="#note{number}" color="{_LINK}">[{number}]</a>'

    def _lines(self, text: str, style: ParagraphStyle) -> BidiParagraph:
        """A paragraph of one text, from the side on which it begins."""
        return BidiParagraph(self._said(text), style, from_right=content.begins_right_to_left(text))

    def _said(self, text: str) -> str:
        """Text as markup of ReportLab's, in which every character stands for itself."""
        return self._escaped(content.isolate_runs(content.sentence_text(text)))

    def _escaped(self, text: str) -> str:
        return escape(self._font.shown(text), quote=False)
