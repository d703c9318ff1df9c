"""Exports read back with other readers than made them, and what of a briefing they have lost.

A PDF holds glyphs in the order in which they are seen, and PDFium, which has to guess in which order a line of two
directions is read, swaps words and turns "B2" about; beside right-to-left letters a text counts as held where the
letters of each of its words stand together. A PDF's markers are counted by their links.
"""

from __future__ import annotations

import csv
import ctypes
import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import lxml.html
import pypdfium2
import pypdfium2.raw as raw
from lxml import etree
from markdown_it import MarkdownIt

from assistant.export import content, render
from assistant.results.answer import Citation
from assistant.results.briefing import Briefing
from assistant.results.wording import date_words, source_name

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WRITTEN = ("md", "html", "docx", "pdf")
_MARGIN = 50  # points at the top and bottom of a PDF's page that hold marking and number


@dataclass(frozen=True)
class Read:
    body: str  # all before the notes, with its markers "[1]"
    notes: dict[int, str]  # number -> all that its note says
    marks: Counter[int]  # number -> how many markers lead to it


def read(format: str, data: bytes) -> Read:
    return {"md": _markdown, "html": _html, "docx": _docx, "pdf": _pdf}[format](data)


def lost(briefing: Briefing, format: str) -> list[str]:
    """What of the citations, and of the sentences with their markers, a file of this format does not hold."""
    data = render(briefing, format)
    if format == "csv":
        return list(_lost_cells(briefing, data))
    found = read(format, data)
    missing = [
        f"[{one.number}] {what}: {text[:60]!r}"
        for one in briefing.citations
        for what, text in _said_of(one)
        if not holds(found.notes.get(one.number, ""), text, format)
    ]
    for text, numbers in sentences(briefing):
        if not holds(
            found.body, content.sentence_text(text) + "".join(f"[{number}]" for number in numbers), format
        ):
            missing.append(f"sentence: {text[:60]!r} {numbers}")
    due = Counter(number for numbers in uses(briefing) for number in numbers)
    missing += [
        f"[{number}] stands {found.marks[number]} times, not {due[number]}"
        for number in due
        if found.marks[number] < due[number]
    ]
    return missing


def _said_of(one: Citation) -> Iterator[tuple[str, str]]:
    yield "quote", content.sentence_text(one.quote)
    yield "title", content.sentence_text(source_name(one.title, one.source))
    yield "publisher", content.sentence_text(one.publisher or "Publisher unknown")
    yield "date", date_words(one.published)
    yield "grade", one.grade
    for author in one.authors:
        yield "author", content.sentence_text(author)
    if one.page:
        yield "page", f"page {one.page}"
    if one.heading:
        yield "heading", content.sentence_text(one.heading)


def _lost_cells(briefing: Briefing, data: bytes) -> Iterator[str]:
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    numbered = {one.number: one for one in briefing.citations}
    for event, row in zip(briefing.chronology, rows, strict=True):
        for number in event.citations:
            if squeezed(content.sentence_text(numbered[number].quote)) not in squeezed(row["quotes"]):
                yield f"[{number}] quote"


def sentences(one: Briefing) -> Iterator[tuple[str, tuple[int, ...]]]:
    """What stands in running text, with its numbers."""
    for sentence in [
        *one.bottom_line,
        *one.key_judgements,
        *one.alternatives,
        *(each for paragraph in one.paragraphs for each in paragraph.sentences),
    ]:
        yield sentence.text, sentence.citations
    for conflict in one.conflicts:
        for side in conflict.sides:
            yield side.text, side.citations


def uses(one: Briefing) -> Iterator[tuple[int, ...]]:
    yield from (numbers for _, numbers in sentences(one))
    yield from (event.citations for event in one.chronology)
    yield from (echo.citations for echo in one.echoes)


def holds(read: str, text: str, format: str) -> bool:
    if format == "pdf":  # a font without full-width brackets has round ones
        text = text.replace("［", "(").replace("］", ")")
        if content.isolate_runs(read) != read:
            return _words(text) <= _words(unicodedata.normalize("NFKC", read))
    return squeezed(text) in squeezed(read)


def _words(text: str) -> set[str]:
    return {"".join(sorted(word)) for word in re.findall(r"\w+", text)}


def _marks(body: str) -> Counter[int]:
    return Counter(int(number) for number in re.findall(r"\[(\d+)\]", body))


def squeezed(text: str) -> str:
    """Without white space and marks of direction, which a reader does not see."""
    return re.sub(r"[\s\u200e\u200f\u2068\u2069]+", "", text)


def _markdown(data: bytes) -> Read:
    reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    page = lxml.html.document_fromstring(reader.render(data.decode("utf-8")))
    text = page.text_content()
    body, _, notes = text.rpartition("\nEndnotes\n")
    found = re.split(r"^\[(\d+)\] ", notes, flags=re.M)
    return Read(body or text, _paired(found[1:]), _marks(body))


def _html(data: bytes) -> Read:
    page = lxml.html.document_fromstring(data.decode("utf-8")).find("body")
    notes = {}
    for one in page.xpath("//div[@class='note']"):
        notes[int(one.get("id").removeprefix("note-"))] = one.text_content()
        one.getparent().remove(one)
    body = page.text_content()
    return Read(body, notes, _marks(body))


def _docx(data: bytes) -> Read:
    """As Word shows it: a reference shows its mark, or else which in the text it is."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        body = etree.fromstring(file.read("word/document.xml"))
        has = "word/footnotes.xml" in file.namelist()
        root = etree.fromstring(file.read("word/footnotes.xml")) if has else None
    shown: dict[str, int] = {}
    parts = []
    for one in body.iter(f"{W}p", f"{W}t", f"{W}footnoteReference"):
        if one.tag == f"{W}footnoteReference":
            if one.get(f"{W}customMarkFollows") == "1":
                shown[one.get(f"{W}id")] = int(one.getnext().text)
            else:
                shown[one.get(f"{W}id")] = len(shown) + 1
                parts.append(str(len(shown)))
        else:
            parts.append("\n" if one.tag == f"{W}p" else one.text or "")
    notes = {} if root is None else {
        shown[one.get(f"{W}id")]: "".join(text.text or "" for text in one.iter(f"{W}t"))
        for one in root.iter(f"{W}footnote")
        if one.get(f"{W}id") in shown
    }  # fmt: skip
    told = "".join(parts)
    return Read(told, notes, _marks(told))


def _pdf(data: bytes) -> Read:
    """A note is what stands from where a marker's link leads to where the next note's does."""
    with pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage() for page in document]
        height = document[0].get_height()
        end = (len(pages) - 1, _MARGIN)
        opens = [one.get_dest() for one in document.get_toc() if one.get_title() == content.ENDNOTES]
        first = (opens[-1].get_index(), opens[-1].get_view()[1][1]) if opens else end
        led_to = Counter(one for one in _led_to(document) if _after(first, one))
        starts = sorted(led_to, key=lambda one: (one[0], -one[1]))
        notes = {
            number: _between(pages, height, start, stop)
            for number, (start, stop) in enumerate(zip(starts, [*starts[1:], end], strict=False), start=1)
        }
        marks = Counter({number: led_to[start] for number, start in enumerate(starts, start=1)})
        return Read(_between(pages, height, (0, height), first), notes, marks)


def _after(one: tuple[int, float], other: tuple[int, float]) -> bool:
    return (one[0], -one[1]) < (other[0], -other[1])


def _led_to(document: Any) -> Iterator[tuple[int, float]]:
    """Page, from 0, and height in points of all that links inside the file lead to."""
    for page in document:
        at, link = ctypes.c_int(0), raw.FPDF_LINK()
        while raw.FPDFLink_Enumerate(page.raw, ctypes.byref(at), ctypes.byref(link)):
            found = raw.FPDFLink_GetDest(document.raw, link)
            if found:
                given = [ctypes.c_int() for _ in range(3)]
                x, y, zoom = (ctypes.c_float() for _ in range(3))
                raw.FPDFDest_GetLocationInPage(found, *map(ctypes.byref, [*given, x, y, zoom]))
                yield raw.FPDFDest_GetDestPageIndex(document.raw, found), y.value


def _between(pages: list[Any], height: float, start: tuple[int, float], stop: tuple[int, float]) -> str:
    parts = []
    for number in range(start[0], stop[0] + 1):
        top = start[1] if number == start[0] else height - _MARGIN
        bottom = stop[1] if number == stop[0] else _MARGIN
        parts.append(pages[number].get_text_bounded(bottom=bottom, top=min(top, height - _MARGIN)))
    return "\n".join(parts).replace("\r\n", "\n")


def _paired(parts: list[str]) -> dict[int, str]:
    made: dict[int, Any] = {}
    for number, text in zip(parts[::2], parts[1::2], strict=True):
        made.setdefault(int(number), text)
    return made
