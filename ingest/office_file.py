"""What PowerPoint and Excel files have in common: the package they come in and the properties it states."""

from __future__ import annotations

import io
import re
import zipfile

from ingest.cleaning import one_line
from ingest.document import IngestError, Metadata
from ingest.names import organisation, person, unique_names

_LARGEST_UNPACKED = 300 * 1024 * 1024  # bytes; a report with many pictures stays far below
_STRICT = b"http://purl.oclc.org/ooxml/"  # namespaces of the strict variant, which the libraries do not know
# Titles that an application gives to every new file, or that are a file's name.
_NOT_A_TITLE = re.compile(
    r"(?:untitled|sans titre|ohne titel|sin título|sem título)\W*\d*|(?:slide|sheet|book|classeur|mappe)\s*\d*|"
    r"(?:présentation|presentación|apresentação|präsentation|presentazione|presentation)?\s*(?:de |do |di )?"
    r"(?:microsoft )?(?:powerpoint|excel)(?: presentation| worksheet|-präsentation)?|"
    r"(?:presentation|présentation|presentación|präsentation)\s*\d*|.*\.(?:pptx?|ppsx?|xlsx?|csv)",
    re.IGNORECASE,
)
# Authors that libraries put into the files they make.
_LIBRARY_AUTHORS = frozenset({"Steve Canny", "openpyxl", "python-pptx", "PptxGenJS", "Unknown Creator"})


def check_package(data: bytes, main: str, remedy: str) -> None:
    """Checks a package whose main part's name matches `main` before a library unpacks it.

    Raises IngestError `too_large` or `unreadable`; `remedy` says what to save the file as.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _LARGEST_UNPACKED:
            raise IngestError(
                "too_large", "The file unpacks to more than 300 MB. Remove its pictures and add it again."
            )
        part = next((name for name in archive.namelist() if re.fullmatch(main, name)), None)
        if part is not None and _STRICT in archive.read(part)[:4000]:
            raise IngestError(
                "unreadable",
                f"The file is in the “Strict Open XML” variant. Save it as {remedy} and add that.",
            )


def stated_properties(title: str | None, author: str | None) -> Metadata:
    """Core properties as metadata; titles and authors that a template or a library put there are left out."""
    found = {}
    stated = one_line(title or "")
    stated = "" if _NOT_A_TITLE.fullmatch(stated) else stated
    authors = []
    publisher = None
    for part in re.split(r"\s*[;,&]\s*|\s+and\s+", author or ""):
        if part in _LIBRARY_AUTHORS:
            continue
        if (name := person(part)) is not None:
            authors.append(name)
        elif len(part.split()) > 1:
            publisher = publisher or organisation(part)
    for name, value in (("title", stated), ("authors", authors), ("publisher", publisher)):
        if value:
            found[name] = "document properties"
    return Metadata(stated or None, unique_names(authors), publisher, found=found)
