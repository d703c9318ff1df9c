"""EML and MHT: the parts of a MIME message told apart into its body and its files; a saved web page is a page."""

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
from ingest.readers.mail.body import BodyText, better_text, repeats_text, unflowed
from ingest.readers.mail.headers import LenientPolicy, addresses, decode_as, decoded_header
from ingest.readers.mail.message import Message, encrypted, message_draft
from ingest.text.decoding import decode

_BOUNDARY = re.compile(rb"^--(\S[^\r\n]{0,198}?)[ \t]*\r?\n(?=content-)", re.IGNORECASE | re.MULTILINE)
_FEWEST_NULS = 50  # in the first 200 bytes
_CHUNK = 64 * 1024  # bytes
_TEXTS = ("text/plain", "text/html")
_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_SAVED_BY = re.compile(r"<?saved by\b", re.IGNORECASE)
_REFERENCE = re.compile(r"cid:([^\"'\s>)]+)", re.IGNORECASE)


def read_mail(data: bytes) -> Draft:
    """A draft of a mail, or of a web page saved in the form of one (MHT); what came with a mail as attachments.

    Raises IngestError `password` for an encrypted mail, `unreadable` for one wrapped in its signature, and
    `too_large` for too many attachments.
    """
    if data[:200].count(0) > _FEWEST_NULS:  # a mail saved as UTF-16
        data = decode(data).encode()
    root = _parsed(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    if _is_page(root) and (page := _page(root)) is not None:
        return page
    body = _MailParts()
    texts = body.texts(root, whole=True)
    if not texts:
        _refuse_sealed(body.files)
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
    parser = BytesFeedParser(policy=LenientPolicy())
    for start in range(0, len(data), _CHUNK):  # at once it takes five times the memory
        parser.feed(data[start : start + _CHUNK])
    return parser.close()


def _header(part: Part, name: str) -> str:
    return str(part.get(name) or "")


def _is_page(root: Part) -> bool:
    """Whether this is a page that a browser saved: its Date is the day of saving, and nobody sent it."""
    return (
        "snapshot-content-location" in root
        or _SAVED_BY.match(_header(root, "from").strip("\" '")) is not None
        or (
            root.get_content_type() == "multipart/related"
            and not any(name in root for name in ("from", "to", "received", "message-id"))
        )
    )


def _page(root: Part) -> Draft | None:
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
    """Goes through a mail's parts: texts come back, files are kept, and which of them the HTML shows."""

    def __init__(self) -> None:
        self.files: list[Part] = []
        self._shown: set[str] = set()

    def texts(self, part: Part, *, whole: bool = False) -> list[BodyText]:
        """The texts of the body in this part, in order; `whole`: the mail itself."""
        kind = part.get_content_type()
        if kind.startswith("multipart/"):
            if kind == "multipart/encrypted":
                raise encrypted()
            if kind == "multipart/alternative":
                return _chosen([self.texts(child) for child in _children(part) if _is_read(child)])
            return _joined([self.texts(child) for child in _children(part)])
        if kind in _TEXTS and (whole or not _is_file(part)):
            text = _text(part)
            self._shown.update(_REFERENCE.findall(text.source) if text.markup else ())
            return [text]
        self.files.append(part)
        return []

    def attachments(self) -> tuple[Attachment, ...]:
        """The files that somebody sent, apart from what mail programs add and pictures within the text."""
        found = Attachments()
        for part in self.files:
            kind, name = part.get_content_type(), _name(part)
            if is_for_machines(kind, name):
                continue
            if kind == "message/rfc822" and part.is_multipart():
                found.add_mail(*_mail_within(part, name))
                continue
            data = _content(part)
            if data and not is_decoration(kind, name, data, inline=self._is_inline(part)):
                found.add(name, data, kind)
        return found.all()

    def _is_inline(self, part: Part) -> bool:
        disposition, content_id = part.get_content_disposition(), _header(part, "content-id").strip("<> ")
        return (
            disposition == "inline" or content_id in self._shown or bool(content_id and disposition is None)
        )


def _children(part: Part) -> list[Part]:
    """The parts of a multipart; where its boundary is not the one stated, by the one there is."""
    if part.is_multipart():
        return cast(list[Part], part.get_payload())
    content = _content(part)
    boundary = _BOUNDARY.search(content)
    if boundary is not None:
        head = b'Content-Type: multipart/mixed; boundary="' + boundary[1] + b'"\n\n'
        if (mended := _parsed(head + content)).is_multipart():
            return cast(list[Part], mended.get_payload())
    part.set_type("text/plain")
    return [part]


def _is_read(part: Part) -> bool:
    """Whether a form of a text is one to choose from, or a file: neither an invitation nor a page for some program."""
    kind = part.get_content_type()
    return kind in _TEXTS or kind.startswith("multipart/") or _is_file(part)


def _chosen(forms: Sequence[list[BodyText]]) -> list[BodyText]:
    """One of several forms of the same text."""
    plain = next((form for form in forms if form and not any(text.markup for text in form)), [])
    markup = next((form for form in reversed(forms) if any(text.markup for text in form)), [])
    if not plain or not markup:
        return plain or markup
    sources = ["\n".join(text.source for text in form) for form in (plain, markup)]
    return markup if better_text(*sources).markup else plain


def _joined(inner: Sequence[list[BodyText]]) -> list[BodyText]:
    texts: list[BodyText] = []
    for text in (text for found in inner for text in found):
        if text.markup and texts and not texts[-1].markup and repeats_text(text.source, texts[-1].source):
            texts[-1] = better_text(texts[-1].source, text.source)
        else:
            texts.append(text)
    return texts


def _text(part: Part) -> BodyText:
    markup = part.get_content_type() == "text/html"
    source = decode_as(_content(part), part.get_content_charset(), markup=markup)
    if not markup and str(part.get_param("format")).lower() == "flowed":
        source = unflowed(source, drop_space=str(part.get_param("delsp")).lower() == "yes")
    return BodyText(source, markup)


def _content(part: Part) -> bytes:
    payload = part.get_payload()
    if isinstance(payload, str) and _header(part, "content-transfer-encoding").strip().lower() == "base64":
        try:  # the library would hold every line of a large file by itself
            return binascii.a2b_base64(payload.encode("ascii", "ignore"))
        except binascii.Error:
            pass
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _is_file(part: Part) -> bool:
    return part.get_content_disposition() == "attachment" or bool(_name(part))


def _name(part: Part) -> str:
    try:
        return decoded_header(part.get_filename() or "")
    except (LookupError, TypeError, ValueError):  # a name encoded in no way that there is
        return ""


def _mail_within(part: Part, name: str) -> tuple[str, bytes]:
    """The name, by its subject where it has none, and the bytes of an attached mail."""
    inner = cast(list[Part], part.get_payload())[0]
    data = inner.as_bytes()
    if not inner.keys() and (plain := _unpacked(data)):  # encoded, against the rules
        data, inner = plain, _parsed(plain)
    return name or decoded_header(_header(inner, "subject")), data


def _unpacked(data: bytes) -> bytes:
    try:
        return base64.b64decode(data, validate=False)
    except binascii.Error:
        return b""


def _refuse_sealed(files: Sequence[Part]) -> None:
    for part in files:
        if part.get_content_type() in _SEALED:
            if part.get_param("smime-type") != "signed-data":
                raise encrypted()
            raise IngestError(
                "unreadable",
                "The mail is wrapped in its signature (S/MIME). Open it in your mail program, save it as PDF or "
                "without the signature, and add that.",
            )
