"""Bytes of a text file to characters, whatever encoding they were written in."""

from __future__ import annotations

import codecs
import re

from ingest.document import IngestError

# UTF-32 first: its little-endian mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_DECLARED_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.IGNORECASE)
_SAMPLE = 200_000  # bytes looked at when guessing; more is slow and no surer
# What English, French, German, Spanish, Portuguese and Nordic prose in Windows-1252 is written with, letters left out
# that stand for common East European ones under other code pages.
_WESTERN = frozenset("àâäáãåæçéèêëíîïñóôöõøœùúûüßÀÂÄÁÃÅÆÇÉÈÊËÍÎÏÑÓÔÖÕØŒÙÚÛÜ‘’‚“”„«»–—…•°§€£©®·´\xa0ªº¿¡½¼")
_FEWEST_WHOLE = 20  # characters beyond ASCII to one broken byte of UTF-8
_FEWEST_HIRAGANA = 0.1  # of all characters; Japanese prose has about half
_MOST_WESTERN = 0.2  # of all letters; French has about 0.04, Cyrillic read as Western nearly 1


def decode(data: bytes, *, markup: bool = False) -> str:
    """The text in `data`: by byte order mark, declaration (`markup`), UTF-8, then the likeliest guess.

    Raises IngestError `unreadable` where the bytes are no text in any encoding.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    if markup and (text := _declared(data)) is not None:
        return text
    try:
        return _without_nul_guess(data)
    except UnicodeDecodeError:
        return _guessed(data)


def looks_binary(data: bytes) -> bool:
    """True where the bytes are no text: control characters in a number no text has."""
    if any(data.startswith(mark) for mark, _ in _MARKS) or _wide(data) is not None:
        return False
    sample = data[:8192]
    controls = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in sample)
    return controls > max(3, len(sample) // 50)


def _declared(data: bytes) -> str | None:
    found = _DECLARED_XML.search(data[:512]) or _DECLARED.search(data[:4096])
    if found is None:
        return None
    name = found[1].decode("ascii").lower()
    if name in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"}:
        name = "cp1252"  # as browsers do
    if name.startswith(("utf-16", "utf-32", "unicode")):
        return None  # a declaration readable as ASCII cannot be true
    try:
        return data.decode(name, errors="strict")
    except (LookupError, UnicodeDecodeError):
        return None


def _without_nul_guess(data: bytes) -> str:
    wide = _wide(data)
    return data.decode(wide) if wide else data.decode("utf-8")


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, told by where the zero bytes lie."""
    sample = data[:4096]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    zeros = [sample[place::4].count(0) / len(sample[place::4]) for place in range(4)]
    if min(zeros[2:]) > 0.9 and zeros[0] < 0.5:
        return "utf-32-le"
    if min(zeros[:2]) > 0.9 and zeros[3] < 0.5:
        return "utf-32-be"
    if min(zeros[1], zeros[3]) > 0.4 and max(zeros[0], zeros[2]) < 0.1:
        return "utf-16-le"
    if min(zeros[0], zeros[2]) > 0.4 and max(zeros[1], zeros[3]) < 0.1:
        return "utf-16-be"
    return None


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes

    if (mended := _broken_utf8(data)) is not None:
        return mended
    # charset-normalizer takes a short French text for Baltic or East European: the common case goes first.
    if (western := _as_western(data)) is not None:
        return western
    if (japanese := _as_japanese(data)) is not None:
        return japanese
    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise IngestError(
            "unreadable",
            "The text is in no encoding that could be recognised. Save it again as UTF-8 and add it once more.",
        )
    return data.decode(best.encoding, errors="replace")


def _broken_utf8(data: bytes) -> str | None:
    """Text in UTF-8 but for a few bytes, as pages put together from several sources have it."""
    text = data.decode("utf-8", errors="surrogateescape")
    broken = sum("\udc80" <= character <= "\udcff" for character in text)
    if broken * _FEWEST_WHOLE > sum(character > "\x7f" for character in text):
        return None
    return data.decode("utf-8", errors="replace")


def _as_japanese(data: bytes) -> str | None:
    """EUC-JP, told by its hiragana: the same bytes are letters that nobody writes in EUC-KR, for which it is taken."""
    try:
        text = data.decode("euc-jp")
    except UnicodeDecodeError:
        return None
    hiragana = sum("\u3041" <= character <= "\u3096" for character in text)
    return text if hiragana > _FEWEST_HIRAGANA * len(text) else None


def _as_western(data: bytes) -> str | None:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    foreign = [character for character in text if character > "\x7f"]
    letters = sum(map(str.isalpha, text))
    return text if _WESTERN.issuperset(foreign) and len(foreign) <= letters * _MOST_WESTERN else None
