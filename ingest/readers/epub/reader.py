"""Reads EPUB files: the documents in their order, each note after the block that refers to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ingest.readers.common.draft import Draft, DraftPart, compose
from ingest.readers.common.zip_package import ZipPackage
from ingest.readers.epub.chapters import xhtml_parts, xhtml_tree
from ingest.readers.epub.notes import extract_notes
from ingest.readers.epub.package import EbookPackage
from ingest.text.cleaning import one_line


def read_ebook(data: bytes) -> Draft:
    """Read an EPUB. Its package's metadata is strong; the time of its last change is left out.

    Raises IngestError `password`, `too_large` or `unreadable`.
    """
    archive = ZipPackage(data)
    package = EbookPackage(archive)
    trees = {path: xhtml_tree(archive.read(path)) for path in package.documents() if path in archive}
    notes = extract_notes(trees)
    levels: dict[str, dict[str, int]] = {}  # document -> folded text of its entry in the contents -> level
    for entry in package.toc_entries():
        levels.setdefault(entry.path, {}).setdefault(entry.text.casefold(), entry.level)
    text, pieces = compose(
        part
        for path, tree in trees.items()
        for part in _with_named_headings(xhtml_parts(tree, notes), levels.get(path, {}))
    )
    return Draft(text, pieces, strong=package.metadata())


def _with_named_headings(parts: Iterable[DraftPart], levels: Mapping[str, int]) -> Iterator[DraftPart]:
    """Makes headings of paragraphs that the table of contents lists, in a document that marks no headings."""
    document = list(parts)
    has_headings = any(part.kind == "heading" for part in document)
    for part in document:
        level = levels.get(one_line(part.text).casefold(), 0)
        is_heading = level and not has_headings and part.kind in ("paragraph", "furniture")
        yield replace(part, text=one_line(part.text), kind="heading", level=level) if is_heading else part
