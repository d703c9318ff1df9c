"""Reads metadata from a file: its document properties, and the paragraph in the style of titles."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.document import Metadata
from ingest.metadata.names import organisation, person, unique_names
from ingest.readers.common.draft import DraftPart
from ingest.text.cleaning import one_line

# Titles that applications give to new files, and file names.
_NOT_A_TITLE = re.compile(
    r"(?:untitled|sans titre|ohne titel|sin título|sem título)\W*\d*|(?:slide|sheet|book|classeur|mappe)\s*\d*|"
    r"(?:présentation|presentación|apresentação|präsentation|presentazione|presentation)?\s*(?:de |do |di )?"
    r"(?:microsoft )?(?:powerpoint|excel)(?: presentation| worksheet|-präsentation)?|"
    r"(?:presentation|présentation|presentación|präsentation)\s*\d*|.*\.(?:pptx?|ppsx?|xlsx?|csv)",
    re.IGNORECASE,
)
# Authors that libraries write into the files that they make.
_LIBRARY_AUTHORS = frozenset({"Steve Canny", "openpyxl", "python-pptx", "PptxGenJS", "Unknown Creator"})
_MOST_TAGS = 30


def stated_properties(title: str | None, author: str | None, keywords: Iterable[str] = ()) -> Metadata:
    """Document properties as metadata, without titles and authors from templates and libraries.

    Each string in `keywords` may hold several keywords, separated by commas or semicolons.
    """
    stated_title = one_line(title or "")
    authors, publisher = stated_authors(author or "")
    values = {
        "title": None if _NOT_A_TITLE.fullmatch(stated_title) else stated_title or None,
        "authors": authors,
        "publisher": publisher,
        "tags": stated_tags(word for words in keywords for word in re.split(r"[,;]", words)),
    }
    found = {name: "document properties" for name, value in values.items() if value}
    return Metadata(**values, found=found)  # type: ignore[arg-type]


def stated_authors(author: str) -> tuple[tuple[str, ...], str | None]:
    """The people in an "author" property, and the first organisation.

    `stated_authors("Mara Lindqvist; Harbour Institute") == (("Mara Lindqvist",), "Harbour Institute")`
    """
    names = []
    publisher = None
    for part in re.split(r"\s*[;,&]\s*|\s+and\s+", author):
        if part in _LIBRARY_AUTHORS:
            continue
        if (name := person(part)) is not None:
            names.append(name)
        elif len(part.split()) > 1:
            publisher = publisher or organisation(part)
    return unique_names(names), publisher


def stated_tags(words: Iterable[str]) -> tuple[str, ...]:
    """Keywords as tags, without repetitions, the first 30: `stated_tags(["grain", "", "grain"]) == ("grain",)`."""
    return tuple(dict.fromkeys(filter(None, map(one_line, words))))[:_MOST_TAGS]


def styled_title(parts: Iterable[DraftPart]) -> Metadata:
    """Metadata with the title of a document: its first heading of level 1, the style of titles."""
    titles = (one_line(part.text) for part in parts if part.kind == "heading" and part.level == 1)
    title = next(titles, None)
    return Metadata(title=title, found={"title": "paragraph in the style of titles"} if title else {})
