"""Reads a report of any format: picks the reader, then applies the rules that hold for all formats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

from ingest.document import Document, IngestError, Metadata
from ingest.metadata.bylines import find_byline
from ingest.metadata.masthead import repeated_metadata_lines, site_header, strap_line
from ingest.metadata.merging import language_of, merge, metadata_in_address, metadata_in_text
from ingest.readers.common.draft import Draft
from ingest.readers.file_types import kind_of
from ingest.structure.furniture import find_furniture
from ingest.structure.headings import mark_furniture, mark_headings, to_blocks
from ingest.text.cleaning import one_line

# Kind -> reader, as "module:function": a reader and its libraries are imported when first used.
_READERS = {
    "txt": "ingest.readers.plain_text:read_plain_text",
    "md": "ingest.readers.markdown:read_markdown",
    "html": "ingest.readers.html.reader:read_web_page",
    "pdf": "ingest.readers.pdf.reader:read_pdf",
    "docx": "ingest.readers.docx.reader:read_word",
    "pptx": "ingest.readers.pptx.reader:read_slides",
    "xlsx": "ingest.readers.sheets.xlsx:read_workbook",
    "csv": "ingest.readers.sheets.csv:read_csv",
    "eml": "ingest.readers.mail.eml:read_mail",
    "msg": "ingest.readers.mail.msg:read_outlook",
    "epub": "ingest.readers.epub.reader:read_ebook",
    "odt": "ingest.readers.odt.reader:read_odt",
    "rtf": "ingest.readers.rtf.reader:read_rich_text",
    "image": "ingest.readers.pdf.ocr:read_picture",
    "zip": "ingest.readers.zip.reader:read_archive",
}
LARGEST_FILE = 100 * 1024 * 1024  # bytes
LARGEST_TEXT = 20_000_000  # characters; a thousand pages of print are about 3 million


def read(data: bytes, name: str, address: str | None = None) -> Document:
    """Read the report in `data`; `name` is its file name, `address` the one it was fetched from.

    Raises IngestError `empty`, `unknown_kind`, `unreadable`, `password`, `no_text` or `too_large`, and no other
    exception, whatever the bytes. For untrusted files use `read_isolated`, which also survives a crash of a reader.
    """
    if len(data) > LARGEST_FILE:
        raise IngestError(
            "too_large", f"{name} is larger than {LARGEST_FILE >> 20} MB. Split it and add the parts."
        )
    kind = kind_of(data, name, address)
    try:
        document = _to_document(_reader_for(kind)(data), kind, address)
    except IngestError as error:
        raise IngestError(
            error.code, error.message if name in error.message else f"{name}: {error.message}"
        ) from error
    except Exception as error:  # damaged files raise whatever the reader's library raises
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


def _reader_for(kind: str) -> Callable[[bytes], Draft]:
    """The reader of a kind, imported now."""
    module, _, function = _READERS[kind].partition(":")
    reader: Callable[[bytes], Draft] = getattr(import_module(module), function)
    return reader


def _to_document(draft: Draft, kind: str, address: str | None) -> Document:
    """Apply the rules that hold for every format: metadata from the text, furniture, headings and their paths.

    Metadata is merged in this order of trust: the format's own, the strap line, the text, the site's name above a
    menu, file properties, the address.
    """
    lines = [one_line(draft.text[piece.start : piece.end]) for piece in draft.pieces]
    blocks = [draft.text[piece.start : piece.end] for piece in draft.pieces]
    strap_metadata, strap_lines = strap_line(blocks, draft.strong.authors or draft.weak.authors)
    byline = find_byline(lines)
    menu_lines, site = site_header(lines) if draft.plain else (0, None)
    site_metadata = Metadata(
        publisher=site, found={"publisher": "name above the site's menu"} if site else {}
    )
    in_text = metadata_in_text(lines[menu_lines:], byline, plain=draft.plain)
    body = " ".join(line for line in lines if len(line) > 40)
    language = language_of(body or draft.text, draft.strong.language)
    metadata = merge(
        replace(draft.strong, language=None),
        strap_metadata,
        in_text,
        site_metadata,
        draft.weak,
        metadata_in_address(address),
        language,
    )
    headings = {index for index, piece in enumerate(draft.pieces) if piece.kind == "heading"}
    header_lines = (
        byline.lines | strap_lines | repeated_metadata_lines(lines, metadata) | set(range(menu_lines))
    )
    pieces = mark_furniture(draft.pieces, find_furniture(lines, metadata.title, headings) | header_lines)
    if draft.plain:
        pieces = mark_headings(pieces, lines, metadata.title)
    return Document(
        draft.text, to_blocks(pieces, lines, metadata.title), kind, metadata, draft.pages, draft.attachments
    )
