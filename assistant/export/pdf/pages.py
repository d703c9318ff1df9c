"""The pages of a PDF: margins, the outline made of the headings, the marking and "Page n of m" on each page."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, SimpleDocTemplate

from assistant.export import content
from assistant.export.pdf.bidi import visual
from assistant.export.pdf.fonts import Font
from assistant.export.pdf.paragraphs import BidiParagraph
from assistant.results.briefing import Briefing

WIDTH = 162 * mm  # of the text, in points like all that follows
MUTED = colors.HexColor("#5b6673")
_SIDE, _EDGE = (A4[0] - WIDTH) / 2, 11 * mm  # side margin; marking from the edge of the page


def build_pdf(briefing: Briefing, font: Font, flowables: Callable[[], Sequence[Flowable]]) -> bytes:
    """The bytes of the PDF. `flowables` is called twice and has to give the same, newly made, each time.

    The file is built twice because "Page n of m" needs the number of pages, which only a first build can tell.
    """
    count, _ = _build(briefing, font, flowables(), None)
    return _build(briefing, font, flowables(), count)[1]


def _build(
    briefing: Briefing, font: Font, flowables: Sequence[Flowable], count: int | None
) -> tuple[int, bytes]:
    """The number of pages, and the bytes of the PDF, whose pages say that there are `count` of them."""
    file = io.BytesIO()
    document = _Document(
        file, pagesize=A4, title=content.sentence_text(briefing.title), author="Briefing Desk",
        subject=content.sentence_text(briefing.topic), keywords=[content.sentence_text(briefing.handling or "")],
        lang="en-GB", leftMargin=_SIDE, rightMargin=_SIDE, topMargin=20 * mm, bottomMargin=20 * mm,
    )  # fmt: skip
    marking = (
        visual(font.shown(content.isolate_runs(content.sentence_text(briefing.handling))))
        if briefing.handling
        else None
    )

    def furnish(canvas: Any, page: Any) -> None:
        """Draw the marking at the top and bottom of a page, and the page number."""
        canvas.saveState()
        if marking:
            canvas.setFont(font.bold, 8)
            for height in (A4[1] - _EDGE, _EDGE):
                canvas.drawCentredString(A4[0] / 2, height, marking)
        canvas.setFont(font.plain, 8)
        canvas.setFillColor(MUTED)
        canvas.drawRightString(
            A4[0] - _SIDE, _EDGE - 10 if marking else _EDGE, f"Page {page.page} of {count}"
        )
        canvas.restoreState()

    document.build(list(flowables), onFirstPage=furnish, onLaterPages=furnish)
    return document.page, file.getvalue()


class _Document(SimpleDocTemplate):
    """A document that puts each heading it draws into the PDF's outline."""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802  (ReportLab's name)
        """Called by ReportLab after it has drawn a flowable."""
        if isinstance(flowable, BidiParagraph) and flowable.outline_text:
            key = f"part{id(flowable)}"
            self.canv.bookmarkHorizontal(key, 0, self._top(flowable))
            self.canv.addOutlineEntry(flowable.outline_text, key, flowable.depth)

    def _top(self, flowable: Flowable) -> float:
        """The height of the upper edge of the flowable that was just drawn, in points on the page."""
        frame: Any = self.frame
        return float(frame._y + flowable.height)
