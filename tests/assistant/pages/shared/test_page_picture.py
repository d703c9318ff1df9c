"""A page of a PDF as a picture: where the quote is found on it."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from assistant.pages.shared.page_picture import _find, _letters, draw


def pdf(*lines: str, rotation: int = 0) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(300, 200))
    canvas.setPageRotation(rotation)
    for number, line in enumerate(lines):
        canvas.drawString(30, 150 - 20 * number, line)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def yellow(png: bytes) -> tuple[int, int, int, int] | None:
    """The box of what is marked."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    blue = picture.getchannel("B").point(lambda value: 255 if value < 200 else 0)
    red = picture.getchannel("R").point(lambda value: 255 if value > 200 else 0)
    return Image.composite(blue, Image.new("L", picture.size), red).getbbox()


PAGE = pdf("The ferry Diama Queen car-", "ried 1,870 passengers.", "Nothing else was said.")


def test_a_quote_is_marked_over_line_breaks_and_hyphens() -> None:
    picture = draw(PAGE, 1, "Diama Queen carried 1,870 passengers")
    assert picture is not None and picture.marked
    box = yellow(picture.png)
    assert box is not None
    scale = 1100 / 300
    assert box[1] < (200 - 150) * scale and (200 - 130) * scale - 20 < box[3] < (200 - 110) * scale


@pytest.mark.parametrize("rotation", [90, 180])
def test_a_rotated_page_is_marked_within_the_picture(rotation: int) -> None:
    picture = draw(pdf("The ferry carried 1,870 passengers.", rotation=rotation), 1, "1,870 passengers")
    assert picture is not None and picture.marked and yellow(picture.png) is not None


def test_a_page_without_the_quote_is_drawn_unmarked() -> None:
    picture = draw(PAGE, 1, "The canal was closed.")
    assert picture is not None and not picture.marked and yellow(picture.png) is None


@pytest.mark.parametrize(("data", "page"), [(PAGE, 0), (PAGE, 2), (b"%PDF-1.7 no", 1), (b"", 1)])
def test_a_page_that_is_not_there_is_no_picture(data: bytes, page: int) -> None:
    assert draw(data, page, "x") is None


@pytest.mark.parametrize(
    ("page", "quote", "place"),
    [
        ("abcdef", "cd", (2, 2)),
        ("abcdef", "x", (0, 0)),
        ("abcdef", "", (0, 0)),
        ("xx" + "abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyz0123", (2, 26)),
        ("abcdefghij", "abcdefghij0123", (0, 0)),
    ],
)
def test_a_quote_that_runs_over_the_page_is_marked_if_enough_of_it_is_there(
    page: str, quote: str, place: tuple[int, int]
) -> None:
    assert _find(page, quote) == place


def test_letters_are_compared_without_accents_spaces_and_case() -> None:
    assert "".join(_letters("Ferry-\nboats, 1 Été ﬁ")) == "ferryboats1etefi"
