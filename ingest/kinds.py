"""Which kind of report some bytes are: by their content first, by their name second."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

from ingest.decoding import looks_binary
from ingest.document import IngestError

SUPPORTED = "PDF, Word (.docx), web pages (.html), Markdown (.md) and plain text (.txt)"
_BY_NAME = {
    ".pdf": "pdf", ".docx": "docx", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".md": "md", ".markdown": "md", ".txt": "txt", ".text": "txt",
}  # fmt: skip
_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(data: bytes, name: str, address: str | None) -> str:
    """`pdf`, `docx`, `html`, `md` or `txt`.

    Raises IngestError `empty`, `unknown_kind`, `password` or `unreadable`.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise IngestError(
            "empty", f"{name} is empty. Check that it was saved or downloaded completely, and add it again."
        )
    suffix = PurePosixPath(name.partition("?")[0].lower()).suffix
    named = _BY_NAME.get(suffix)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data, name, named)
    if data.startswith(_OLE):
        raise _old_office(data, name)
    if named in ("pdf", "docx"):
        raise IngestError(
            "unreadable",
            f"{name} is damaged or no {named.upper()} file at all. Download or save it again, and add it once more.",
        )
    if looks_binary(data):
        raise _unknown(name)
    if _HTML.match(data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")):
        return "html"
    # A page fetched from the network is often served under a name without a known ending.
    if named is None and suffix and address is None:
        raise _unknown(name)
    return named or "txt"


def _zipped(data: bytes, name: str, named: str | None) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "word/document.xml" in archive.namelist():
                return "docx"
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        if named == "docx":
            raise IngestError(
                "unreadable", f"{name} is damaged. Save or download it again, and add it once more."
            ) from error
    raise _unknown(name)


def _old_office(data: bytes, name: str) -> IngestError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return IngestError(
            "password", f"{name} is protected by a password. Save a copy without one and add the copy."
        )
    return IngestError(
        "unknown_kind",
        f"{name} is in an old Office format. Save it as .docx or PDF and add that file. Readable are {SUPPORTED}.",
    )


def _unknown(name: str) -> IngestError:
    return IngestError(
        "unknown_kind",
        f"{name} is of a kind that cannot be read. Readable are {SUPPORTED}: save it as one of these and add that.",
    )
