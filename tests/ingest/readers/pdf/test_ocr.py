"""Pictures of pages: their text is recognised, and what was not read is said."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest
from ingest_samples import SECOND
from PIL import Image
from scan_samples import ACCENTED, SENTENCES, drawn, halves, recognises, saved

from ingest import IngestError, read
from ingest.readers.pdf import ocr

pytestmark = pytest.mark.index


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
def test_a_picture_without_text_says_so() -> None:
    with pytest.raises(IngestError) as caught:
        read(saved(Image.new("RGB", (300, 300), "white")), "sky.png")
    assert caught.value.code == "no_text"
    assert "300 dpi" in caught.value.message


@recognises
def test_a_word_in_large_type_is_no_title() -> None:
    assert read(saved(drawn("#COAST", *halves(SENTENCES[0] + "."))), "a.png").metadata.title != "COAST"


def test_without_text_recognition_a_picture_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "find_spec", lambda name: None)
    with pytest.raises(IngestError) as caught:
        read(saved(drawn(SENTENCES[1])), "page.png")
    assert caught.value.code == "no_text"
    assert caught.value.message.endswith(ocr.REMEDY)
    assert "briefing-desk[ocr]" in ocr.REMEDY


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


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [([3], "page 3"), ([2, 3, 4], "pages 2–4"), ([9, 2, 5, 6, 7], "pages 2, 5–7, 9"), ([1, 2], "pages 1–2")],
)
def test_pages_are_named_as_people_do(numbers: list[int], expected: str) -> None:
    assert ocr.named_pages(numbers) == expected
