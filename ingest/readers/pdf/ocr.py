"""Recognises the text of pictures of pages (OCR) with RapidOCR, if the extra `ocr` is installed.

A page takes about five seconds on one core, and a file has 45: `Metadata.found["pages"]` names the pages that were not
reached. Recognised text has errors, most of them in small print, figures and handwriting; accents are kept.
"""

from __future__ import annotations

import io
import math
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image, ImageOps, ImageSequence
from PIL.JpegImagePlugin import JpegImageFile

from ingest.document import IngestError, Metadata
from ingest.readers.common.draft import Draft, DraftPart, compose
from ingest.readers.pdf.ocr_layout import ScannedPage, TextBox, scanned_parts
from ingest.text.cleaning import one_line

REMEDY = "To have it read, install the extra `ocr`, briefing-desk[ocr] (the README says how), and add the file again."
TIME_LIMIT_SECONDS = 45.0  # from the start of a file to its last page; the reading process is ended at 60
_FIRST_PAGE_SECONDS = 6.0  # that the first page is expected to take
_LARGEST_PICTURE = 60_000_000  # pixels: A3 at 500 dpi
# Pixels to which a larger picture is reduced: an A4 page at 200 dpi, at which type of 7 points is still read.
_LONG_SIDE = 2400
_TALL_PICTURE = 2.0  # times its width: a higher picture is a whole web page, and is read in bands
_BAND_HEIGHT = 1.5  # times its width
# pixels | data     | metric      | value
# 960    | A4 pages | lines found | as many as with 1600, in less memory and time
_DETECTOR_SIDE = 960
_MOST_THREADS = 4
_SHORTEST_PARAGRAPH = 80  # characters from which a part is taken for a paragraph
_POOR_SCORE = 0.8  # recognition score, 0 to 1, below which a page may be upside down
_FEWEST_LETTERS = 40  # characters from which a page's score is trusted; fewer may be a logo


def read_picture(data: bytes) -> Draft:
    """Read a picture of a page. Each image of a TIFF file is a page; of an animation only the first is read.

    Raises IngestError `no_text` where no text is recognised or text recognition is not installed, and `too_large` over
    60 million pixels.
    """
    deadline = time.monotonic() + TIME_LIMIT_SECONDS
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if not is_installed():
                raise IngestError(
                    "no_text", f"The file is a picture, whose text must be recognised. {REMEDY}"
                )
            total = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
            pages = recognise_pages(enumerate(_frames(picture, total), start=1), deadline)
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    parts = scanned_parts(pages)
    if not parts:
        raise IngestError(
            "no_text",
            "No text could be recognised in the picture. If it shows a page, scan it upright at 300 dpi and add that.",
        )
    text, pieces = compose(parts)
    origins = {"pages": ocr_notice(pages, range(1, total + 1))}
    title = _title(parts)
    if title:
        origins["title"] = "heading in the largest type, above the text"
    plain = not any(part.kind == "heading" for part in parts)
    return Draft(text, pieces, strong=Metadata(title=title, found=origins), pages=total, plain=plain)


def is_installed() -> bool:
    """Whether text recognition is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def recognise_pages(pictures: Iterable[tuple[int, Image.Image]], deadline: float) -> list[ScannedPage]:
    """The pages in `pictures`, given as (number, picture), that can be read before `deadline` (`time.monotonic`)."""
    clock = _TimeBudget(deadline)
    numbered = iter(pictures)
    pages: list[ScannedPage] = []
    while clock.has_time() and (following := next(numbered, None)) is not None:
        number, picture = following
        pages.append(_recognise(picture, number, clock))
    return pages


def ocr_notice(pages: Sequence[ScannedPage], wanted: Iterable[int]) -> str:
    """A sentence for people on the pages numbered `wanted`: which were recognised, empty or not reached.

    `ocr_notice([], [1, 2]) == "pages 1–2 not read, as time ran out: split the file"`
    """
    with_text = {page.number for page in pages if page.boxes}
    reached = {page.number for page in pages}
    in_part = {page.number for page in pages if not page.whole}
    notices = (
        (with_text, "text recognised (OCR) on {}"),
        (reached - with_text - in_part, "no text on {}"),
        (in_part, "only the upper part of {} read, as time ran out: split it"),
        (set(wanted) - reached, "{} not read, as time ran out: split the file"),
    )
    return "; ".join(words.format(named_pages(numbers)) for numbers, words in notices if numbers)


def named_pages(numbers: Iterable[int]) -> str:
    """Page numbers for people: `named_pages([9, 2, 8]) == "pages 2, 8–9"`, `named_pages([3]) == "page 3"`."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    ranges = [str(first) if first == last else f"{first}–{last}" for first, last in runs]
    return f"page{'' if ranges == [str(runs[0][0])] else 's'} {', '.join(ranges)}"


def _title(parts: Sequence[DraftPart]) -> str | None:
    """The heading of the highest level above the first paragraph; None without a paragraph, as in a drawing.

    Headings of one word are passed over: most are logos, or the end of a line that was torn apart.
    """
    end = next((index for index, part in enumerate(parts) if len(part.text) >= _SHORTEST_PARAGRAPH), 0)
    headings = [part for part in parts[:end] if part.kind == "heading" and len(part.text.split()) > 1]
    return one_line(min(headings, key=lambda part: part.level).text) if headings else None


def _frames(picture: Image.Image, total: int) -> Iterator[Image.Image]:
    """The first `total` images of a file, upright; each is valid until the next is taken. Raises `too_large`."""
    for frame in ImageSequence.Iterator(picture):
        if frame.width * frame.height > _LARGEST_PICTURE:
            raise _too_large()
        if isinstance(frame, JpegImageFile):
            frame.draft(None, (frame.width // _shrinking(frame), frame.height // _shrinking(frame)))
        is_upright = frame.getexif().get(ExifTags.Base.Orientation, 1) == 1
        yield frame if is_upright else ImageOps.exif_transpose(frame)
        total -= 1
        if not total:
            return


def _too_large() -> IngestError:
    return IngestError(
        "too_large",
        f"The picture has more than {_LARGEST_PICTURE // 1_000_000} million pixels. Save it at 200 dpi and add that.",
    )


class _TimeBudget:
    """Tells whether there is time for another picture, by the longest that one has taken so far."""

    def __init__(self, deadline: float) -> None:
        self._deadline = deadline
        self._durations: list[float] = []  # seconds of each picture

    def has_time(self) -> bool:
        """Whether another picture can be read before the deadline."""
        return time.monotonic() + max(self._durations, default=_FIRST_PAGE_SECONDS) < self._deadline

    def took(self, seconds: float) -> None:
        """Notes how long a picture took."""
        self._durations.append(seconds)


def _recognise(picture: Image.Image, number: int, clock: _TimeBudget) -> ScannedPage:
    """Recognises a page; its boxes are in no particular order, and as on the page turned upright."""
    rgb = _on_white(picture)
    if (side := _shown_side(rgb)) > _LONG_SIDE:
        scale = _LONG_SIDE / side
        rgb = rgb.resize((max(1, round(rgb.width * scale)), max(1, round(rgb.height * scale))))
    boxes, whole = _boxes(rgb, clock)
    # Upside-down text is recognised as nonsense with scores of about 0.6, upright text with 0.99.
    if (
        _score(boxes) < _POOR_SCORE
        and sum(len(box.text) for box in boxes) >= _FEWEST_LETTERS
        and clock.has_time()
    ):
        boxes, whole = max(
            (boxes, whole), _boxes(rgb.rotate(180), clock), key=lambda reading: _score(reading[0])
        )
    running_down = sum(len(box.text) for box in boxes if box.runs_down)
    if 2 * running_down > sum(len(box.text) for box in boxes):
        turned = tuple(_turned(box, rgb.width) for box in boxes)
        return ScannedPage(number, rgb.height, rgb.width, turned, whole)
    return ScannedPage(number, rgb.width, rgb.height, tuple(boxes), whole)


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture in RGB, transparency as white. A large one is reduced first, to save memory."""
    if picture.mode.startswith("I;16"):
        picture = picture.point(lambda value: value / 256).convert("L")
    if (shrinking := _shrinking(picture)) > 1:
        if picture.mode in ("1", "P", "PA"):
            picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
        picture = picture.reduce(shrinking)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture)
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _shown_side(picture: Image.Image) -> float:
    """The long side, in pixels, of what is recognised at once: the picture, or a band of a tall one."""
    return max(picture.width, min(picture.height, _BAND_HEIGHT * picture.width))


def _shrinking(picture: Image.Image) -> int:
    """The whole factor (1 or more) by which a picture can be reduced without harm to recognition."""
    return max(1, int(_shown_side(picture) / _LONG_SIDE))


def _boxes(picture: Image.Image, clock: _TimeBudget) -> tuple[list[TextBox], bool]:
    """The recognised lines of a picture, and whether there was time for all of it."""
    import numpy as np

    boxes: list[TextBox] = []
    for top, bottom in _bands(picture):
        if top and not clock.has_time():
            return boxes, False
        start = time.monotonic()
        result = _engine()(np.asarray(picture.crop((0, top, picture.width, bottom))))
        clock.took(time.monotonic() - start)
        if result.boxes is None:
            continue
        for corners, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
            (left, upper), (right, upper_right), _, (_, lower) = corners.tolist()
            if text.strip() and left < right and upper < lower:
                slope = math.atan2(upper_right - upper, right - left)
                boxes.append(TextBox(one_line(text), left, upper + top, right, lower + top, slope, score))
    return boxes, True


def _bands(picture: Image.Image) -> Iterator[tuple[int, int]]:
    """(top, bottom) of the bands in which a tall picture is read, cut at the rows of pixels with the least contrast."""
    import numpy as np

    top = 0
    if picture.height > _TALL_PICTURE * picture.width:
        rows = np.asarray(picture.convert("L"))
        contrast = rows.max(axis=1).astype(int) - rows.min(axis=1)
        while picture.height - top > _TALL_PICTURE * picture.width:
            lowest = top + math.ceil(_BAND_HEIGHT * picture.width)
            highest = top + math.ceil(_BAND_HEIGHT * picture.width / 2)
            cut = lowest - int(contrast[highest:lowest][::-1].argmin())
            yield top, cut
            top = cut
    yield top, picture.height


def _score(boxes: Sequence[TextBox]) -> float:
    """The mean score of the letters, 0 to 1; 0 without any."""
    letters = sum(len(box.text) for box in boxes)
    return sum(box.score * len(box.text) for box in boxes) / letters if letters else 0.0


def _turned(box: TextBox, width: float) -> TextBox:
    """The box after a picture of this `width` is turned left by a quarter."""
    return replace(
        box, left=box.top, top=width - box.right, right=box.bottom, bottom=width - box.left, slope=0.0
    )


@cache
def _engine() -> Any:
    """RapidOCR, loaded once; it is called with an RGB array of shape (height, width, 3)."""
    import rapidocr

    # Stated by path, or the library looks for newer models on the network.
    models = Path(rapidocr.__file__).parent / "models"
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.max_side_len": 2 * _LONG_SIDE,
            "Det.model_path": str(next(models.glob("*_det_*.onnx"))),
            "Det.limit_type": "max",
            "Det.limit_side_len": _DETECTOR_SIDE,
            "Rec.model_path": str(next(models.glob("*_rec_*.onnx"))),
            "Rec.rec_batch_num": 1,  # more at once takes memory and saves no time
            "EngineConfig.onnxruntime.intra_op_num_threads": min(_MOST_THREADS, os.cpu_count() or 1),
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
