"""What Word, PowerPoint and Excel files have in common: main parts, namespaces, and a check before they are read."""

from __future__ import annotations

import re

from ingest.document import IngestError
from ingest.readers.common.zip_package import ZipPackage

# Kind -> the name of the main part, by which a package is recognised as a file of this kind.
MAIN_PARTS = {
    "docx": re.compile(r"word/document\d*\.xml"),
    "pptx": re.compile(r"ppt/presentation\d*\.xml"),
    "xlsx": re.compile(r"xl/workbook\d*\.xml"),
}
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_STRICT = b"http://purl.oclc.org/ooxml/"  # namespaces of the strict variant, which our libraries cannot read
_HEAD = 4000  # bytes of a main part that are searched for its namespaces


def check_package(data: bytes, kind: str, remedy: str) -> None:
    """Check a package before a library unpacks it; `kind` is one of MAIN_PARTS.

    Raises IngestError `too_large`, `password`, or `unreadable` for the strict variant; `remedy` names the format in
    which to save the file instead.
    """
    package = ZipPackage(data)
    main = next(filter(MAIN_PARTS[kind].fullmatch, package.names()), None)
    if main is not None and _STRICT in package.read(main)[:_HEAD]:
        raise IngestError(
            "unreadable", f"The file is in the “Strict Open XML” variant. Save it as {remedy} and add that."
        )
