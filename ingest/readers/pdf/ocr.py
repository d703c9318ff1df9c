"""Pictures of pages: text recognition (OCR) by RapidOCR, where the extra `ocr` is installed.

A page takes some five seconds of one core, and a file has a minute: pages that are not reached are named in
`Metadata.found["pages"]`. Recognised text has errors, most of them in small print, figures and handwriting; accents
are kept.
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
SECONDS = 45.0  # from the start of a file until the last page is finished; the reading process ends at 60
_FIRST_PAGE = 6.0  # seconds that a page is expected to take before one was read
_LARGEST_PICTURE = 60_000_000  # pixels: A3 at 500 dpi
_LONG_SIDE = 2400  # pixels, of an A4 page at 200 dpi; print of 7 points is still read
_TALL = 2.0  # times its width: a higher picture is no page but a whole web site, and is read in bands
_BAND = 1.5  # times its width
# The detector's memory and time grow with its picture; 960 pixels found as many lines of A4 pages as 1600.
_DETECTOR_SIDE = 960
_MOST_THREADS = 4
_PARAGRAPH = 80  # characters
_POOR = 0.8  # score
_ENOUGH = 40  # letters; fewer may be a logo


def read_picture(data: bytes) -> Draft:
    """A draft of a picture; each image of a TIFF file is a page, of an animation only the first is read.

    Raises IngestError `no_text` where no text is recognised or text recognition is not installed, and `too_large`.
    """
    deadline = time.monotonic() + SECONDS
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
    found = {"pages": ocr_notice(pages, range(1, total + 1))}
    title = _title(parts)
    if title:
        found["title"] = "heading in the largest type, above the text"
    plain = not any(part.kind == "heading" for part in parts)
    return Draft(text, pieces, strong=Metadata(title=title, found=found), pages=total, plain=plain)


def is_installed() -> bool:
    """Whether text recognition is there."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def recognise_pages(pictures: Iterable[tuple[int, Image.Image]], deadline: float) -> list[ScannedPage]:
    """The pages in `pictures` (number, picture) as far as they can be read until `deadline` (`time.monotonic`)."""
    clock = _TimeBudget(deadline)
    numbered = iter(pictures)
    pages: list[ScannedPage] = []
    while clock.has_time() and (following := next(numbered, None)) is not None:
        number, picture = following
        pages.append(_recognise(picture, number, clock))
    return pages


def ocr_notice(pages: Sequence[ScannedPage], wanted: Iterable[int]) -> str:
    """What people must know of pages `wanted` as pictures: which were recognised, were empty or not reached."""
    with_text = {page.number for page in pages if page.boxes}
    reached = {page.number for page in pages}
    in_part = {page.number for page in pages if not page.whole}
    said = (
        (with_text, "text recognised (OCR) on {}"),
        (reached - with_text - in_part, "no text on {}"),
        (in_part, "only the upper part of {} read, as time ran out: split it"),
        (set(wanted) - reached, "{} not read, as time ran out: split the file"),
    )
    return "; ".join(words.format(named_pages(numbers)) for numbers, words in said if numbers)


def named_pages(numbers: Iterable[int]) -> str:
    """Page numbers for people: "page 3", "pages 2, 5–9"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    named = [str(first) if first == last else f"{first}–{last}" for first, last in runs]
    return f"page{'' if named == [str(runs[0][0])] else 's'} {', '.join(named)}"


def _title(parts: Sequence[DraftPart]) -> str | None:
    """The heading of the highest level above the first paragraph; None where none is long, as in a drawing.

    A single word is none: it is more often a logo, or the end of a line that was taken apart.
    """
    first = next((index for index, part in enumerate(parts) if len(part.text) >= _PARAGRAPH), 0)
    headings = [part for part in parts[:first] if part.kind == "heading" and len(part.text.split()) > 1]
    return one_line(min(headings, key=lambda part: part.level).text) if headings else None


def _frames(picture: Image.Image, total: int) -> Iterator[Image.Image]:
    """The images of a file, upright; each is valid until the next is asked for."""
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
    """Whether there is time for another picture, going by the longest that one took so far."""

    def __init__(self, deadline: float) -> None:
        self._deadline = deadline
        self._taken: list[float] = []

    def has_time(self) -> bool:
        """Whether another picture can be read."""
        return time.monotonic() + max(self._taken, default=_FIRST_PAGE) < self._deadline

    def took(self, seconds: float) -> None:
        """Takes the time that a picture took."""
        self._taken.append(seconds)


def _recognise(picture: Image.Image, number: int, clock: _TimeBudget) -> ScannedPage:
    """The lines of a page in no particular order, as on the page turned upright."""
    rgb = _on_white(picture)
    if (shown := _shown_side(rgb)) > _LONG_SIDE:
        scale = _LONG_SIDE / shown
        rgb = rgb.resize((max(1, round(rgb.width * scale)), max(1, round(rgb.height * scale))))
    boxes, whole = _boxes(rgb, clock)
    # Text on its head is recognised as something, with scores about 0.6; upright text with 0.99.
    if _score(boxes) < _POOR and sum(len(box.text) for box in boxes) >= _ENOUGH and clock.has_time():
        boxes, whole = max((boxes, whole), _boxes(rgb.rotate(180), clock), key=lambda found: _score(found[0]))
    running_down = sum(len(box.text) for box in boxes if box.runs_down)
    if 2 * running_down > sum(len(box.text) for box in boxes):
        turned = tuple(_turned(box, rgb.width) for box in boxes)
        return ScannedPage(number, rgb.height, rgb.width, turned, whole)
    return ScannedPage(number, rgb.width, rgb.height, tuple(boxes), whole)


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture in colour; a large one made smaller first, or its copies take all memory."""
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
    """The long side of what is recognised at once: of the picture, or of a band of it."""
    return max(picture.width, min(picture.height, _BAND * picture.width))


def _shrinking(picture: Image.Image) -> int:
    """How many times smaller the picture can be made at once without loss to recognition."""
    return max(1, int(_shown_side(picture) / _LONG_SIDE))


def _boxes(picture: Image.Image, clock: _TimeBudget) -> tuple[list[TextBox], bool]:
    """The lines of a picture, and whether there was time for all of it."""
    import numpy as np

    boxes: list[TextBox] = []
    for top, bottom in _bands(picture):
        if top and not clock.has_time():
            return boxes, False
        begun = time.monotonic()
        found = _engine()(np.asarray(picture.crop((0, top, picture.width, bottom))))
        clock.took(time.monotonic() - begun)
        if found.boxes is None:
            continue
        for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
            (left, upper), (right, upper_right), _, (_, lower) = corners.tolist()
            if text.strip() and left < right and upper < lower:
                slope = math.atan2(upper_right - upper, right - left)
                boxes.append(TextBox(one_line(text), left, upper + top, right, lower + top, slope, score))
    return boxes, True


def _bands(picture: Image.Image) -> Iterator[tuple[int, int]]:
    """Top and bottom of the bands in which a high picture is read, parted where a row of pixels is of one colour."""
    import numpy as np

    top = 0
    if picture.height > _TALL * picture.width:
        rows = np.asarray(picture.convert("L"))
        contrast = rows.max(axis=1).astype(int) - rows.min(axis=1)
        while picture.height - top > _TALL * picture.width:
            lowest = top + math.ceil(_BAND * picture.width)
            highest = top + math.ceil(_BAND * picture.width / 2)
            cut = lowest - int(contrast[highest:lowest][::-1].argmin())
            yield top, cut
            top = cut
    yield top, picture.height


def _score(boxes: Sequence[TextBox]) -> float:
    letters = sum(len(box.text) for box in boxes)
    return sum(box.score * len(box.text) for box in boxes) / letters if letters else 0.0


def _turned(box: TextBox, width: float) -> TextBox:
    """The box after a picture of `width` was turned to the left."""
    return replace(
        box, left=box.top, top=width - box.right, right=box.bottom, bottom=width - box.left, slope=0.0
    )


@cache
def _engine() -> Any:
    import rapidocr

    # Named, or the library looks for newer ones on the network.
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
