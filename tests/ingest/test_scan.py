"""Pictures of pages: their text is recognised and set in reading order, and what was not read is said."""

from __future__ import annotations

import io
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import reportlab
from ingest_samples import FIRST, SECOND
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest import IngestError, read
from ingest.readers.pdf import ocr
from ingest.readers.pdf.ocr_layout import ScannedPage, TextBox, rows_in_order, scanned_parts
from ingest.readers.pdf.reader import read_pdf

FACE = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
ACCENTED = "Les élèves étaient déjà à l'école, où l'hôtesse leur a donné un café très sucré."
recognises = pytest.mark.skipif(not ocr.is_installed(), reason="text recognition is not installed")


def drawn(*lines: str, size: int = 26, width: int = 1300, mode: str = "L") -> Image.Image:
    """A picture of lines below each other; one that begins with # is a heading."""
    picture = Image.new("L", (width, 80 + 2 * size * len(lines)), 255)
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        is_heading = line.startswith("#")
        face = ImageFont.truetype(str(FACE), size * 2 if is_heading else size)
        pen.text((40, 40 + 2 * size * number), line.lstrip("# "), font=face, fill=0)
    return picture.convert(mode)


def saved(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def halves(text: str) -> tuple[str, str]:
    """A text as two lines."""
    middle = text.index(" ", len(text) // 2)
    return text[:middle], text[middle + 1 :]


SENTENCES = FIRST.split(". ")
PAGE = ("# Grain and the Harbours", *halves(SENTENCES[0] + "."), SENTENCES[1] + ".")


# Recognition


@recognises
def test_a_picture_of_a_page_is_read_with_its_accents_and_title() -> None:
    document = read(saved(drawn("# Grain and the Harbours", ACCENTED, *halves(SENTENCES[0] + "."))), "a.png")
    assert document.kind == "image"
    assert document.metadata.title == "Grain and the Harbours"
    assert ACCENTED in " ".join(document.text.split())
    assert SENTENCES[0] in " ".join(document.text.split())
    assert {block.page for block in document.blocks} == {1}


@recognises
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_scanned_on_its_side_or_head_is_turned(turn: int) -> None:
    lines = [*halves(SENTENCES[0] + "."), SENTENCES[1] + "."]
    page = Image.new("L", (1300, 900), 255)  # of the proportions of a page
    page.paste(drawn(*lines))
    document = read(saved(page.rotate(turn, expand=True)), "a.png")
    assert " ".join(lines) == " ".join(document.text.split())


@recognises
def test_each_image_of_a_tiff_is_a_page() -> None:
    first, second = drawn(SENTENCES[1] + "."), drawn(SECOND.split(". ")[0] + ".")
    document = read(saved(first, "TIFF", save_all=True, append_images=[second]), "a.tiff")
    assert document.pages == 2
    texts = [(block.page, document.text[block.start : block.end]) for block in document.blocks]
    assert texts == [(1, SENTENCES[1] + "."), (2, SECOND.split(". ")[0] + ".")]


@recognises
def test_transparent_paper_is_white_and_a_camera_s_orientation_is_heeded() -> None:
    line = SENTENCES[1] + "."
    ink = drawn(line)
    see_through = Image.new("RGBA", ink.size, (0, 0, 0, 0))
    see_through.putalpha(ink.point(lambda value: 255 - value))
    assert read(saved(see_through), "a.png").text == line
    orientation = Image.Exif()
    orientation[0x0112] = 3  # upside down
    assert read(saved(ink.rotate(180), "JPEG", exif=orientation), "a.jpg").text == line


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


@recognises
def test_a_picture_without_text_says_so() -> None:
    with pytest.raises(IngestError) as caught:
        read(saved(Image.new("RGB", (300, 300), "white")), "sky.png")
    assert caught.value.code == "no_text"
    assert "300 dpi" in caught.value.message


@recognises
def test_a_word_in_large_type_is_no_title() -> None:
    assert read(saved(drawn("#COAST", *halves(SENTENCES[0] + "."))), "a.png").metadata.title != "COAST"


# Without recognition, out of time, too large


def test_without_text_recognition_a_picture_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "find_spec", lambda name: None)
    with pytest.raises(IngestError) as caught:
        read(saved(drawn(SENTENCES[1])), "page.png")
    assert caught.value.code == "no_text"
    assert caught.value.message.endswith(ocr.REMEDY)
    assert "briefing-desk[ocr]" in ocr.REMEDY


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


@pytest.fixture
def recogniser(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """A recogniser that sees one line in every picture; the sizes of the pictures it was shown."""
    shown: list[tuple[int, int]] = []

    class Corners(list[list[float]]):
        def tolist(self) -> list[list[float]]:
            return list(self)

    def recognise(picture: Any) -> SimpleNamespace:
        shown.append((picture.shape[1], picture.shape[0]))
        corners = Corners([[10.0, 10.0], [300.0, 10.0], [300.0, 30.0], [10.0, 30.0]])
        return SimpleNamespace(boxes=[corners], txts=[f"Words of picture {len(shown)}."], scores=[0.99])

    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(ocr, "_engine", lambda: recognise)
    return shown


def test_pages_that_are_not_reached_in_time_are_named(recogniser: list[tuple[int, int]]) -> None:
    pictures = [(number, drawn("x")) for number in (2, 3, 7)]
    assert ocr.recognise_pages(pictures, time.monotonic() - 1) == []
    assert ocr.ocr_notice([], [2, 3, 7]) == "pages 2–3, 7 not read, as time ran out: split the file"
    pages = ocr.recognise_pages(pictures, time.monotonic() + 100)
    assert [page.number for page in pages] == [2, 3, 7]
    assert ocr.ocr_notice(pages, [2, 3, 7]) == "text recognised (OCR) on pages 2–3, 7"


def test_a_page_is_begun_only_if_it_can_be_finished(
    recogniser: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(0, 10_000, 10))  # each look at the clock is ten seconds after the last
    monkeypatch.setattr(ocr, "time", SimpleNamespace(monotonic=lambda: float(next(clock))))
    pages = ocr.recognise_pages([(number, drawn("x")) for number in range(1, 9)], 60.0)
    assert [page.number for page in pages] == [1, 2]


def test_a_web_site_in_one_picture_is_read_in_bands(recogniser: list[tuple[int, int]]) -> None:
    text = read(saved(Image.new("L", (400, 2400), 255)), "site.png").text
    assert len(recogniser) > 2
    assert max(height for _, height in recogniser) <= 800
    assert sum(height for _, height in recogniser) == 2400
    assert text.startswith("Words of picture 1.")


def test_a_large_picture_is_made_smaller_before_it_is_read(recogniser: list[tuple[int, int]]) -> None:
    for kind in ("PNG", "JPEG"):
        read(saved(Image.new("L", (6000, 5000), 255), kind), "large")
    assert [max(size) for size in recogniser] == [2400, 2400]


def test_of_an_animation_the_first_picture_is_read(recogniser: list[tuple[int, int]]) -> None:
    frames = [Image.new("L", (300, 200), shade) for shade in (0, 128, 255)]
    document = read(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]), "a.gif")
    assert (document.pages, len(recogniser)) == (1, 1)


@pytest.mark.parametrize("side", [8000, 15_000])
def test_a_picture_far_larger_than_a_page_is_refused(recogniser: list[tuple[int, int]], side: int) -> None:
    with pytest.raises(IngestError) as caught:
        read(saved(Image.new("1", (side, side))), "bomb.png")
    assert caught.value.code == "too_large"
    assert recogniser == []


# Layout


def box(text: str, left: float, top: float, height: float = 20, width: float | None = None) -> TextBox:
    return TextBox(text, left, top, left + (width or 10 * len(text)), top + height)


def scanned(*boxes: TextBox, number: int = 1) -> ScannedPage:
    return ScannedPage(number, 1000, 1400, boxes)


def test_columns_are_read_one_after_the_other() -> None:
    boxes = [box("A heading across the whole of the page, above both columns", 50, 50, width=900)]
    for row in range(5):
        boxes.append(box(f"left column, line number {row}", 50, 120 + 30 * row, width=420))
        boxes.append(box(f"right column, line number {row}", 530, 120 + 30 * row, width=420))
    texts = [" ".join(one.text for one in row) for row in rows_in_order(boxes[::-1])]
    assert [text.split(",")[0].split()[0] for text in texts] == ["A"] + ["left"] * 5 + ["right"] * 5
    assert texts[1:6] == [f"left column, line number {row}" for row in range(5)]


def test_rows_of_a_table_stay_rows() -> None:
    rows = [("Harbour", "Tonnes", "Fee"), ("Lindow", "900", "12"), ("Ostra", "400", "19")]
    boxes = [
        box(cell, 50 + 300 * column, 100 + 30 * number)
        for number, cells in enumerate(rows)
        for column, cell in enumerate(cells)
    ]
    parts = scanned_parts([scanned(*boxes)])
    assert [(part.kind, part.text) for part in parts] == [("table", " | ".join(cells)) for cells in rows]


def test_a_page_laid_in_askew_is_read_line_by_line() -> None:
    fall = 0.03  # of the way to the right
    boxes = [
        TextBox(
            f"row {number} {side}",
            left,
            100 + 25 * number + fall * left,
            left + 400,
            120 + 25 * number + fall * left,
            fall,
        )
        for number in range(4)
        for side, left in (("begins", 50), ("ends", 460))
    ]
    rows = [" ".join(one.text for one in row) for row in rows_in_order(boxes)]
    assert rows == [f"row {number} begins row {number} ends" for number in range(4)]


def test_stamps_that_run_down_the_margin_and_running_lines_are_left_out() -> None:
    pages = [
        scanned(
            box("Coastal Trade Review", 50, 20),
            box(f"The text of page {number} stands here, in a line of its own.", 50, 400, width=900),
            TextBox("CONFIDENTIAL", 960, 300, 985, 800),
            box(str(number), 480, 1370),
            number=number,
        )
        for number in (1, 2, 3)
    ]
    parts = scanned_parts(pages)
    assert [part.page for part in parts] == [1, 2, 3]
    assert all("stands here" in part.text and "CONFIDENTIAL" not in part.text for part in parts)


def test_larger_type_makes_a_heading() -> None:
    body = [
        box("words of the body that go on and on to the end of the line", 50, 200 + 30 * row)
        for row in range(6)
    ]
    title = box("The Large Harbour", 50, 60, height=50, width=440)
    parts = scanned_parts([scanned(title, *body)])
    assert (parts[0].kind, parts[0].text) == ("heading", "The Large Harbour")
    assert [part.kind for part in parts[1:]] == ["paragraph"]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [([3], "page 3"), ([2, 3, 4], "pages 2–4"), ([9, 2, 5, 6, 7], "pages 2, 5–7, 9"), ([1, 2], "pages 1–2")],
)
def test_pages_are_named_as_people_do(numbers: list[int], expected: str) -> None:
    assert ocr.named_pages(numbers) == expected
