"""The printed lines of a page are read with their place and type, and running lines are dropped."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.readers.pdf.lines import Line, page_lines, without_running_lines


def line(text: str, bottom: float, page: int = 1, height: float = 800) -> Line:
    return Line(text, page, 60, 400, bottom, bottom + 10, 10, "Times", False, height)


def texts(pages: list[list[Line]]) -> list[list[str]]:
    return [[line.text for line in lines] for lines in pages]


@pytest.mark.parametrize("number", ["7", "- 7 -", "xiv", "Page 7 of 12", "Seite 7", "7 / 12"])
def test_a_page_number_is_dropped_at_the_edge_alone(number: str) -> None:
    page = [line("The harbour grew.", 500), line(number, 400), line("Ships followed.", 300), line(number, 20)]
    assert texts(without_running_lines([page])) == [["The harbour grew.", number, "Ships followed."]]


def test_a_line_that_recurs_at_one_height_of_three_pages_is_dropped() -> None:
    pages = [[line(f"Coastal Review, no. {n}", 780, n), line(f"Text {n}.", 400, n)] for n in range(1, 4)]
    assert texts(without_running_lines(pages)) == [["Text 1."], ["Text 2."], ["Text 3."]]
    moved = [[line("Coastal Review", 780 - 8 * n, n), line(f"Text {n}.", 400, n)] for n in range(1, 4)]
    assert texts(without_running_lines(moved))[0] == ["Coastal Review", "Text 1."]


def test_a_line_on_two_pages_is_dropped_of_two_and_kept_of_four() -> None:
    pages = [[line("Coastal Review", 780, n), line(f"Text {n}.", 400, n)] for n in (1, 2)]
    assert texts(without_running_lines(pages)) == [["Text 1."], ["Text 2."]]
    more = [[line(f"Text {word}.", 400, n)] for n, word in ((3, "a"), (4, "b"))]
    assert texts(without_running_lines(pages + more))[0] == ["Coastal Review", "Text 1."]


def test_a_line_knows_its_place_and_words(drawn_pdf: Callable[..., bytes]) -> None:
    document = pypdfium2.PdfDocument(drawn_pdf(["Two cranes came.", "Ships followed."]))
    first, second = page_lines(document[0], 3)
    assert (first.text, first.page) == ("Two cranes came.", 3)
    assert [word.text for word in first.words] == ["Two", "cranes", "came."]
    assert first.left == pytest.approx(60, abs=1)
    assert all(
        before.right <= after.left for before, after in zip(first.words, first.words[1:], strict=False)
    )
    assert first.bottom - second.bottom == pytest.approx(14, abs=0.1)
    assert not first.is_at_edge


def test_bold_and_size_are_the_fonts() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    for number, (font, size) in enumerate((("Helvetica-Bold", 20), ("Helvetica", 10))):
        canvas.setFont(font, size)
        canvas.drawString(60, 700 - 50 * number, "The large harbour")
    canvas.save()
    large, small = page_lines(pypdfium2.PdfDocument(out.getvalue())[0], 1)
    assert (large.bold, small.bold) == (True, False)
    assert large.size == pytest.approx(2 * small.size, rel=0.05)
    assert (large.font, small.font) == ("Helvetica-Bold", "Helvetica")
