"""A page of a PDF as a picture, with a quote marked on it."""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass
from typing import Any

_WIDTH = 1100  # pixels
_MOST_PIXELS = 4_000_000  # very long or wide pages are drawn smaller than _WIDTH
_MARKER = (250, 204, 70, 95)  # RGBA
_LEAST_PART = 24  # letters: least beginning of a quote to mark, if the quote runs on to the next page
_lock = threading.Lock()  # PDFium is not thread-safe

Box = tuple[float, float, float, float]  # left, bottom, right, top in PDF points


@dataclass(frozen=True)
class PagePicture:
    """A page drawn for the source dialog."""

    png: bytes  # at most _WIDTH pixels wide
    marked: bool  # True if the quote, or its beginning, was found on the page


def draw(pdf: bytes, page: int, quote: str) -> PagePicture | None:
    """Page `page` (1-based) with the quote marked; None if the file has no such page or PDFium cannot draw it."""
    import pypdfium2
    from PIL import Image, ImageDraw

    with _lock:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            return None
        try:
            if not 1 <= page <= len(document):
                return None
            sheet = document[page - 1]
            width, height = sheet.get_size()
            if width <= 0 or height <= 0:
                return None
            scale = min(_WIDTH / width, (_MOST_PIXELS / (width * height)) ** 0.5)
            picture = sheet.render(scale=scale).to_pil().convert("RGBA")
            boxes = _boxes(sheet.get_textpage(), quote)
            corners = [_on_picture(sheet, box, picture.size) for box in boxes]
        except pypdfium2.PdfiumError:
            return None
        finally:
            document.close()
    marks = Image.new("RGBA", picture.size)
    pen = ImageDraw.Draw(marks)
    for left, top, right, bottom in corners:
        pen.rounded_rectangle((left - 2, top - 2, right + 2, bottom + 2), radius=3, fill=_MARKER)
    file = io.BytesIO()
    Image.alpha_composite(picture, marks).convert("RGB").save(file, "PNG", optimize=True)
    return PagePicture(file.getvalue(), bool(boxes))


def _boxes(textpage: Any, quote: str) -> list[Box]:
    """One box per line of the quote on the page; [] if the quote is not there."""
    from pypdfium2 import raw

    letters: list[str] = []
    indices: list[int] = []  # for each letter, the index of its character on the page
    for number in range(textpage.count_chars()):
        for letter in _letters(chr(raw.FPDFText_GetUnicode(textpage, number))):
            letters.append(letter)
            indices.append(number)
    start, length = _find("".join(letters), "".join(_letters(quote)))
    if not length:
        return []
    first, last = indices[start], indices[start + length - 1]
    return [textpage.get_rect(i) for i in range(textpage.count_rects(first, last - first + 1))]


def _letters(text: str) -> list[str]:
    """The letters and digits of a text, folded; spaces, hyphens and line breaks do not count in a comparison.

    >>> "".join(_letters("Ferry-\\nboats, 1 Été"))
    'ferryboats1ete'
    """
    import unicodedata

    plain = unicodedata.normalize("NFKD", text).casefold()
    return [letter for letter in plain if letter.isalnum()]


def _find(page: str, quote: str) -> tuple[int, int]:
    """Start and length of the quote on the page, or of its longest beginning of at least _LEAST_PART letters.

    (0, 0) if neither is there.
    """
    if quote and (start := page.find(quote)) >= 0:
        return start, len(quote)
    low, high = 0, len(quote)
    while low < high:  # binary search for the longest beginning that the page holds
        middle = (low + high + 1) // 2
        low, high = (middle, high) if quote[:middle] in page else (low, middle - 1)
    if low >= _LEAST_PART:
        return page.find(quote[:low]), low
    return 0, 0


def _on_picture(sheet: Any, box: Box, size: tuple[int, int]) -> tuple[float, float, float, float]:
    """A box in pixels: left, top, right, bottom from the top left of the picture.

    PDFium converts the corners, because it alone knows how the page is rotated and cropped.
    """
    import ctypes

    from pypdfium2 import raw

    def pixel(x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(sheet, 0, 0, size[0], size[1], 0, x, y, across, down)
        return across.value, down.value

    (x0, y0), (x1, y1) = pixel(box[0], box[1]), pixel(box[2], box[3])
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
