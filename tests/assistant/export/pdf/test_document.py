"""PDF files as a whole: links, long rows, and Arabic that is copied out as it was written."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
from export_samples import (
    BRIEFING,
    NUMBERS,
)
from exports_read import lost, read
from made_briefing import ARABIC, HEBREW, MADE

from assistant.export import render

pytestmark = pytest.mark.index


def test_a_pdf_has_its_title_and_a_link_for_every_marker() -> None:
    data = render(BRIEFING, "pdf")
    with pypdfium2.PdfDocument(data) as document:
        assert document.get_metadata_dict()["Title"] == BRIEFING.title
    assert data.count(b"/Subtype /Link") == 10 + len(NUMBERS), (
        "every marker, and each endnote back to the first"
    )
    assert data.startswith(b"%PDF-") and b"/JavaScript" not in data and b"/URI" not in data


def test_a_line_of_arabic_is_read_out_of_a_pdf_as_it_was_written() -> None:
    one = replace(MADE, citations=(replace(MADE.citations[0], quote=ARABIC), *MADE.citations[1:]))
    note = read("pdf", render(one, "pdf")).notes[1]
    assert ARABIC in " ".join(note.split())
    other = replace(MADE, citations=(replace(MADE.citations[0], quote=HEBREW), *MADE.citations[1:]))
    assert HEBREW in " ".join(read("pdf", render(other, "pdf")).notes[1].split())


def test_a_row_of_the_chronology_that_is_longer_than_a_page_goes_on_on_the_next() -> None:
    event = replace(MADE.chronology[0], text=f"{ARABIC} The wells were shut. " * 80)
    long = replace(MADE, chronology=(event, *MADE.chronology[1:]))
    with (
        pypdfium2.PdfDocument(render(long, "pdf")) as document,
        pypdfium2.PdfDocument(render(MADE, "pdf")) as short,
    ):
        assert len(document) > len(short) + 1
    assert lost(long, "pdf") == []
