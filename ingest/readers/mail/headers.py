"""Reads the headers of a mail, however malformed: text, addresses and the day it was sent.

The standard library's typed headers (`policy.default`) raise on many malformed headers and are slow on long lists of
recipients, so headers are taken as plain text and read here.
"""

from __future__ import annotations

import binascii
import datetime
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.policy import Compat32
from email.utils import getaddresses, parsedate_tz

from ingest.document import IngestError
from ingest.metadata.dates import machine_date
from ingest.text.cleaning import one_line
from ingest.text.decoding import decode

_OLDEST = 1980  # a mail of an earlier year came from a machine without a clock
_LONGEST = 20_000  # characters of a header that are read; only lists of recipients are longer
_MOST_SHOWN = 30  # recipients
_MOST_BROKEN = 0.1  # share of the characters outside ASCII, 0 to 1
_FEWEST_TO_GUESS = 100  # bytes from which an encoding can be guessed
# Stated charset -> the codec in which mails with this label are really written.
_CODECS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "unicode-1-1-utf-7": "utf-7",
}
# Charsets that are also stated for UTF-8, and so are tried after it: text in these is almost never valid UTF-8.
_SINGLE_BYTE_PREFIXES = ("cp125", "windows-125", "iso-8859-", "koi8-")


@dataclass(frozen=True)
class MailAddress:
    """A sender or recipient; either field may be empty."""

    name: str
    address: str

    def __str__(self) -> str:
        if self.name and self.address and self.name.casefold() != self.address.casefold():
            return f"{self.name} <{self.address}>"
        return self.address or self.name


class LenientPolicy(Compat32):
    """A parser's policy: headers are plain text, raw bytes in them are decoded, and writing them out never fails."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        """The value of a header, raw bytes in it decoded."""
        return _without_surrogates(value)

    def fold_binary(self, name: str, value: str) -> bytes:
        """A header as it came, not folded anew."""
        return f"{name}: {value}\n".encode("utf-8", "surrogateescape")


def decoded_header(value: str) -> str:
    """A header on one line, with its encoded words (RFC 2047) decoded.

    `decoded_header("=?utf-8?q?Caf=C3=A9?=") == "Café"`"""
    value = _without_surrogates(value[:_LONGEST])
    if "=?" not in value:
        return one_line(value)
    try:
        words = decode_header(one_line(value))
    except (HeaderParseError, binascii.Error, ValueError):
        return one_line(value)
    return one_line("".join(_word(word, charset) for word, charset in words))


def addresses(value: str) -> tuple[MailAddress, ...]:
    """The people in a From, To or Cc header, in order."""
    unfolded = " ".join(_without_surrogates(value[:_LONGEST]).split())
    people = []
    for name, address in getaddresses([unfolded]):
        name, address = decoded_header(name).strip(" '\""), one_line(address)
        if name or address:
            people.append(MailAddress(name, address))
    return tuple(people)


def recipients_line(people: tuple[MailAddress, ...]) -> str:
    """Recipients as one line for people, with at most 30 of them."""
    line = "; ".join(map(str, people[:_MOST_SHOWN]))
    not_shown = len(people) - _MOST_SHOWN
    return f"{line}; and {not_shown} more" if not_shown > 0 else line


def sent_day(value: str) -> str | None:
    """The day (YYYY-MM-DD) of a Date header in the sender's time zone; None if it is before 1980 or in the future.

    `sent_day("Tue, 9 Mar 2021 23:30:00 -0500") == "2021-03-09"`
    """
    try:
        parts = parsedate_tz(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        parts = None
    if parts is None:
        iso_date = machine_date(one_line(value))
        if iso_date is None or len(iso_date) != 10:
            return None
        day = datetime.date.fromisoformat(iso_date)
    else:
        try:
            day = datetime.date(*parts[:3])
        except ValueError:
            return None
    # Tomorrow is possible: the sender's time zone may be ahead of UTC.
    latest = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)
    return day.isoformat() if day.year >= _OLDEST and day <= latest else None


def decode_as(data: bytes, charset: str | None, *, markup: bool) -> str:
    """The text in `data`, decoded by the charset that its mail states, or by a guess where that does not fit.

    `markup` says that the text is HTML, which may state a charset itself. Never raises.
    """
    name = (charset or "").strip(" \"'").lower()
    name = _CODECS.get(name, name)
    for codec in ("utf-8", name) if name.startswith(_SINGLE_BYTE_PREFIXES) else (name,):
        try:
            return data.decode(codec)
        except (LookupError, ValueError):
            continue
    if name == "utf-8" and _is_nearly_utf8(data):
        return data.decode(errors="replace")
    try:
        return data.decode() if len(data) < _FEWEST_TO_GUESS else decode(data, markup=markup)
    except (UnicodeDecodeError, IngestError):
        return data.decode("cp1252", errors="replace")


def _is_nearly_utf8(data: bytes) -> bool:
    """Whether only single bytes are broken, as at the end of a text that was cut.

    `_is_nearly_utf8("éééééééééééé".encode()[:-1]) is True`
    """
    text = data.decode(errors="replace")
    return text.count("\ufffd") <= _MOST_BROKEN * sum(character > "\x7f" for character in text)


def _word(word: bytes | str, charset: str | None) -> str:
    """A piece of a header as `decode_header` gives it, as text."""
    if isinstance(word, str):
        return word
    # The text between encoded words also comes as bytes, in the library's raw-unicode-escape.
    return decode_as(word, charset, markup=False) if charset else word.decode("raw-unicode-escape")


def _without_surrogates(value: str) -> str:
    """A header with its raw bytes, which the parser stores as surrogates, decoded."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return decode_as(value.encode("utf-8", "surrogateescape"), "utf-8", markup=False)
    return value
