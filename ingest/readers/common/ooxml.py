"""What Word, PowerPoint and Excel files have in common: their main parts and namespaces, checked before reading."""

from __future__ import annotations

import re

from ingest.document import IngestError
from ingest.readers.common.zip_package import ZipPackage

# Kind -> the name of the part that makes a package a file of this kind.
MAIN_PARTS = {
    "docx": re.compile(r"word/document\d*\.xml"),
    "pptx": re.compile(r"ppt/presentation\d*\.xml"),
    "xlsx": re.compile(r"xl/workbook\d*\.xml"),
}
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_STRICT = b"http://purl.oclc.org/ooxml/"  # namespaces of the strict variant, which the libraries do not know
_HEAD = 4000  # bytes of a main part in which its namespaces are declared


def check_package(data: bytes, kind: str, remedy: str) -> None:
    """Checks a package of a kind of MAIN_PARTS before a library unpacks it.

    Raises IngestError `too_large` or `unreadable`; `remedy` says what to save the file as.
    """
    package = ZipPackage(data)
    main = next(filter(MAIN_PARTS[kind].fullmatch, package.names()), None)
    if main is not None and _STRICT in package.read(main)[:_HEAD]:
        raise IngestError(
            "unreadable", f"The file is in the “Strict Open XML” variant. Save it as {remedy} and add that."
        )
