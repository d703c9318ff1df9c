"""Tells the kind of a file, and so its reader, from its first bytes; the file name decides only where they do not."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

from ingest.document import IngestError
from ingest.readers.common.ooxml import MAIN_PARTS
from ingest.readers.common.zip_package import is_encrypted
from ingest.text.decoding import looks_binary

KINDS = (
    "pdf", "docx", "pptx", "xlsx", "csv", "html", "eml", "msg", "epub", "odt", "rtf", "md", "txt", "image", "zip",
)  # fmt: skip
_READABLE_FORMATS = (
    "PDF, Word (.docx), PowerPoint (.pptx), Excel (.xlsx), CSV, OpenDocument text (.odt), RTF, e-books (.epub), "
    "web pages (.html), mail (.eml, .msg), Markdown (.md), plain text (.txt), pictures of pages, and ZIP archives "
    "of these"
)
_KIND_BY_SUFFIX = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".mhtml": "eml", ".mht": "eml", ".eml": "eml",
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".md": "md", ".markdown": "md", ".txt": "txt", ".text": "txt",
}  # fmt: skip
# Formats that begin with a signature: without it, a file of such a name is damaged, unless it is readable text.
_SUFFIXES_WITH_SIGNATURE = frozenset(
    ".pdf .docx .pptx .xlsx .msg .epub .odt .rtf .zip .docm .xlsm .pptm".split()
)
_PICTURE_SUFFIXES = frozenset(".png .jpg .jpeg .tif .tiff .webp .bmp .gif".split())
_HTML_START = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAIL_HEADER = re.compile(
    rb"^(?:from|to|cc|subject|date|message-id|mime-version|received|return-path|delivered-to|reply-to|"
    rb"content-type|x-[\w-]+|dkim-signature|authentication-results):",
    re.IGNORECASE,
)
_PICTURE_SIGNATURE = re.compile(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|II\*\0|MM\0\*|GIF8[79]a|BM....\0\0\0\0|RIFF....WEBP", re.DOTALL
)
_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KIND_BY_MIMETYPE = {b"application/epub+zip": "epub", b"application/vnd.oasis.opendocument.text": "odt"}
# Formats that are recognised but not read -> what to save them as.
_UNREAD_MIMETYPES = {
    b"application/vnd.oasis.opendocument.spreadsheet": "an OpenDocument spreadsheet. Save it as .xlsx or CSV",
    b"application/vnd.oasis.opendocument.presentation": "an OpenDocument presentation. Save it as .pptx or PDF",
}
# (stream in the compound file, what the file is, what to save it as)
_OLD_OFFICE = (
    ("WordDocument", "an old Word file (.doc)", "a Word document (.docx) or PDF"),
    ("PowerPoint Document", "an old PowerPoint file (.ppt)", "a PowerPoint presentation (.pptx) or PDF"),
    ("Workbook", "an old Excel file (.xls)", "an Excel workbook (.xlsx)"),
    ("Book", "an old Excel file (.xls)", "an Excel workbook (.xlsx)"),
)


def kind_of(data: bytes, name: str, address: str | None) -> str:
    """The kind of a file, one of KINDS: `kind_of(b"%PDF-1.7 ...", "a.txt", None) == "pdf"`.

    `name` is shown in errors, and its suffix decides for text. With an `address` (the file was downloaded) an unknown
    suffix counts as none.

    Raises IngestError `empty`, `unknown_kind`, `password` (an encrypted Office file) or `unreadable` (damaged).
    """
    if not data.strip(b"\0 \t\r\n"):
        raise IngestError(
            "empty", f"{name} is empty. Check that it was saved or downloaded completely, and add it again."
        )
    suffix = PurePosixPath(name.partition("?")[0].lower()).suffix
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_zip(data, name)
    if data.startswith(_OLE_SIGNATURE):
        return _kind_of_compound_file(data, name)
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if _PICTURE_SIGNATURE.match(data):
        return "image"
    if b"%PDF-" in data[:1024]:  # PDF readers accept a few stray bytes before the header
        return "pdf"
    if looks_binary(data):
        raise (
            _damaged_error(name, suffix)
            if suffix in _SUFFIXES_WITH_SIGNATURE | _PICTURE_SUFFIXES
            else _unknown_kind_error(name)
        )
    return _kind_of_text(data, name, suffix, address)


def _kind_of_text(data: bytes, name: str, suffix: str, address: str | None) -> str:
    """The kind of a text file: HTML and mail by their beginning, the rest by suffix, else plain text."""
    kind_by_suffix = _KIND_BY_SUFFIX.get(suffix)
    if _HTML_START.match(data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")):
        return "html"
    if kind_by_suffix == "eml" or (kind_by_suffix in (None, "txt") and _is_mail(data)):
        return "eml"
    # Pages from the network often have addresses that end in .php, .aspx and the like.
    if kind_by_suffix is None and suffix and suffix not in _SUFFIXES_WITH_SIGNATURE and address is None:
        raise _unknown_kind_error(name)
    if suffix in _SUFFIXES_WITH_SIGNATURE and not _is_prose(data):
        raise _damaged_error(name, suffix)
    return kind_by_suffix or "txt"


def _is_mail(data: bytes) -> bool:
    """Whether text begins with a block of header lines, at least three of them typical of mail.

    `_is_mail(b"From: a@b.org\\nTo: c@d.org\\nSubject: Grain\\n\\nHello") is True`; two such lines are not enough.
    """
    head = re.split(rb"\r?\n\r?\n", data[:65536].lstrip(b"\xef\xbb\xbf"), maxsplit=1)[0]
    lines = [line for line in head.splitlines() if line[:1] not in (b" ", b"\t", b"")]
    known_headers = sum(_MAIL_HEADER.match(line) is not None for line in lines)
    return known_headers >= 3 and all(re.match(rb"[\w-]+:|From ", line) for line in lines)


def _is_prose(data: bytes) -> bool:
    """Whether text in a file named like a binary format is prose, rather than the remains of a damaged file.

    `_is_prose(b"The port is open. " * 20) is True`; `_is_prose(b"The port is open.") is False` (under 300 bytes).
    """
    return len(data) > 300 and len(re.findall(rb"[a-z]{2}[.!?](?:\s|$)", data[:20_000])) >= 3


def _kind_of_zip(data: bytes, name: str) -> str:
    """The kind of a ZIP file: by its `mimetype` member, by its main part, else a plain archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.namelist()
            mimetype = b""
            if "mimetype" in members and not is_encrypted(archive.getinfo("mimetype")):
                with archive.open("mimetype") as stream:
                    mimetype = stream.read(100).strip()
    except Exception as error:  # on damaged archives zipfile raises many kinds of errors
        raise IngestError(
            "unreadable", f"{name} is damaged. Save or download it again, and add it once more."
        ) from error
    if mimetype in _UNREAD_MIMETYPES:
        raise IngestError("unknown_kind", f"{name} is {_UNREAD_MIMETYPES[mimetype]} and add that.")
    if mimetype in _KIND_BY_MIMETYPE:
        return _KIND_BY_MIMETYPE[mimetype]
    for kind, main_part in MAIN_PARTS.items():
        if any(map(main_part.fullmatch, members)):
            return kind
    if "META-INF/container.xml" in members:
        return "epub"
    if "xl/workbook.bin" in members:
        raise IngestError(
            "unknown_kind", f"{name} is a binary workbook (.xlsb). Save it as .xlsx and add that."
        )
    if "[Content_Types].xml" in members:
        raise _unknown_kind_error(name)
    return "zip"


def _kind_of_compound_file(data: bytes, name: str) -> str:
    """The kind of an OLE compound file (Outlook message, old Office), by the stream names in its directory."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise IngestError(
            "password", f"{name} is protected by a password. Save a copy without one and add the copy."
        )
    if "__properties_version1.0".encode("utf-16-le") in data:
        return "msg"
    for stream, description, remedy in _OLD_OFFICE:
        if (stream + "\0").encode("utf-16-le") in data:
            raise IngestError(
                "unknown_kind",
                f"{name} is {description}, which cannot be read. Open it in Word, Excel, PowerPoint or LibreOffice, "
                f"save it as {remedy}, and add that file.",
            )
    raise _unknown_kind_error(name)


def _damaged_error(name: str, suffix: str) -> IngestError:
    return IngestError(
        "unreadable",
        f"{name} is damaged or no {suffix[1:].upper()} file at all. Download or save it again, and add it once more.",
    )


def _unknown_kind_error(name: str) -> IngestError:
    return IngestError(
        "unknown_kind",
        f"{name} is of a kind that cannot be read. Readable are {_READABLE_FORMATS}: save it as one of "
        "these and add that.",
    )
