"""The pages of a PDF: margins, the outline made of its headings, the marking and "page n of m" on each."""

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

WIDTH = 162 * mm
MUTED = colors.HexColor("#5b6673")
_SIDE, _EDGE = (A4[0] - WIDTH) / 2, 11 * mm


def paged(one: Briefing, font: Font, flowables: Callable[[], Sequence[Flowable]]) -> bytes:
    """The file. It is made twice: how many pages there are is known once there are."""
    count, _ = _built(one, font, flowables(), None)
    return _built(one, font, flowables(), count)[1]


def _built(one: Briefing, font: Font, flowables: Sequence[Flowable], count: int | None) -> tuple[int, bytes]:
    made = io.BytesIO()
    document = _Document(
        made, pagesize=A4, title=content.sentence_text(one.title), author="Briefing Desk",
        subject=content.sentence_text(one.topic), keywords=[content.sentence_text(one.handling or "")], lang="en-GB",
        leftMargin=_SIDE, rightMargin=_SIDE, topMargin=20 * mm, bottomMargin=20 * mm,
    )  # fmt: skip
    marking = (
        visual(font.shown(content.isolate_runs(content.sentence_text(one.handling))))
        if one.handling
        else None
    )

    def furnish(canvas: Any, page: Any) -> None:
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
    return document.page, made.getvalue()


class _Document(SimpleDocTemplate):
    """With an outline made of the headings."""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802  (ReportLab's name)
        if isinstance(flowable, BidiParagraph) and flowable.told:
            key = f"part{id(flowable)}"
            self.canv.bookmarkHorizontal(key, 0, self._at(flowable))
            self.canv.addOutlineEntry(flowable.told, key, flowable.depth)

    def _at(self, flowable: Flowable) -> float:
        """The height of the upper edge of what was just drawn."""
        frame: Any = self.frame
        return float(frame._y + flowable.height)
