"""DOCX: headings by style, list items, tables as readable rows, document properties."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ingest.document import Metadata
from ingest.metadata.dates import machine_date
from ingest.readers.common.draft import Draft, compose
from ingest.readers.common.properties import stated_properties, styled_title
from ingest.readers.common.zip_package import parsed_xml
from ingest.readers.docx.body import body_parts
from ingest.readers.docx.package import WordPackage

_COVER_PAGE = "{http://schemas.microsoft.com/office/2006/coverPageProps}PublishDate"


def read_word(data: bytes) -> Draft:
    """A draft of a DOCX file. Its `created` and `modified` times are the file's, not the report's, and left out.

    Raises IngestError `too_large` or `unreadable`.
    """
    package = WordPackage(data)
    parts = list(body_parts(package))
    text, pieces = compose(parts)
    return Draft(
        text,
        pieces,
        strong=_dated(styled_title(parts), _cover_page_date(package)),
        weak=_properties(package.properties()),
    )


def _dated(stated: Metadata, published: str | None) -> Metadata:
    found = {**stated.found, "published": "publication date on the cover page"} if published else stated.found
    return replace(stated, published=published, found=found)


def _properties(core: Any | None) -> Metadata:
    """Core properties. Author names that are no person's (a login, a template's) are left out."""
    if core is None:
        return Metadata()
    return stated_properties(core.findtext("{*}title"), core.findtext("{*}creator"))


def _cover_page_date(package: WordPackage) -> str | None:
    """The publication date that Word's cover pages hold, in a custom XML part of its own."""
    for source in package.custom_parts():
        if b"PublishDate" not in source:
            continue
        try:
            element = parsed_xml(source).find(_COVER_PAGE)
        except SyntaxError:
            continue
        if element is not None and element.text:
            return machine_date(element.text)
    return None
