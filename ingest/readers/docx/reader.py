"""Reads DOCX files: the text from `body`, the title from its style, the date from the cover page."""

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
    """Read a DOCX file. Its `created` and `modified` times are left out: they are the file's, not the report's.

    Raises IngestError `too_large` or `unreadable`.
    """
    package = WordPackage(data)
    parts = list(body_parts(package))
    text, pieces = compose(parts)
    return Draft(
        text,
        pieces,
        strong=_with_date(styled_title(parts), _cover_page_date(package)),
        weak=_properties(package.properties()),
    )


def _with_date(stated: Metadata, published: str | None) -> Metadata:
    """`stated` with the cover page's date, if there is one."""
    if published is None:
        return stated
    origins = {**stated.found, "published": "publication date on the cover page"}
    return replace(stated, published=published, found=origins)


def _properties(core: Any | None) -> Metadata:
    """Core properties; author names that belong to no person (a login, a template) are left out."""
    if core is None:
        return Metadata()
    return stated_properties(core.findtext("{*}title"), core.findtext("{*}creator"))


def _cover_page_date(package: WordPackage) -> str | None:
    """The publication date filled in on a Word cover page, which lies in a custom XML part."""
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
