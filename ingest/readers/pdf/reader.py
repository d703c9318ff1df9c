"""Reads PDFs with PDFium; pages that are pictures go to text recognition.

PDFium is not thread-safe, so a lock guards it. (`ingest.sandbox` also runs readers in a process of their own.)
"""

from __future__ import annotations

import math
import re
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape

import pypdfium2 as pdfium
from PIL import Image

from ingest.document import IngestError, Metadata
from ingest.metadata.dates import machine_date
from ingest.readers.common.draft import Draft, DraftPart, Piece, compose
from ingest.readers.common.properties import stated_authors
from ingest.readers.pdf import ocr
from ingest.readers.pdf.lines import page_lines, without_running_lines
from ingest.readers.pdf.ocr_layout import scanned_parts
from ingest.readers.pdf.paragraphs import page_parts
from ingest.text.cleaning import comparable_words, one_line

_LOCK = threading.Lock()
_MOST_PAGES = 3000
_SCALE = 200 / 72  # pixels per point, of pages drawn for text recognition
_MOST_PIXELS = 8_000_000  # of such a page: A3 at 200 dpi
_LOWEST_LEVEL_BY_SIZE = 5  # the lowest level of headings told by size; level 6 is told by font
_ERROR_PASSWORD = 4  # FPDF_ERR_PASSWORD
# Titles that programs fill in: their own names, file names, single words.
_NOT_A_TITLE = re.compile(
    r"^(?:untitled|microsoft word|document\d*|slide \d+|powerpoint)|\.(?:docx?|pdf|indd|pptx?|qxd|tex|dvi|rtf)$|^\S+$",
    re.IGNORECASE,
)
_XMP_DATE = re.compile(
    rb"<prism:(?:publicationDate|coverDate)>\s*([^<]{4,30})</|prism:(?:publicationDate|coverDate)=\"([^\"]{4,30})\""
)
_XMP_PUBLISHER = re.compile(rb"<dc:publisher>\s*<rdf:\w+>\s*<rdf:li[^>]*>([^<]{2,100})</")


def read_pdf(data: bytes) -> Draft:
    """Read a PDF. `CreationDate` and `ModDate` are left out: they are the file's, not the report's.

    Raises IngestError `password`, `no_text`, `too_large` or `unreadable`.
    """
    deadline = time.monotonic() + ocr.TIME_LIMIT_SECONDS
    with _LOCK:
        document = _open(data)
        try:
            if len(document) > _MOST_PAGES:
                raise IngestError(
                    "too_large", f"The PDF has more than {_MOST_PAGES} pages. Split it and add the parts."
                )
            properties = document.get_metadata_dict()
            pages = [page_lines(document[index], index + 1) for index in range(len(document))]
            pictures = [
                number
                for number, lines in enumerate(pages, 1)
                if not lines and _shows_anything(document, number)
            ]
            recognised, notice = _recognised(document, pictures, deadline)
        finally:
            document.close()
    parts = page_parts(without_running_lines(pages))
    if not parts and not recognised:
        raise IngestError("no_text", _why_no_text(pictures))
    # The sort is stable, and the lines of a page are either all printed or all recognised.
    text, pieces = compose(sorted([*parts, *recognised], key=lambda part: part.page or 0))
    strong, weak = _metadata(properties, data, text, pieces)
    if notice:
        strong = replace(strong, found={**strong.found, "pages": notice})
    plain = bool(recognised) and not any(piece.kind == "heading" for piece in pieces)
    return Draft(text, pieces, strong=strong, weak=weak, pages=len(pages), plain=plain)


def _shows_anything(document: pdfium.PdfDocument, number: int) -> bool:
    """Whether anything is drawn on a page (numbered from 1)."""
    return next(document[number - 1].get_objects(max_depth=1), None) is not None


def _recognised(
    document: pdfium.PdfDocument, numbers: Sequence[int], deadline: float
) -> tuple[list[DraftPart], str]:
    """The parts of pages that are pictures, and a notice for people on these pages, "" without any."""
    if not numbers:
        return [], ""
    if not ocr.is_installed():
        return [], f"no text on {ocr.named_pages(numbers)}. {ocr.REMEDY}"
    pages = ocr.recognise_pages(_drawn(document, numbers), deadline)
    return scanned_parts(pages), ocr.ocr_notice(pages, numbers)


def _drawn(document: pdfium.PdfDocument, numbers: Sequence[int]) -> Iterator[tuple[int, Image.Image]]:
    """Pictures of these pages at 200 dpi, less if a page is larger than A3, each with its number."""
    for number in numbers:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(_SCALE, math.sqrt(_MOST_PIXELS / (width * height)))
        yield number, page.render(scale=scale).to_pil()


def _why_no_text(pictures: Sequence[int]) -> str:
    """The message for a PDF without any text; `pictures` are the pages that show something."""
    if not pictures:
        return (
            "The PDF's pages are empty. Check that it was saved or downloaded completely, and add it again."
        )
    if not ocr.is_installed():
        return f"The PDF holds pictures of pages and no text. {ocr.REMEDY}"
    return (
        "The PDF holds pictures in which no text could be recognised. If they show pages, scan these upright at "
        "300 dpi and add that."
    )


def _open(data: bytes) -> pdfium.PdfDocument:
    """Opens a PDF. Raises IngestError `password`, and PdfiumError for a damaged file."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _ERROR_PASSWORD or "password" in str(error).lower():
            raise IngestError(
                "password", "The PDF is protected by a password. Save a copy without one and add the copy."
            ) from error
        raise


def _metadata(
    properties: dict[str, str], data: bytes, text: str, pieces: tuple[Piece, ...]
) -> tuple[Metadata, Metadata]:
    """Strong and weak metadata.

    Properties are weak, because many are a template's; a title that is also on the first pages is strong, and so is the
    first page's largest heading.
    """
    front = [piece for piece in pieces if piece.page in (None, 1, 2)]
    front_text = comparable_words(text[: front[-1].end] if front else "")
    title = one_line(properties.get("Title") or "")
    if _NOT_A_TITLE.search(title):
        title = ""
    largest = _front_heading(text, front, pieces)
    strong_title, origin = (
        (title, "document properties, repeated on the first page")
        if title and comparable_words(title) in front_text
        else (None, "")
    )
    if strong_title is None and largest is not None:
        strong_title, origin = largest, "heading of the first page"
    authors, author_organisation = stated_authors(properties.get("Author") or "")
    stated_date = _xmp(_XMP_DATE, data)
    weak = {
        "title": title or None,
        "publisher": _xmp(_XMP_PUBLISHER, data) or author_organisation,
        "published": machine_date(stated_date) if stated_date else None,
    }
    origins = {name: "document properties" for name, value in (weak | {"authors": authors}).items() if value}
    return (
        Metadata(title=strong_title, found={"title": origin} if strong_title else {}),
        Metadata(weak["title"], authors, weak["publisher"], weak["published"], found=origins),
    )


def _front_heading(text: str, front: list[Piece], pieces: tuple[Piece, ...]) -> str | None:
    """The first page's heading in the largest type, as a title; None if it has none of more than three characters.

    Where other headings are as large, the heading that opens the page.
    """
    headings = [piece for piece in front if piece.kind == "heading" and piece.page in (None, 1)]
    if not headings:
        return None
    best = min(headings, key=lambda piece: piece.level)
    is_only_one = sum(piece.kind == "heading" and piece.level == best.level for piece in pieces) == 1
    if not is_only_one and front[0].kind == "heading":
        best = front[0]
    elif best.level > _LOWEST_LEVEL_BY_SIZE:
        return None
    title = one_line(text[best.start : best.end])
    return title if len(title) > 3 else None


def _xmp(pattern: re.Pattern[bytes], data: bytes) -> str | None:
    """A value from the file's XMP packet, which programs leave uncompressed so that others can find it."""
    match = pattern.search(data)
    if match is None:
        return None
    value = next(group for group in match.groups() if group is not None)
    return one_line(unescape(value.decode("utf-8", "replace"))) or None
