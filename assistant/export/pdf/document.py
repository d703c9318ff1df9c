"""A briefing as a PDF with an outline, page numbers, a marking, and links from markers to endnotes and back."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from assistant.export import content
from assistant.export.pdf.fonts import Font, font_for
from assistant.export.pdf.pages import MUTED, WIDTH, build_pdf
from assistant.export.pdf.paragraphs import BidiParagraph
from assistant.export.pdf.timeline import drawing
from assistant.results.answer import Citation, Sentence
from assistant.results.briefing import Briefing, Event
from assistant.results.event_table import WHAT_HAPPENED, cell, columns
from assistant.results.wording import date_words

_NARROW = 25 * mm  # width of each table column except "What happened", which takes the rest
_LINK, _LINE = "#0b5a8a", colors.HexColor("#d9dee4")


def render(briefing: Briefing) -> bytes:
    """The briefing as the bytes of a PDF. Raises RuntimeError if ReportLab's own fonts are missing."""
    # The font has to cover the credits too: they hold words of ours that the JSON does not have.
    credits = [content.credit(citation) for citation in briefing.citations]
    font = font_for(" ".join([str(briefing.to_json()), *credits]))
    return build_pdf(briefing, font, lambda: _Flowables(font).of(briefing))


class _Flowables:
    """Makes the flowables of one briefing in one font. Used once: it remembers which markers it has written."""

    def __init__(self, font: Font) -> None:
        self._font = font
        self._anchored: set[int] = set()  # numbers whose first marker stands: the endnote links back to it
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

    def of(self, briefing: Briefing) -> list[Flowable]:
        """Everything the PDF shows, from title to endnotes."""
        flowables: list[Flowable] = [self._headed(briefing.title, self._title)]
        lines = [*content.title_lines(briefing), *([briefing.notice] if briefing.notice else [])]
        flowables += [self._lines(line, self._small) for line in lines]
        if briefing.bottom_line:
            bottom = f"<b>{content.BOTTOM_LINE}.</b> {self._prose(briefing.bottom_line)}"
            flowables.append(BidiParagraph(bottom, self._bottom))
        flowables += self._judged(briefing)
        flowables += self._findings(briefing)
        flowables += self._chronology(briefing)
        flowables += self._conflicts(briefing)
        flowables += self._echoes(briefing)
        if briefing.gaps:
            flowables.append(self._headed(content.GAPS))
            flowables += [self._point(self._source_text(gap)) for gap in briefing.gaps]
        if not content.is_excerpt(briefing):
            flowables.append(self._headed(content.SOURCES))
            flowables.append(self._lines(briefing.source_summary.text, self._body))
        if briefing.citations:
            flowables.append(self._headed(content.ENDNOTES))
            for citation in briefing.citations:
                flowables += self._endnote(citation)
        return flowables

    # -- the parts, in the order of the document

    def _headed(self, text: str, style: ParagraphStyle | None = None) -> BidiParagraph:
        """A heading, which the PDF's outline lists too."""
        heading = self._lines(text, style or self._heading)
        heading.outline_text = content.sentence_text(text)
        heading.depth = (self._title, self._heading, self._subheading).index(style or self._heading)
        return heading

    def _judged(self, briefing: Briefing) -> list[Flowable]:
        flowables: list[Flowable] = []
        for heading, sentences in content.judgement_sections(briefing):
            flowables += [
                self._headed(heading),
                self._lines(content.judgement_note(briefing), self._small),
            ]
            flowables += [self._point(self._prose([sentence])) for sentence in sentences]
        return flowables

    def _findings(self, briefing: Briefing) -> list[Flowable]:
        """The paragraphs under their headings; an excerpt has no headings."""
        flowables: list[Flowable] = []
        if briefing.paragraphs and not content.is_excerpt(briefing):
            flowables.append(self._headed(content.FINDINGS))
        for paragraph in briefing.paragraphs:
            if not content.is_excerpt(briefing):
                flowables.append(self._headed(paragraph.heading, self._subheading))
            from_right = content.sentences_begin_right_to_left(paragraph.sentences)
            prose = self._prose(paragraph.sentences)
            flowables.append(BidiParagraph(prose, self._body, from_right=from_right))
            if paragraph.confidence:
                flowables.append(self._lines(paragraph.confidence.text, self._small))
        return flowables

    def _chronology(self, briefing: Briefing) -> list[Flowable]:
        """Heading, timeline and table; the table's head repeats on each page, and a long row may break."""
        if not briefing.chronology:
            return []
        names = columns(briefing.chronology)
        rows = [[BidiParagraph(name, self._small) for name in names]]
        for event in briefing.chronology:
            rows.append([BidiParagraph(self._cell(event, name), self._body) for name in names])
        rest = WIDTH - _NARROW * (len(names) - 1)
        widths = [rest if name == WHAT_HAPPENED else _NARROW for name in names]
        table = Table(rows, colWidths=widths, splitInRow=1, repeatRows=1)
        table.setStyle(
            TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE)])
        )
        picture = drawing(briefing.chronology, WIDTH, self._font.plain)
        return [
            self._headed(content.CHRONOLOGY),
            *([picture] if picture is not None else []),
            table,
            Spacer(0, 6),
        ]

    def _cell(self, event: Event, name: str) -> str:
        return self._source_text(cell(event, name)) + (
            self._markers(event.citations) if name == WHAT_HAPPENED else ""
        )

    def _conflicts(self, briefing: Briefing) -> list[Flowable]:
        if not briefing.conflicts:
            return []
        flowables: list[Flowable] = [self._headed(content.CONFLICTS)]
        for conflict in briefing.conflicts:
            about = f"<b>{self._source_text(conflict.about)}</b> ({content.conflict_kind(conflict)})"
            flowables.append(BidiParagraph(about, self._body))
            flowables += [
                self._point(
                    f"{date_words(side.date)}: {self._source_text(side.text)}{self._markers(side.citations)}"
                )
                for side in conflict.sides
            ]
        return flowables

    def _echoes(self, briefing: Briefing) -> list[Flowable]:
        if not briefing.echoes:
            return []
        points = [
            f"<b>{self._source_text(echo.origin)}</b> ({content.echo_kind(echo)}): "
            f"{self._source_text(content.carriers(echo))}{self._markers(echo.citations)}"
            for echo in briefing.echoes
        ]
        return [self._headed(content.ECHOES), *(self._point(point) for point in points)]

    def _endnote(self, citation: Citation) -> list[Flowable]:
        """A paragraph with number, origin and grade, and one with the quote."""
        number = citation.number
        shown = f"[{number}]"
        if number in self._anchored:
            shown = f'<a href="#ref{number}" color="{_LINK}">{shown}</a>'
        parts = [content.isolate_runs(part) for part in content.credit_parts(citation)]
        origin = self._escaped(content.credit_line(citation, parts))
        # Copied from a line of two directions, a grade like "B2" comes out as "2B": give it a line of its own.
        between = "<br/>" if content.isolate_runs(origin) != origin else " "
        return [
            BidiParagraph(
                f'<a name="note{number}"/>{shown} {origin}.{between}{content.grade_words(citation)}.',
                self._note,
            ),
            self._lines(f"“{content.quote(citation)}”", self._quote),
        ]

    # -- paragraphs and markup

    def _point(self, markup: str) -> BidiParagraph:
        return BidiParagraph(markup, self._bullet, bulletText="•")

    def _lines(self, text: str, style: ParagraphStyle) -> BidiParagraph:
        """A paragraph of one text, aligned to the side on which the text begins."""
        return BidiParagraph(self._source_text(text), style, from_right=content.begins_right_to_left(text))

    def _prose(self, sentences: Sequence[Sentence]) -> str:
        """Sentences with their markers, as markup."""
        texts = [content.plain_text(sentence) for sentence in sentences]
        # If one sentence runs from the right, isolate all: each keeps its order, and its markers stay behind it.
        if any(content.isolate_runs(text) != text for text in texts):
            texts = [content.isolate(text) for text in texts]
        return " ".join(
            self._escaped(text) + self._markers(sentence.citations)
            for text, sentence in zip(texts, sentences, strict=True)
        )

    def _markers(self, numbers: Sequence[int]) -> str:
        return "".join(map(self._marker, numbers))

    def _marker(self, number: int) -> str:
        """A link to the endnote; the first of each number is the target of the endnote's link back."""
        anchor = "" if number in self._anchored else f'<a name="ref{number}"/>'
        self._anchored.add(number)
        return f' {anchor}<a href="#note{number}" color="{_LINK}">[{number}]</a>'

    def _source_text(self, text: str) -> str:
        """Words of a source as ReportLab markup: safe characters, isolated if they run from the right."""
        return self._escaped(content.isolate_runs(content.sentence_text(text)))

    def _escaped(self, text: str) -> str:
        return escape(self._font.shown(text), quote=False)
