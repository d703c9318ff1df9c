"""RTF as a stream of tokens, and the code pages that its bytes are in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_TOKEN = re.compile(
    rb"(?P<text>[^\\{}\r\n\0]+)|\\'(?P<hex>[0-9A-Fa-f]{2})|\\(?P<word>[A-Za-z]{1,40})(?P<number>-?\d{1,10})? ?|"
    rb"(?P<brace>[{}])|\\(?P<symbol>[^A-Za-z0-9])|\\[\s\S]?|[\r\n\0]+"
)
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_CODE_PAGES = {
    708: "iso8859_6",
    936: "gbk",
    1361: "johab",
    10000: "mac_roman",
    10006: "mac_greek",
    10007: "mac_cyrillic",
    10029: "mac_latin2",
    10081: "mac_turkish",
    65001: "utf-8",
}
_WESTERN = "cp1252"


@dataclass(frozen=True)
class Token:
    """A brace, a control word with its number, a control symbol, or bytes of text."""

    kind: Literal["open", "close", "word", "symbol", "text"]
    name: str = ""  # of a control word or symbol
    number: int | None = None
    data: bytes = b""
    escaped: bool = False  # the text was written as \'xx: certainly bytes of a code page


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of an RTF file; binary data (`\\binN`) is left out."""
    place = 0
    while (match := _TOKEN.match(data, place)) is not None:
        place = match.end()
        kind = match.lastgroup
        if match["text"] is not None:
            yield Token("text", data=match["text"])
        elif match["hex"] is not None:
            yield Token("text", data=bytes([int(match["hex"], 16)]), escaped=True)
        elif match["brace"] is not None:
            yield Token("open" if match["brace"] == b"{" else "close")
        elif match["word"] is not None:
            name = match["word"].decode("ascii")
            number = None if match["number"] is None else int(match["number"])
            if name == "bin":
                place += max(0, number or 0)
                continue
            yield Token("word", name, number)
        elif kind == "symbol":
            yield Token("symbol", match["symbol"].decode("latin-1"))


def codec_of_page(number: int) -> str:
    """The codec of a Windows code page; Western where there is none."""
    return _known(_CODE_PAGES.get(number, f"cp{number}"))


def codec_of_charset(number: int, default: str) -> str:
    """The codec of a font's character set; `default` for the sets that leave it to the file."""
    return _known(_CHARSETS[number]) if number in _CHARSETS else default


def decoded(data: bytes, codec: str, *, escaped: bool) -> str:
    """The characters of a run of bytes; those not `escaped` are UTF-8 if they can be, as some programs write them."""
    if not escaped and not data.isascii():
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return data.decode(codec, "replace")


def _known(codec: str) -> str:
    try:
        return codecs.lookup(codec).name
    except LookupError:
        return _WESTERN
