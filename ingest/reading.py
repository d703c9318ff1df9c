"""Bytes in, a Document out: the one function that reads a report of any kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

from ingest.document import Document, IngestError, Metadata
from ingest.metadata.bylines import find_byline
from ingest.metadata.masthead import restated_title, site_header, strap_line
from ingest.metadata.merging import from_address, language_of, merge, metadata_in_text
from ingest.readers.common.draft import Draft
from ingest.readers.file_types import kind_of
from ingest.structure.furniture import find_furniture
from ingest.structure.headings import mark_furniture, mark_headings, to_blocks
from ingest.text.cleaning import one_line

# Kind to reader, as "module:function": a reader and what it needs are imported when first used.
_READERS = {
    "txt": "ingest.readers.plain_text:read_plain_text",
    "md": "ingest.readers.markdown:read_markdown",
    "html": "ingest.readers.html.reader:read_web_page",
    "pdf": "ingest.readers.pdf.reader:read_pdf",
    "docx": "ingest.readers.docx.reader:read_word",
    "pptx": "ingest.readers.pptx.reader:read_slides",
    "xlsx": "ingest.readers.sheets.xlsx:read_workbook",
    "csv": "ingest.readers.sheets.csv:read_table_text",
    "eml": "ingest.readers.mail.eml:read_mail",
    "msg": "ingest.readers.mail.msg:read_outlook",
    "epub": "ingest.readers.epub.reader:read_ebook",
    "odt": "ingest.readers.odt.reader:read_open_document",
    "rtf": "ingest.readers.rtf.reader:read_rich_text",
    "image": "ingest.readers.pdf.ocr:read_picture",
    "zip": "ingest.readers.zip.reader:read_archive",
}
LARGEST_FILE = 100 * 1024 * 1024  # bytes
LARGEST_TEXT = 20_000_000  # characters; a thousand pages of print are about 3 million


def read(data: bytes, name: str, address: str | None = None) -> Document:
    """The report in `data`; `name` is its file name, `address` where it was fetched from.

    Raises IngestError `empty`, `unknown_kind`, `unreadable`, `password`, `no_text` or `too_large`, never another
    exception for bad input. For files from others use `read_isolated`, which also survives a reader's crash.
    """
    if len(data) > LARGEST_FILE:
        raise IngestError(
            "too_large", f"{name} is larger than {LARGEST_FILE >> 20} MB. Split it and add the parts."
        )
    kind = kind_of(data, name, address)
    try:
        document = _finished(_reader(kind)(data), kind, address)
    except IngestError as error:
        raise IngestError(
            error.code, error.message if name in error.message else f"{name}: {error.message}"
        ) from error
    except Exception as error:  # readers meet every kind of damage, each library with its own exceptions
        raise IngestError(
            "unreadable",
            f"{name} is damaged, or no proper {kind.upper()} file: it could not be read. "
            "Open it, save it again, and add the new file.",
        ) from error
    if document.kind == "zip":
        return document
    if not any(block.kind != "furniture" for block in document.blocks) and not document.text.strip():
        raise IngestError("empty", f"{name} holds no text. Check that it is the right file.")
    if len(document.text) > LARGEST_TEXT:
        raise IngestError(
            "too_large", f"{name} holds more than {LARGEST_TEXT:,} characters. Split it and add the parts."
        )
    return document


def _reader(kind: str) -> Callable[[bytes], Draft]:
    module, _, function = _READERS[kind].partition(":")
    reader: Callable[[bytes], Draft] = getattr(import_module(module), function)
    return reader


def _finished(draft: Draft, kind: str, address: str | None) -> Document:
    """A draft with the rules that hold for every format: metadata, furniture, headings and their paths."""
    lines = [one_line(draft.text[piece.start : piece.end]) for piece in draft.pieces]
    blocks = [draft.text[piece.start : piece.end] for piece in draft.pieces]
    strap, strap_lines = strap_line(blocks, draft.strong.authors or draft.weak.authors)
    byline = find_byline(lines)
    above, site = site_header(lines) if draft.plain else (0, None)
    header = Metadata(publisher=site, found={"publisher": "name above the site's menu"} if site else {})
    in_text = metadata_in_text(lines[above:], byline, plain=draft.plain)
    body = " ".join(line for line in lines if len(line) > 40)
    language = language_of(body or draft.text, draft.strong.language)
    metadata = merge(
        replace(draft.strong, language=None),
        strap,
        in_text,
        header,
        draft.weak,
        from_address(address),
        language,
    )
    headings = {index for index, piece in enumerate(draft.pieces) if piece.kind == "heading"}
    around = byline.lines | strap_lines | restated_title(lines, metadata) | set(range(above))
    pieces = mark_furniture(draft.pieces, find_furniture(lines, metadata.title, headings) | around)
    if draft.plain:
        pieces = mark_headings(pieces, lines, metadata.title)
    return Document(
        draft.text, to_blocks(pieces, lines, metadata.title), kind, metadata, draft.pages, draft.attachments
    )
