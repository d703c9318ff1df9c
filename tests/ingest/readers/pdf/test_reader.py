"""A PDF's pages that are pictures are read in their place, or named."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from ingest_samples import FIRST, SECOND, assert_located, texts
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from scan_samples import PAGE, SENTENCES, drawn, recognises

from ingest import IngestError, read
from ingest.readers.pdf import ocr
from ingest.readers.pdf.reader import read_pdf


@recognises
@pytest.mark.index
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


def test_a_pdf_gives_paragraphs_on_their_pages_without_running_lines(pdf: bytes) -> None:
    document = read(pdf, "harbours.pdf")
    assert_located(document)
    assert (document.kind, document.pages) == ("pdf", 2)
    assert FIRST in texts(document, "paragraph")
    assert SECOND in texts(document, "paragraph")
    assert "Coastal Trade Review" not in document.text
    assert "Page 1" not in document.text
    block = next(
        block for block in document.blocks if document.text[block.start :].startswith("Smaller ports")
    )
    assert (block.page, block.heading) == (2, "The small ones")


def test_a_pdf_states_its_title_authors_and_date(pdf: bytes) -> None:
    metadata = read(pdf, "harbours.pdf").metadata
    assert metadata.title == "Grain and the Harbours of the Coast"
    assert metadata.authors == ("Mara Lindqvist", "Tomas Okoro")
    assert metadata.published == "2021-03-14"
    assert metadata.language == "en"
    assert set(metadata.found) == {"title", "authors", "published", "language"}


def test_the_time_a_pdf_was_made_is_no_publication_date(drawn_pdf: Callable[..., bytes]) -> None:
    assert read(drawn_pdf(["Nothing here says when it was written."]), "a.pdf").metadata.published is None


def test_a_protected_pdf_asks_for_a_copy_without_password(drawn_pdf: Callable[..., bytes]) -> None:
    with pytest.raises(IngestError) as caught:
        read(drawn_pdf(["secret"], password="x"), "a.pdf")
    assert caught.value.code == "password"


def test_a_pdf_of_blank_pages_says_so(drawn_pdf: Callable[..., bytes]) -> None:
    with pytest.raises(IngestError) as caught:
        read(drawn_pdf([]), "blank.pdf")
    assert caught.value.code == "no_text"
    assert "pages are empty" in caught.value.message
