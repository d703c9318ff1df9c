"""What the headers of a mail say, however badly they are written: words, addresses and the day it was sent.

The standard library's own typed headers (policy.default) raise on many malformed ones and are slow on long lists of
recipients; so the headers are taken as they stand and read here.
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

_OLDEST = 1980  # a mail of an earlier year was sent by a machine without a clock
_LONGEST = 20_000  # characters of a header; longer is a list of recipients
_MOST_SHOWN = 30  # recipients
_MOST_BROKEN = 0.1  # of the characters outside ASCII
_FEWEST_TO_GUESS = 100  # bytes; by fewer no encoding is recognised
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
}  # what mails so labelled are really written in
# Stated for everything, also for UTF-8: text in one of these is as good as never UTF-8 by chance.
_ONE_BYTE = ("cp125", "windows-125", "iso-8859-", "koi8-")


@dataclass(frozen=True)
class MailAddress:
    """A sender or recipient: either part may be empty."""

    name: str
    address: str

    def __str__(self) -> str:
        if self.name and self.address and self.name.casefold() != self.address.casefold():
            return f"{self.name} <{self.address}>"
        return self.address or self.name


class LenientPolicy(Compat32):
    """A policy under which headers are plain text, bytes in them that should not be there are read as well, and
    writing a message again cannot fail on them."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return _without_surrogates(value)

    def fold_binary(self, name: str, value: str) -> bytes:
        return f"{name}: {value}\n".encode("utf-8", "surrogateescape")  # as it came


def decoded_header(value: str) -> str:
    """A header's text on one line, its encoded words ("=?utf-8?q?…?=") read."""
    value = _without_surrogates(value[:_LONGEST])
    if "=?" not in value:
        return one_line(value)
    try:
        words = decode_header(one_line(value))
    except (HeaderParseError, binascii.Error, ValueError):
        return one_line(value)
    return one_line("".join(_word(word, charset) for word, charset in words))


def addresses(value: str) -> tuple[MailAddress, ...]:
    """The people in a From, To or Cc header."""
    unfolded = " ".join(_without_surrogates(value[:_LONGEST]).split())
    found = []
    for name, address in getaddresses([unfolded]):
        name, address = decoded_header(name).strip(" '\""), one_line(address)
        if name or address:
            found.append(MailAddress(name, address))
    return tuple(found)


def listed_names(people: tuple[MailAddress, ...]) -> str:
    """Recipients as a line to show, at most 30 of them."""
    shown = "; ".join(map(str, people[:_MOST_SHOWN]))
    left = len(people) - _MOST_SHOWN
    return f"{shown}; and {left} more" if left > 0 else shown


def sent_day(value: str) -> str | None:
    """The day (YYYY-MM-DD) of a Date header in the sender's own time zone; None where it cannot be true."""
    try:
        parts = parsedate_tz(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        parts = None
    if parts is None:
        written = machine_date(one_line(value))
        if written is None or len(written) != 10:
            return None
        day = datetime.date.fromisoformat(written)
    else:
        try:
            day = datetime.date(*parts[:3])
        except ValueError:
            return None
    # A day ahead is right: it is tomorrow already where the mail was sent.
    latest = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)
    return day.isoformat() if day.year >= _OLDEST and day <= latest else None


def decode_as(data: bytes, charset: str | None, *, markup: bool) -> str:
    """The text in `data` by the charset its mail states, or, where that cannot be, by what the bytes look like."""
    name = (charset or "").strip(" \"'").lower()
    name = _CODECS.get(name, name)
    for codec in ("utf-8", name) if name.startswith(_ONE_BYTE) else (name,):
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
    """Whether only a byte here and there is broken, as where a text was cut."""
    text = data.decode(errors="replace")
    return text.count("\ufffd") <= _MOST_BROKEN * sum(character > "\x7f" for character in text)


def _word(word: bytes | str, charset: str | None) -> str:
    if isinstance(word, str):
        return word
    # What stands between encoded words comes as bytes, too, in an encoding of the library's own.
    return decode_as(word, charset, markup=False) if charset else word.decode("raw-unicode-escape")


def _without_surrogates(value: str) -> str:
    """Text whose bytes outside ASCII the parser kept as surrogates, with those bytes decoded."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return decode_as(value.encode("utf-8", "surrogateescape"), "utf-8", markup=False)
    return value
