"""Reads the printed lines of a PDF page with their place and type, and drops running headers and footers."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2.raw as pdfium_c
from pypdfium2 import PdfPage

from ingest.readers.common.list_items import BULLET

HYPHEN = "\x02"  # in a line's text: a hyphen that, by PDFium, breaks a word at the line's end
_PRINTED = re.compile(rf"(?:[^\x00-\x20]|{HYPHEN})+")  # a word: characters that have a place on the page
_SYMBOL_BULLET = re.compile("^[\ue000-\uf8ff] ")  # bullets of symbol fonts have codes in the private area
_LAST_CODE_POINT = 0x10FFFF  # of Unicode
_MARGIN = 0.12  # share of the page's height, at the top and at the bottom, where headers and footers lie
_EDGE_LINES = 3  # lines from the top and from the bottom that may be headers or footers
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|seite|página)?\s*[-–|]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[-–|]?(?:\s*(?:of|/|de|sur|von)\s*\d{1,4})?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Word:
    """A printed word and its place from left to right."""

    text: str
    left: float  # points from the page's left edge
    right: float


@dataclass(frozen=True)
class Line:
    """One printed line. Lengths are in points (1/72 inch), from the page's lower left."""

    text: str
    page: int  # 1-based
    left: float
    right: float
    bottom: float
    top: float
    size: float  # height of the type
    font: str  # "" where it changes within the line
    bold: bool
    page_height: float
    words: tuple[Word, ...] = ()  # from left to right; none of a recognised page

    @property
    def is_at_edge(self) -> bool:
        """Whether the line lies in the top or bottom 12 % of the page."""
        return self.bottom > self.page_height * (1 - _MARGIN) or self.top < self.page_height * _MARGIN


def page_lines(page: PdfPage, number: int) -> list[Line]:
    """The lines of a page, in the order in which the file writes them. `number` is the page's, from 1."""
    textpage = page.get_textpage()
    try:
        lines = list(_read_lines(textpage.raw, number, page.get_height()))
    finally:
        textpage.close()
    return lines


def without_running_lines(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """The pages' lines without page numbers and without lines that recur at the edges of pages."""
    pages_with = Counter(key for lines in pages for key in {_key(line) for line in _edges(lines)})
    # A line of a long report must recur on three pages; of a report of two pages, on both.
    fewest = max(2, min(3, len(pages)))
    return [
        [
            line
            for line in lines
            if not (line in edges and (_is_number(line) or pages_with[_key(line)] >= fewest))
        ]
        for lines in pages
        for edges in [_edges(lines)]
    ]


def _edges(lines: list[Line]) -> list[Line]:
    """The lines of a page that can be headers or footers by their place."""
    ordered = sorted(lines, key=lambda line: -line.bottom)
    return [
        line
        for line in {id(line): line for line in ordered[:_EDGE_LINES] + ordered[-_EDGE_LINES:]}.values()
        if line.is_at_edge
    ]


def _key(line: Line) -> tuple[str, int]:
    """What a running line has in common on all its pages: its text with numbers as "#", its height to 4 points."""
    return re.sub(r"\d+", "#", line.text.casefold()).strip(), round(line.bottom / 4)


def _is_number(line: Line) -> bool:
    """Whether a line is a page number, such as "12", "xiv", "Page 3 of 20" or "- 7 -"."""
    return _PAGE_NUMBER.fullmatch(line.text.strip()) is not None


def _read_lines(raw: pdfium_c.FPDF_TEXTPAGE, number: int, height: float) -> Iterator[Line]:
    """The lines of a page, cut where PDFium gives a line end or a hyphen that breaks a word."""
    characters: list[str] = []
    places: list[int] = []  # PDFium's indices of the printed characters of the line
    unicode_of = pdfium_c.FPDFText_GetUnicode  # looked up once: it is called for every character
    for index in range(pdfium_c.FPDFText_CountChars(raw)):
        code = unicode_of(raw, index)
        if code in (2, 0xFFFE) or (code == 0x2D and pdfium_c.FPDFText_IsHyphen(raw, index) == 1):
            characters.append(HYPHEN)
            places.append(index)
            yield from _line(raw, characters, places, number, height)
            characters, places = [], []
        elif code in (0x0A, 0x0D):
            yield from _line(raw, characters, places, number, height)
            characters, places = [], []
        elif code:
            characters.append(chr(code) if code <= _LAST_CODE_POINT else "\ufffd")
            if code > 0x20:
                places.append(index)
    yield from _line(raw, characters, places, number, height)


def _line(
    raw: pdfium_c.FPDF_TEXTPAGE, characters: list[str], places: list[int], number: int, height: float
) -> Iterator[Line]:
    """The line of these characters, none if it is empty. Its type is taken from its first, middle and last."""
    text = re.sub(r"\s+", " ", _whole_characters("".join(characters))).strip()
    if not places or not text or text == HYPHEN:
        return
    text = _SYMBOL_BULLET.sub(f"{BULLET} ", text)
    samples = sorted({places[0], places[len(places) // 2], places[-1]})
    boxes = [_box(raw, index) for index in samples]
    fonts = {_font(raw, index) for index in samples}
    yield Line(
        text,
        number,
        left=min(box.left for box in boxes),
        right=max(box.right for box in boxes),
        bottom=min(box.bottom for box in boxes),
        top=max(box.top for box in boxes),
        size=round(sorted(box.top - box.bottom for box in boxes)[len(boxes) // 2], 1),
        font=fonts.pop() if len(fonts) == 1 else "",
        bold=all(_is_bold(raw, index) for index in samples),
        page_height=height,
        words=tuple(_words(raw, characters, places)),
    )


def _whole_characters(text: str) -> str:
    """`text` with surrogate pairs joined: PDFium gives characters beyond U+FFFF as two UTF-16 halves."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _words(raw: pdfium_c.FPDF_TEXTPAGE, characters: list[str], places: list[int]) -> Iterator[Word]:
    """The words of a line; each place is that of the word's first and last characters."""
    box = pdfium_c.FS_RECTF()  # used again for each word, to save time
    first = 0
    for word in _PRINTED.findall("".join(characters)):
        last = first + len(word) - 1
        pdfium_c.FPDFText_GetLooseCharBox(raw, places[first], box)
        left, right = box.left, box.right
        if last > first:
            pdfium_c.FPDFText_GetLooseCharBox(raw, places[last], box)
        text = word.replace(HYPHEN, "-")
        if not text.isascii():
            text = _whole_characters(text)
        yield Word(text, min(left, box.left), max(right, box.right))
        first = last + 1


def _box(raw: pdfium_c.FPDF_TEXTPAGE, index: int) -> pdfium_c.FS_RECTF:
    """The place of a character, as high as its font: PDFium's own font size leaves out scaling."""
    box = pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetLooseCharBox(raw, index, box)
    return box


def _font(raw: pdfium_c.FPDF_TEXTPAGE, index: int) -> str:
    """The font's name without the prefix of a subset and the suffix of a size: "ABCDEF+CMR10" is "CMR"."""
    name = ctypes.create_string_buffer(128)
    pdfium_c.FPDFText_GetFontInfo(raw, index, name, 128, ctypes.c_int())
    return re.sub(r"^[A-Z]{6}\+|\d+$", "", name.value.decode("utf-8", "replace"))


def _is_bold(raw: pdfium_c.FPDF_TEXTPAGE, index: int) -> bool:
    """Whether a character is bold, by its font's name or weight (600 and more)."""
    # TeX's bold fonts have "bx" in their name instead of "Bold".
    named_bold = re.search(r"bold|black|heavy|^(?:cm|sf|ec)bx", _font(raw, index), re.IGNORECASE)
    return named_bold is not None or bool(pdfium_c.FPDFText_GetFontWeight(raw, index) >= 600)
