"""DOCX: headings by style, list items, tables as readable rows, document properties."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from ingest.cleaning import one_line
from ingest.dates import machine_date
from ingest.document import IngestError, Metadata
from ingest.draft import Draft, Part, compose, looks_like_header, rows_as_parts
from ingest.names import organisation, person, unique_names

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_LARGEST_UNPACKED = 300 * 1024 * 1024  # bytes; a report with many pictures stays far below
_STRICT = b"http://purl.oclc.org/ooxml/"  # namespaces of the strict variant, which python-docx does not know
_HEADING = re.compile(r"(?:heading|titre|überschrift|título)\s*(\d)", re.IGNORECASE)
_COVER_PAGE = "{http://schemas.microsoft.com/office/2006/coverPageProps}PublishDate"


def read_word(data: bytes) -> Draft:
    """A draft of a DOCX file. Its `created` and `modified` times are the file's, not the report's, and left out."""
    import docx

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _LARGEST_UNPACKED:
            raise IngestError(
                "too_large", "The file unpacks to more than 300 MB. Remove its pictures and add it again."
            )
        if _STRICT in archive.read("word/document.xml")[:4000]:
            raise IngestError(
                "unreadable",
                "The file is a “Strict Open XML Document”. Save it as an ordinary Word document and add that.",
            )
        cover_date = _cover_page_date(archive)
    document = docx.Document(io.BytesIO(data))
    parts = list(_parts(document))
    text, pieces = compose(parts)
    styled = next((one_line(part.text) for part in parts if part.kind == "heading" and part.level == 1), None)
    return Draft(text, pieces, strong=_strong(styled, cover_date), weak=_properties(document))


def _strong(title: str | None, published: str | None) -> Metadata:
    found = {}
    if title:
        found["title"] = "title or first heading"
    if published:
        found["published"] = "publication date on the cover page"
    return Metadata(title=title, published=published, found=found)


def _properties(document: WordDocument) -> Metadata:
    """Core properties. Author names that are no person's (a login, a template's) are left out."""
    core = document.core_properties
    found = {}
    title = one_line(core.title or "") or None
    authors = []
    publisher = None
    for part in re.split(r"\s*[;,&]\s*|\s+and\s+", core.author or ""):
        if (name := person(part)) is not None:
            authors.append(name)
        elif part != "python-docx" and len(part.split()) > 1:
            publisher = publisher or organisation(part)
    for name, value in (("title", title), ("authors", authors), ("publisher", publisher)):
        if value:
            found[name] = "document properties"
    return Metadata(title, unique_names(authors), publisher, found=found)


def _cover_page_date(archive: zipfile.ZipFile) -> str | None:
    """The publication date that Word's cover pages hold, in a custom XML part of its own."""
    for name in archive.namelist():
        if re.fullmatch(r"customXml/item\d+\.xml", name) and archive.getinfo(name).file_size < 100_000:
            source = archive.read(name)
            if b"PublishDate" not in source or b"<!" in source:  # no entities
                continue
            try:
                element = ElementTree.fromstring(source).find(_COVER_PAGE)
            except ElementTree.ParseError:
                continue
            if element is not None and element.text:
                return machine_date(element.text)
    return None


def _parts(document: WordDocument) -> Iterator[Part]:
    from docx.table import Table

    for item in document.iter_inner_content():
        if isinstance(item, Table):
            yield from _table(item)
        else:
            yield from _paragraph(item)


def _paragraph(paragraph: Paragraph) -> Iterator[Part]:
    text = paragraph.text.strip()
    if not text:
        return
    style = paragraph.style.name or "" if paragraph.style is not None else ""
    numbered = _HEADING.match(style)
    if style.lower() in ("title", "titre", "titel"):
        yield Part(one_line(text), "heading", 1)
    elif numbered:
        # One below the title, so that "Heading 1" stands under "Title".
        yield Part(one_line(text), "heading", int(numbered[1]) + 1)
    elif style.lower().startswith("caption"):
        yield Part(one_line(text), "furniture")
    elif style.startswith("List") or _is_numbered(paragraph):
        yield Part(f"• {one_line(text)}", "list")
    else:
        yield Part(re.sub(r"[ \t]+", " ", text))


def _is_numbered(paragraph: Paragraph) -> bool:
    properties = paragraph._p.pPr
    return properties is not None and properties.numPr is not None


def _table(table: Table) -> Iterator[Part]:
    from docx.table import _Cell

    # The cells as they are written: python-docx's own grid repeats merged cells and fails on uneven rows.
    rows = [[_Cell(cell, table).text for cell in row.tc_lst] for row in table._tbl.tr_lst]
    if len(rows) == 1 and len(rows[0]) == 1:  # a box around text
        yield from (Part(one_line(line)) for line in rows[0][0].split("\n"))
    else:
        yield from rows_as_parts(rows, header=looks_like_header(rows))
