"""A PDF's pages that are pictures are read in their place, or named."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from scan_samples import PAGE, SENTENCES, drawn, recognises

from ingest import read
from ingest.readers.pdf import ocr
from ingest.readers.pdf.reader import read_pdf


@recognises
def test_a_pdf_page_that_is_a_picture_is_read_in_its_place() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(650, 400))
    for number in range(3):
        if number == 1:
            canvas.drawImage(ImageReader(drawn(*PAGE[1:])), 0, 200, 650, 118)
        else:
            canvas.drawString(40, 300, f"Printed words of page {number + 1}.")
        canvas.showPage()
    canvas.save()
    document = read(out.getvalue(), "a.pdf")
    by_page = {block.page: document.text[block.start : block.end] for block in document.blocks}
    assert list(by_page) == [1, 2, 3]
    assert SENTENCES[1] in " ".join(by_page[2].split())
    assert read_pdf(out.getvalue()).strong.found["pages"] == "text recognised (OCR) on page 2"


def test_without_text_recognition_a_pdf_names_the_pages_without_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "find_spec", lambda name: None)
    out = io.BytesIO()
    canvas = Canvas(out)
    for number in range(5):
        if number in (1, 2, 4):
            canvas.drawImage(ImageReader(drawn("Lindow")), 50, 500, 400, 50)
        else:
            canvas.drawString(40, 700, f"Printed words of page {number + 1}.")
        canvas.showPage()
    canvas.save()
    document = read(out.getvalue(), "harbours.pdf")
    assert document.metadata.found["pages"] == f"no text on pages 2–3, 5. {ocr.REMEDY}"
    assert document.pages == 5
