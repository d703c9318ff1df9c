"""Reads ODT files: the text from `body`, the title from its style, the rest from the file's properties."""

from __future__ import annotations

from typing import Any

from ingest.document import IngestError, Metadata
from ingest.readers.common.draft import Draft, compose
from ingest.readers.common.properties import stated_properties, styled_title
from ingest.readers.common.zip_package import ZipPackage
from ingest.readers.odt.body import OFFICE, text_parts
from ingest.readers.odt.styles import DocumentStyles

_MANIFEST = "META-INF/manifest.xml"


def read_odt(data: bytes) -> Draft:
    """Read an OpenDocument text. The dates in its properties are left out: they are the file's, not the report's.

    Raises IngestError `password`, `too_large` or `unreadable`.
    """
    archive = ZipPackage(data)
    _refuse_encrypted(archive)
    content = archive.xml("content.xml")
    body = None if content is None else content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise IngestError(
            "unreadable", "The file holds no text document. Save it as .odt again and add that."
        )
    parts = list(text_parts(body, DocumentStyles(archive.xml("styles.xml"), content)))
    text, pieces = compose(parts)
    return Draft(text, pieces, strong=styled_title(parts), weak=_properties(archive.xml("meta.xml")))


def _refuse_encrypted(archive: ZipPackage) -> None:
    """Raises IngestError `password` if the manifest says that any member is encrypted."""
    manifest = archive.xml(_MANIFEST)
    if manifest is not None and manifest.find(".//{*}encryption-data") is not None:
        raise IngestError(
            "password", "The document is protected by a password. Save a copy without one and add the copy."
        )


def _properties(meta: Any | None) -> Metadata:
    """Title, author and keywords. `dc:creator` is not used: it names whoever saved the file last."""
    if meta is None:
        return Metadata()
    keywords = [element.text or "" for element in meta.iterfind(".//{*}keyword")]
    return stated_properties(meta.findtext(".//{*}title"), meta.findtext(".//{*}initial-creator"), keywords)
