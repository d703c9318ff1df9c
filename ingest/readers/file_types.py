"""Which kind of report some bytes are: by their content first, by their name second."""

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
_SUPPORTED = (
    "PDF, Word (.docx), PowerPoint (.pptx), Excel (.xlsx), CSV, OpenDocument text (.odt), RTF, e-books (.epub), "
    "web pages (.html), mail (.eml, .msg), Markdown (.md), plain text (.txt), pictures of pages, and ZIP archives "
    "of these"
)
_BY_NAME = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".mhtml": "eml", ".mht": "eml", ".eml": "eml",
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".md": "md", ".markdown": "md", ".txt": "txt", ".text": "txt",
}  # fmt: skip
# Kinds whose files begin with a mark of their own: a file so named without it is damaged, unless it is text.
_MARKED = frozenset(".pdf .docx .pptx .xlsx .msg .epub .odt .rtf .zip .docm .xlsm .pptm".split())
_PICTURES = frozenset(".png .jpg .jpeg .tif .tiff .webp .bmp .gif".split())
_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAIL_HEADER = re.compile(
    rb"^(?:from|to|cc|subject|date|message-id|mime-version|received|return-path|delivered-to|reply-to|"
    rb"content-type|x-[\w-]+|dkim-signature|authentication-results):",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|II\*\0|MM\0\*|GIF8[79]a|BM....\0\0\0\0|RIFF....WEBP", re.DOTALL
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BY_MIMETYPE = {b"application/epub+zip": "epub", b"application/vnd.oasis.opendocument.text": "odt"}
# Formats that are known and not read: what to save them as.
_CONVERT = {
    b"application/vnd.oasis.opendocument.spreadsheet": "an OpenDocument spreadsheet. Save it as .xlsx or CSV",
    b"application/vnd.oasis.opendocument.presentation": "an OpenDocument presentation. Save it as .pptx or PDF",
}
_OLD_OFFICE = (
    ("WordDocument", "an old Word file (.doc)", "a Word document (.docx) or PDF"),
    ("PowerPoint Document", "an old PowerPoint file (.ppt)", "a PowerPoint presentation (.pptx) or PDF"),
    ("Workbook", "an old Excel file (.xls)", "an Excel workbook (.xlsx)"),
    ("Book", "an old Excel file (.xls)", "an Excel workbook (.xlsx)"),
)


def kind_of(data: bytes, name: str, address: str | None) -> str:
    """One of KINDS.

    Raises IngestError `empty`, `unknown_kind`, `password` or `unreadable`.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise IngestError(
            "empty", f"{name} is empty. Check that it was saved or downloaded completely, and add it again."
        )
    suffix = PurePosixPath(name.partition("?")[0].lower()).suffix
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data, name)
    if data.startswith(_OLE):
        return _compound(data, name)
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if _PICTURE.match(data):
        return "image"
    if b"%PDF-" in data[:1024]:  # readers allow for something before it
        return "pdf"
    if looks_binary(data):
        raise _damaged(name, suffix) if suffix in _MARKED | _PICTURES else _unknown(name)
    return _text_kind(data, name, suffix, address)


def _text_kind(data: bytes, name: str, suffix: str, address: str | None) -> str:
    named = _BY_NAME.get(suffix)
    if _HTML.match(data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")):
        return "html"
    if named == "eml" or (named in (None, "txt") and _is_mail(data)):
        return "eml"
    # A page fetched from the network is often served under a name without a known ending.
    if named is None and suffix and suffix not in _MARKED and address is None:
        raise _unknown(name)
    if suffix in _MARKED and not _is_prose(data):
        raise _damaged(name, suffix)
    return named or "txt"


def _is_mail(data: bytes) -> bool:
    """Whether the text begins with header lines as mails do, at least three of them known."""
    head = re.split(rb"\r?\n\r?\n", data[:65536].lstrip(b"\xef\xbb\xbf"), maxsplit=1)[0]
    lines = [line for line in head.splitlines() if line[:1] not in (b" ", b"\t", b"")]
    known = sum(_MAIL_HEADER.match(line) is not None for line in lines)
    return known >= 3 and all(re.match(rb"[\w-]+:|From ", line) for line in lines)


def _is_prose(data: bytes) -> bool:
    """Whether text under a binary format's name is a report of its own, rather than what is left of a file."""
    return len(data) > 300 and len(re.findall(rb"[a-z]{2}[.!?](?:\s|$)", data[:20_000])) >= 3


def _zipped(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.namelist()
            mimetype = b""
            if "mimetype" in members and not is_encrypted(archive.getinfo("mimetype")):
                with archive.open("mimetype") as stream:
                    mimetype = stream.read(100).strip()
    except Exception as error:  # zipfile raises what the damage makes it raise
        raise IngestError(
            "unreadable", f"{name} is damaged. Save or download it again, and add it once more."
        ) from error
    if mimetype in _CONVERT:
        raise IngestError("unknown_kind", f"{name} is {_CONVERT[mimetype]} and add that.")
    if mimetype in _BY_MIMETYPE:
        return _BY_MIMETYPE[mimetype]
    for kind, main in MAIN_PARTS.items():  # the first that fits
        if any(map(main.fullmatch, members)):
            return kind
    if "META-INF/container.xml" in members:
        return "epub"
    if "xl/workbook.bin" in members:
        raise IngestError(
            "unknown_kind", f"{name} is a binary workbook (.xlsb). Save it as .xlsx and add that."
        )
    if "[Content_Types].xml" in members:
        raise _unknown(name)
    return "zip"


def _compound(data: bytes, name: str) -> str:
    """What an OLE compound file is, by the names in its directory."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise IngestError(
            "password", f"{name} is protected by a password. Save a copy without one and add the copy."
        )
    if "__properties_version1.0".encode("utf-16-le") in data:
        return "msg"
    for stream, what, remedy in _OLD_OFFICE:
        if (stream + "\0").encode("utf-16-le") in data:
            raise IngestError(
                "unknown_kind",
                f"{name} is {what}, which cannot be read. Open it in Word, Excel, PowerPoint or LibreOffice, save it "
                f"as {remedy}, and add that file.",
            )
    raise _unknown(name)


def _damaged(name: str, suffix: str) -> IngestError:
    return IngestError(
        "unreadable",
        f"{name} is damaged or no {suffix[1:].upper()} file at all. Download or save it again, and add it once more.",
    )


def _unknown(name: str) -> IngestError:
    return IngestError(
        "unknown_kind",
        f"{name} is of a kind that cannot be read. Readable are {_SUPPORTED}: save it as one of these and add that.",
    )
