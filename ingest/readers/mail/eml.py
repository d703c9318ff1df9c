"""Reads EML and MHT: sorts the parts of a MIME message into body and files; a saved web page is read as a page."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import replace
from email.message import Message as Part
from email.parser import BytesFeedParser
from typing import cast

from ingest.document import Attachment, IngestError, Metadata
from ingest.metadata.dates import address_date
from ingest.readers.common.attachments import Attachments, is_decoration, is_for_machines
from ingest.readers.common.draft import Draft
from ingest.readers.html.reader import read_web_page
from ingest.readers.mail.body import BodyText, preferred_text, repeats_text, unflowed
from ingest.readers.mail.headers import LenientPolicy, addresses, decode_as, decoded_header
from ingest.readers.mail.message import Message, encrypted_error, message_draft
from ingest.text.decoding import decode

# A line that can only be the boundary before a part.
_BOUNDARY = re.compile(rb"^--(\S[^\r\n]{0,198}?)[ \t]*\r?\n(?=content-)", re.IGNORECASE | re.MULTILINE)
_FEWEST_NULS = 50  # in the first 200 bytes of a mail saved as UTF-16
_CHUNK = 64 * 1024  # bytes
_TEXT_TYPES = ("text/plain", "text/html")
_ENVELOPE_TYPES = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_SAVED_BY = re.compile(r"<?saved by\b", re.IGNORECASE)
_CONTENT_ID = re.compile(r"cid:([^\"'\s>)]+)", re.IGNORECASE)


def read_mail(data: bytes) -> Draft:
    """Read a mail, or a web page saved as one (MHT). Files that came with a mail are its attachments.

    Raises IngestError `password` for an encrypted mail, `unreadable` for one wrapped in its signature, and
    `too_large` for too many attachments.
    """
    if data[:200].count(0) > _FEWEST_NULS:
        data = decode(data).encode()
    root = _parsed(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    if _is_page(root) and (page := _page(root)) is not None:
        return page
    body = _MailParts()
    texts = body.texts(root, whole=True)
    if not texts:
        _refuse_envelopes(body.files)
    return message_draft(
        Message(
            subject=decoded_header(_header(root, "subject")),
            sender=addresses(_header(root, "from") or _header(root, "sender")),
            to=addresses(_header(root, "to")),
            copies=addresses(_header(root, "cc")),
            sent=decoded_header(_header(root, "date")),
            texts=tuple(texts),
            attachments=body.attachments(),
        )
    )


def _parsed(data: bytes) -> Part:
    """The message, parsed without ever failing."""
    parser = BytesFeedParser(policy=LenientPolicy())
    for start in range(0, len(data), _CHUNK):  # parsing it at once takes five times the memory
        parser.feed(data[start : start + _CHUNK])
    return parser.close()


def _header(part: Part, name: str) -> str:
    return str(part.get(name) or "")


def _is_page(root: Part) -> bool:
    """Whether this is a web page saved by a browser, not a mail: its Date is then the day of saving."""
    return (
        "snapshot-content-location" in root
        or _SAVED_BY.match(_header(root, "from").strip("\" '")) is not None
        or (
            root.get_content_type() == "multipart/related"
            and not any(name in root for name in ("from", "to", "received", "message-id"))
        )
    )


def _page(root: Part) -> Draft | None:
    """The draft of a saved web page, dated by its address; None if the message holds no HTML."""
    part = next((part for part in root.walk() if part.get_content_type() == "text/html"), None)
    if part is None:
        return None
    location = _header(root, "snapshot-content-location") or _header(part, "content-location")
    draft = read_web_page(_text(part).source.encode("utf-8-sig", "replace"))
    published = address_date(location)
    weak = Metadata(
        title=decoded_header(_header(root, "subject")) or None,
        published=published,
        found={"title": "title of the saved page", "published": "address of the page"},
    )
    return replace(draft, weak=weak)


class _MailParts:
    """Walks the parts of a mail: returns texts, and collects files and the pictures that the HTML shows."""

    def __init__(self) -> None:
        self.files: list[Part] = []  # parts that are not text of the body
        self._shown: set[str] = set()  # Content-IDs that the HTML refers to

    def texts(self, part: Part, *, whole: bool = False) -> list[BodyText]:
        """The texts of the body in this part, in order; `whole` says that the part is the mail itself.

        Raises IngestError `password` where the part is encrypted.
        """
        kind = part.get_content_type()
        if kind.startswith("multipart/"):
            if kind == "multipart/encrypted":
                raise encrypted_error()
            if kind == "multipart/alternative":
                return _chosen([self.texts(child) for child in _children(part) if _is_read(child)])
            return _joined([self.texts(child) for child in _children(part)])
        if kind in _TEXT_TYPES and (whole or not _is_file(part)):
            text = _text(part)
            self._shown.update(_CONTENT_ID.findall(text.source) if text.markup else ())
            return [text]
        self.files.append(part)
        return []

    def attachments(self) -> tuple[Attachment, ...]:
        """The files that somebody sent: without what mail programs add and without pictures shown in the text.

        Raises IngestError `too_large` for too many.
        """
        attachments = Attachments()
        for part in self.files:
            kind, name = part.get_content_type(), _name(part)
            if is_for_machines(kind, name):
                continue
            if kind == "message/rfc822" and part.is_multipart():
                attachments.add_mail(*_mail_within(part, name))
                continue
            data = _content(part)
            if data and not is_decoration(kind, name, data, inline=self._is_inline(part)):
                attachments.add(name, data, kind)
        return attachments.all()

    def _is_inline(self, part: Part) -> bool:
        """Whether a file is shown within the text."""
        disposition, content_id = part.get_content_disposition(), _header(part, "content-id").strip("<> ")
        return (
            disposition == "inline" or content_id in self._shown or bool(content_id and disposition is None)
        )


def _children(part: Part) -> list[Part]:
    """The parts of a multipart; if its boundary is not the stated one, by the boundary that its content has."""
    if part.is_multipart():
        return cast(list[Part], part.get_payload())
    content = _content(part)
    boundary = _BOUNDARY.search(content)
    if boundary is not None:
        head = b'Content-Type: multipart/mixed; boundary="' + boundary[1] + b'"\n\n'
        if (repaired := _parsed(head + content)).is_multipart():
            return cast(list[Part], repaired.get_payload())
    part.set_type("text/plain")
    return [part]


def _is_read(part: Part) -> bool:
    """Whether a part of a multipart/alternative is a text or file for people, not an invitation or the like."""
    kind = part.get_content_type()
    return kind in _TEXT_TYPES or kind.startswith("multipart/") or _is_file(part)


def _chosen(forms: Sequence[list[BodyText]]) -> list[BodyText]:
    """The form to read of several forms of the same text."""
    plain = next((form for form in forms if form and not any(text.markup for text in form)), [])
    markup = next((form for form in reversed(forms) if any(text.markup for text in form)), [])
    if not plain or not markup:
        return plain or markup
    sources = ["\n".join(text.source for text in form) for form in (plain, markup)]
    return markup if preferred_text(*sources).markup else plain


def _joined(inner: Sequence[list[BodyText]]) -> list[BodyText]:
    """The texts of parts in a row; an HTML text that repeats the plain one before it is not read twice."""
    texts: list[BodyText] = []
    for text in (text for part in inner for text in part):
        if text.markup and texts and not texts[-1].markup and repeats_text(text.source, texts[-1].source):
            texts[-1] = preferred_text(texts[-1].source, text.source)
        else:
            texts.append(text)
    return texts


def _text(part: Part) -> BodyText:
    """The text of a part, decoded."""
    markup = part.get_content_type() == "text/html"
    source = decode_as(_content(part), part.get_content_charset(), markup=markup)
    if not markup and str(part.get_param("format")).lower() == "flowed":
        source = unflowed(source, drop_space=str(part.get_param("delsp")).lower() == "yes")
    return BodyText(source, markup)


def _content(part: Part) -> bytes:
    """The bytes of a part, without their transfer encoding; none if it cannot be undone."""
    payload = part.get_payload()
    if isinstance(payload, str) and _header(part, "content-transfer-encoding").strip().lower() == "base64":
        try:  # decoding it here takes far less memory than in the library
            return binascii.a2b_base64(payload.encode("ascii", "ignore"))
        except binascii.Error:
            pass
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _is_file(part: Part) -> bool:
    """Whether a part was attached, or has a file name."""
    return part.get_content_disposition() == "attachment" or bool(_name(part))


def _name(part: Part) -> str:
    """The file name of a part, "" without one."""
    try:
        return decoded_header(part.get_filename() or "")
    except (LookupError, TypeError, ValueError):  # the name's encoding is unknown or broken
        return ""


def _mail_within(part: Part, name: str) -> tuple[str, bytes]:
    """The name of an attached mail, its subject if it has none, and its bytes."""
    inner = cast(list[Part], part.get_payload())[0]
    data = inner.as_bytes()
    if not inner.keys() and (decoded := _unpacked(data)):  # in base64, against RFC 2046
        data, inner = decoded, _parsed(decoded)
    return name or decoded_header(_header(inner, "subject")), data


def _unpacked(data: bytes) -> bytes:
    try:
        return base64.b64decode(data, validate=False)
    except binascii.Error:
        return b""


def _refuse_envelopes(files: Sequence[Part]) -> None:
    """Raises IngestError `password` or `unreadable` if the whole mail is in an S/MIME envelope."""
    for part in files:
        if part.get_content_type() in _ENVELOPE_TYPES:
            if part.get_param("smime-type") != "signed-data":
                raise encrypted_error()
            raise IngestError(
                "unreadable",
                "The mail is wrapped in its signature (S/MIME). Open it in your mail program, save it as PDF or "
                "without the signature, and add that.",
            )
