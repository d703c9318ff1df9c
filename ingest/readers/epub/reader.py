"""EPUB: the documents of the spine in order, notes next to what they note, the package's metadata."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ingest.readers.common.draft import Draft, DraftPart, compose
from ingest.readers.common.zip_package import ZipPackage
from ingest.readers.epub.chapters import xhtml_parts, xhtml_tree
from ingest.readers.epub.notes import take_out_notes
from ingest.readers.epub.package import EbookPackage
from ingest.text.cleaning import one_line


def read_ebook(data: bytes) -> Draft:
    """A draft of an EPUB; `strong` is what its package states. The time it was modified is left out.

    Raises IngestError `password`, `too_large` or `unreadable`.
    """
    archive = ZipPackage(data)
    package = EbookPackage(archive)
    trees = {path: xhtml_tree(archive.read(path)) for path in package.documents() if path in archive}
    notes = take_out_notes(trees)
    named: dict[str, dict[str, int]] = {}
    for label in package.labels():
        named.setdefault(label.path, {}).setdefault(label.text.casefold(), label.level)
    text, pieces = compose(
        part
        for path, tree in trees.items()
        for part in _with_named_headings(xhtml_parts(tree, notes), named.get(path, {}))
    )
    return Draft(text, pieces, strong=package.metadata())


def _with_named_headings(parts: Iterable[DraftPart], labels: Mapping[str, int]) -> Iterator[DraftPart]:
    """Where a document marks no headings, its paragraphs that are entries of the table of contents are these."""
    found = list(parts)
    marked = any(part.kind == "heading" for part in found)
    for part in found:
        level = labels.get(one_line(part.text).casefold(), 0)
        is_heading = level and not marked and part.kind in ("paragraph", "furniture")
        yield replace(part, text=one_line(part.text), kind="heading", level=level) if is_heading else part
