"""Decodes the bytes of a text file, whatever encoding they were written in."""

from __future__ import annotations

import codecs
import re

from ingest.document import IngestError

# UTF-32 comes first: its little-endian mark begins with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HTML_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.IGNORECASE)
_SAMPLE = 200_000  # bytes used for guessing; more is slower and no more certain
# Characters beyond ASCII of English, French, German, Spanish, Portuguese and Nordic prose, without those whose bytes
# mean common letters in East European code pages.
_WESTERN = frozenset("àâäáãåæçéèêëíîïñóôöõøœùúûüßÀÂÄÁÃÅÆÇÉÈÊËÍÎÏÑÓÔÖÕØŒÙÚÛÜ‘’‚“”„«»–—…•°§€£©®·´\xa0ªº¿¡½¼")
_WHOLE_PER_BROKEN = 20  # valid characters beyond ASCII for each broken byte, at least
_FEWEST_HIRAGANA = 0.1  # of all characters; Japanese prose has about half
_MOST_WESTERN = 0.2  # of all letters; French has about 0.04, Cyrillic read as Western nearly 1


def decode(data: bytes, *, markup: bool = False) -> str:
    """The text in `data`, by the first that applies: byte order mark, declared encoding, UTF-8, a guess.

    With `markup`, an encoding declared in HTML or XML is believed if the bytes can be decoded with it.
    Raises IngestError `unreadable` if no encoding fits.
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    if markup and (text := _decode_declared(data)) is not None:
        return text
    try:
        return _decode_unicode(data)
    except UnicodeDecodeError:
        return _decode_guessed(data)


def looks_binary(data: bytes) -> bool:
    """Whether the bytes are no text, as over 2 % of them are control characters: `looks_binary(bytes(9)) is True`."""
    if any(data.startswith(mark) for mark, _ in _BYTE_ORDER_MARKS) or _wide_encoding(data) is not None:
        return False
    sample = data[:8192]
    controls = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in sample)
    return controls > max(3, len(sample) // 50)


def _decode_declared(data: bytes) -> str | None:
    """The text by the encoding that the mark-up declares; None if it declares none or a wrong one."""
    match = _XML_ENCODING.search(data[:512]) or _HTML_CHARSET.search(data[:4096])
    if match is None:
        return None
    name = match[1].decode("ascii").lower()
    if name in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"}:
        name = "cp1252"  # as browsers do (WHATWG Encoding)
    if name.startswith(("utf-16", "utf-32", "unicode")):
        return None  # wrong, as the declaration itself could be read as ASCII
    try:
        return data.decode(name, errors="strict")
    except (LookupError, UnicodeDecodeError):
        return None


def _decode_unicode(data: bytes) -> str:
    """The text as UTF-8, UTF-16 or UTF-32 without a mark. Raises UnicodeDecodeError."""
    encoding = _wide_encoding(data)
    return data.decode(encoding) if encoding else data.decode("utf-8")


def _wide_encoding(data: bytes) -> str | None:
    """The name of UTF-16 or UTF-32 without a mark, recognised by its zero bytes; None for all else.

    `_wide_encoding("Grain".encode("utf-16-le")) == "utf-16-le"`
    """
    sample = data[:4096]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    zeros = [sample[offset::4].count(0) / len(sample[offset::4]) for offset in range(4)]
    if min(zeros[2:]) > 0.9 and zeros[0] < 0.5:
        return "utf-32-le"
    if min(zeros[:2]) > 0.9 and zeros[3] < 0.5:
        return "utf-32-be"
    if min(zeros[1], zeros[3]) > 0.4 and max(zeros[0], zeros[2]) < 0.1:
        return "utf-16-le"
    if min(zeros[0], zeros[2]) > 0.4 and max(zeros[1], zeros[3]) < 0.1:
        return "utf-16-be"
    return None


def _decode_guessed(data: bytes) -> str:
    """The text in the likeliest of the old code pages. Raises IngestError `unreadable`."""
    from charset_normalizer import from_bytes

    if (repaired := _as_broken_utf8(data)) is not None:
        return repaired
    # charset-normalizer mistakes short French text for Baltic or East European, so the common case is tried first.
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


def _as_broken_utf8(data: bytes) -> str | None:
    """Text in UTF-8 except for a few bytes, as in pages made from several sources; None if these are too many."""
    text = data.decode("utf-8", errors="surrogateescape")
    broken = sum("\udc80" <= character <= "\udcff" for character in text)
    if broken * _WHOLE_PER_BROKEN > sum(character > "\x7f" for character in text):
        return None
    return data.decode("utf-8", errors="replace")


def _as_japanese(data: bytes) -> str | None:
    """The text if it is EUC-JP with much hiragana, else None. charset-normalizer would take it for EUC-KR."""
    try:
        text = data.decode("euc-jp")
    except UnicodeDecodeError:
        return None
    hiragana = sum("\u3041" <= character <= "\u3096" for character in text)
    return text if hiragana > _FEWEST_HIRAGANA * len(text) else None


def _as_western(data: bytes) -> str | None:
    """The text if it is Windows-1252 with likely letters, else None: `_as_western(b"caf\\xe9 noir") == "café noir"`."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    beyond_ascii = [character for character in text if character > "\x7f"]
    letters = sum(map(str.isalpha, text))
    return (
        text if _WESTERN.issuperset(beyond_ascii) and len(beyond_ascii) <= letters * _MOST_WESTERN else None
    )
