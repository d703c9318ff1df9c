"""Reads MSG, Outlook's format for mails: properties, bodies, files, and mails inside mails.

python-oxmsg opens the file, but strings are decoded here: it fails on code pages unknown to Python and on bytes that do
not fit the stated one.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from email.parser import HeaderParser
from email.utils import format_datetime
from typing import TYPE_CHECKING

from ingest.readers.common.attachments import Attachments, is_decoration, is_for_machines
from ingest.readers.common.draft import Draft
from ingest.readers.mail.body import BodyText, preferred_text
from ingest.readers.mail.headers import LenientPolicy, MailAddress, addresses, decode_as, decoded_header
from ingest.readers.mail.message import Message, encrypted_error, message_draft
from ingest.readers.mail.nested import as_eml
from ingest.readers.rtf.compressed import decompress
from ingest.readers.rtf.reader import read_rich_text
from ingest.text.cleaning import one_line

if TYPE_CHECKING:
    from oxmsg.storage import Storage

# Identifiers of properties, with their names in [MS-OXPROPS].
_MESSAGE_CLASS = 0x001A
_SUBJECT = 0x0037
_SUBMITTED, _DELIVERED = 0x0039, 0x0E06
_TRANSPORT_HEADERS = 0x007D
_SENDER_NAMES = (0x0042, 0x0C1A)  # the person represented, then the sender
_SENDER_ADDRESSES = (0x5D02, 0x5D01, 0x0065, 0x0C1F)
_DISPLAY_CC, _DISPLAY_TO = 0x0E03, 0x0E04
_BODY, _RTF, _HTML = 0x1000, 0x1009, 0x1013
_ATTACHED, _ATTACH_METHOD = 0x3701, 0x3705
_ATTACH_NAMES = (0x3707, 0x3704, 0x3001)  # long, 8.3, display
_MEDIA_TYPE, _CONTENT_ID, _HIDDEN, _ATTACH_FLAGS = 0x370E, 0x3712, 0x7FFE, 0x3714
_CODE_PAGES = (0x3FDE, 0x3FFD)  # of the internet, of the message
# Bytes before the properties: of a mail, a file, a mail inside a mail.
_LARGE_HEADER, _SMALL_HEADER, _INNER_HEADER = 32, 8, 24
_EMBEDDED = 5  # attach method of a mail inside a mail
_SHOWN_IN_HTML = 4  # flag of attached files
_EPOCH = datetime.datetime(1601, 1, 1, tzinfo=datetime.UTC)


def read_outlook(data: bytes) -> Draft:
    """Read an Outlook message. Its files are attachments; mails inside it are attached as EML.

    Raises IngestError `password` for an encrypted message, `too_large` for too many attachments.
    """
    from olefile import OleFileIO  # type: ignore[import-untyped]
    from oxmsg.storage import Storage

    with OleFileIO(io.BytesIO(data)) as file:
        root = Storage.from_ole(file)
    return message_draft(_message(_Properties(root, _LARGE_HEADER)))


class _Properties:
    """The properties of a message or an attached file, by identifier."""

    def __init__(self, storage: Storage, header: int, charset: str | None = None) -> None:
        """`header` is the number of bytes before the fixed properties; `charset` holds if none is stated."""
        self.storage = storage
        self._streams = {stream.name.upper(): stream.bytes_ for stream in storage.streams}
        self._numbers: dict[int, bytes] = {}  # identifier -> 8 bytes, little-endian
        fixed = self._streams.get("__PROPERTIES_VERSION1.0", b"")[header:]
        for place in range(0, len(fixed) - 15, 16):
            self._numbers[int.from_bytes(fixed[place + 2 : place + 4], "little")] = fixed[
                place + 8 : place + 16
            ]
        self.charset = _charset(next(filter(None, map(self.number, _CODE_PAGES)), 0)) or charset

    def text(self, *identifiers: int) -> str:
        """The first of these properties that is filled, decoded; "" if none is."""
        for identifier in identifiers:
            if wide := self._streams.get(f"__SUBSTG1.0_{identifier:04X}001F"):
                return wide.decode("utf-16-le", "replace").rstrip("\0")
            if narrow := self._streams.get(f"__SUBSTG1.0_{identifier:04X}001E"):
                return decode_as(narrow.rstrip(b"\0"), self.charset, markup=False)
        return ""

    def binary(self, identifier: int) -> bytes:
        """A property of bytes, empty if it is missing."""
        return self._streams.get(f"__SUBSTG1.0_{identifier:04X}0102", b"")

    def number(self, identifier: int) -> int:
        """A property of 32 bits, 0 if it is missing."""
        return int.from_bytes(self._numbers.get(identifier, b"")[:4], "little")

    def time(self, identifier: int) -> datetime.datetime | None:
        """A point in time, in UTC; None if it is missing or out of range."""
        ticks = int.from_bytes(self._numbers.get(identifier, b""), "little")  # 100 nanoseconds each
        try:
            return _EPOCH + datetime.timedelta(microseconds=ticks // 10) if ticks else None
        except OverflowError:
            return None

    def within(self, prefix: str) -> Iterator[Storage]:
        """The inner storages whose names, in lower case, begin with `prefix`."""
        return (storage for storage in self.storage.storages if storage.name.lower().startswith(prefix))


def _charset(code_page: int) -> str | None:
    """The charset of a Windows code page; None for 0 and unknown ones."""
    from oxmsg.domain.encodings import encoding_from_codepage

    try:
        return str(encoding_from_codepage(code_page)) if code_page else None
    except Exception:  # a code page unknown to the library or to Python
        return None


def _message(properties: _Properties) -> Message:
    """The message; its transport headers, which are the mail's own, before Outlook's properties.

    Raises IngestError `password` if it is encrypted, `too_large` for too many attachments.
    """
    headers = HeaderParser(policy=LenientPolicy()).parsestr(properties.text(_TRANSPORT_HEADERS))
    submitted = properties.time(_SUBMITTED) or properties.time(_DELIVERED)
    plain, markup = properties.text(_BODY), _html(properties)
    text = _body(plain, markup, properties.binary(_RTF))
    attachments = Attachments()
    for storage in properties.within("__attach_version1.0_"):
        attached = _Properties(storage, _SMALL_HEADER, properties.charset)
        if text is None and attached.text(_MEDIA_TYPE).lower() == "application/pgp-encrypted":
            raise encrypted_error()
        _attach(attached, attachments, markup)
    if text is None and properties.text(_MESSAGE_CLASS).upper().startswith("IPM.NOTE.SMIME"):
        raise encrypted_error()
    return Message(
        # A subject may begin with \x01 and a character that gives the length of its prefix.
        subject=re.sub(r"^\x01.", "", properties.text(_SUBJECT), flags=re.DOTALL),
        sender=addresses(str(headers.get("from") or "")) or _sender(properties),
        to=_recipients(properties.text(_DISPLAY_TO)),
        copies=_recipients(properties.text(_DISPLAY_CC)),
        sent=decoded_header(str(headers.get("date") or ""))
        or (format_datetime(submitted) if submitted else ""),
        texts=() if text is None else (text,),
        attachments=attachments.all(),
    )


def _body(plain: str, markup: str, rtf: bytes) -> BodyText | None:
    """The form of the body to read: plain text or HTML, else the compressed RTF; None if all are empty."""
    if plain.strip() and markup.strip():
        return preferred_text(plain, markup)
    if plain.strip() or markup.strip():
        return BodyText(plain or markup, not plain.strip())
    return _from_rtf(decompress(rtf))


def _html(properties: _Properties) -> str:
    """The HTML of the body, "" without any."""
    data = properties.binary(_HTML)
    if not data:
        return properties.text(_HTML)
    # The charset that the HTML states is more reliable than the code page, often that of the sender's computer.
    states_charset = b"charset=" in data[:4096].lower()
    return decode_as(data, None if states_charset else properties.charset, markup=True)


def _from_rtf(rtf: bytes) -> BodyText | None:
    text = read_rich_text(rtf).text
    return BodyText(text, False) if text.strip() else None


def _attach(properties: _Properties, attachments: Attachments, markup: str) -> None:
    """Adds an attached file or mail, unless it is for programs only or shown in the text (`markup`)."""
    name, kind = properties.text(*_ATTACH_NAMES), properties.text(_MEDIA_TYPE).lower()
    if properties.number(_ATTACH_METHOD) == _EMBEDDED:
        for storage in properties.within("__substg1.0_3701000d"):
            inner = _message(_Properties(storage, _INNER_HEADER, properties.charset))
            attachments.add_mail(inner.subject or name, as_eml(inner))
        return
    content_id = properties.text(_CONTENT_ID)
    is_inline = (
        bool(properties.number(_HIDDEN) & 1)
        or bool(properties.number(_ATTACH_FLAGS) & _SHOWN_IN_HTML)
        or bool(content_id and f"cid:{content_id}" in markup)
    )
    data = properties.binary(_ATTACHED)
    if data and not is_for_machines(kind, name) and not is_decoration(kind, name, data, inline=is_inline):
        attachments.add(name, data, kind)


def _sender(properties: _Properties) -> tuple[MailAddress, ...]:
    """The sender by Outlook's properties, for messages without transport headers."""
    name = properties.text(*_SENDER_NAMES)
    candidates = (properties.text(identifier) for identifier in _SENDER_ADDRESSES)
    # One without "@" is a path in the directory of the sender's company.
    address = next((candidate for candidate in candidates if "@" in candidate), "")
    return (MailAddress(one_line(name), one_line(address)),) if name or address else ()


def _recipients(display_names: str) -> tuple[MailAddress, ...]:
    """Recipients from a property that lists their names, separated by semicolons."""
    names = (one_line(name).strip("' ") for name in display_names.rstrip("\0").split(";"))
    return tuple(MailAddress(name, "") for name in names if name)
