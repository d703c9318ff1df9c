"""Page numbers, the outline and the marking of a PDF."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from export_samples import (
    BRIEFING,
    MARKED,
    MARKING,
)
from made_briefing import MADE
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import PageBreak

from assistant.export import render
from assistant.export.pdf.fonts import font_for
from assistant.export.pdf.pages import build_pdf
from assistant.export.pdf.paragraphs import BidiParagraph

pytestmark = pytest.mark.index


def test_a_long_pdf_goes_over_many_pages_and_numbers_them() -> None:
    long = replace(BRIEFING, paragraphs=BRIEFING.paragraphs * 40, chronology=BRIEFING.chronology * 40)
    with pypdfium2.PdfDocument(render(long, "pdf")) as document:
        pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    assert len(pages) > 4
    assert all(f"{number} of {len(pages)}" in text for number, text in enumerate(pages, start=1))


def test_a_pdf_has_an_outline_of_its_headings_that_leads_to_their_places() -> None:
    with pypdfium2.PdfDocument(render(MADE, "pdf")) as document:
        found = [(one.get_title(), one.level, one.get_dest().get_index()) for one in document.get_toc()]
    assert found[0] == (MADE.title, 0, 0)
    assert [title for title, level, _ in found if level == 1] == [
        "Findings", "Chronology", "Where sources differ", "Reports that repeat one origin", "What is not known",
        "Sources", "Endnotes",
    ]  # fmt: skip
    assert [title for title, level, _ in found if level == 2] == [one.heading for one in MADE.paragraphs]
    pages = [page for _, _, page in found]
    assert pages == sorted(pages) and pages[-1] > 3


def test_the_marking_is_on_every_page_of_a_pdf_twice() -> None:
    with pypdfium2.PdfDocument(render(MARKED, "pdf")) as document:
        for page in document:
            text = page.get_textpage()
            height = page.get_height()
            assert MARKING in text.get_text_bounded(bottom=height - 50)
            assert MARKING in text.get_text_bounded(top=50)
            assert f"of {len(document)}" in text.get_text_bounded(top=50)


def test_flowables_are_made_anew_for_each_of_the_two_builds() -> None:
    font = font_for("It rained.")
    style = ParagraphStyle("plain", fontName=font.plain)
    builds = []

    def flowables() -> list[Any]:
        builds.append(1)
        return [BidiParagraph("It rained.", style), PageBreak(), BidiParagraph("It stopped.", style)]

    with pypdfium2.PdfDocument(build_pdf(replace(MADE, handling=None), font, flowables)) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    assert len(builds) == 2
    assert "Page 1 of 2" in texts[0] and "Page 2 of 2" in texts[1]


def test_a_pdf_says_in_its_properties_what_it_is() -> None:
    with pypdfium2.PdfDocument(render(MARKED, "pdf")) as document:
        facts = document.get_metadata_dict()
    assert (facts["Title"], facts["Subject"], facts["Author"]) == (MADE.title, MADE.topic, "Briefing Desk")
    assert MARKING in facts["Keywords"]
