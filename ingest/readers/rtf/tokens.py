"""Splits RTF into its tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_TOKEN = re.compile(
    rb"(?P<text>[^\\{}\r\n\0]+)|\\'(?P<hex>[0-9A-Fa-f]{2})|\\(?P<word>[A-Za-z]{1,40})(?P<number>-?\d{1,10})? ?|"
    rb"(?P<brace>[{}])|\\(?P<symbol>[^A-Za-z0-9])|\\[\s\S]?|[\r\n\0]+"
)


@dataclass(frozen=True)
class RtfToken:
    """A brace, a control word with its number, a control symbol, or bytes of text."""

    kind: Literal["open", "close", "word", "symbol", "text"]
    name: str = ""  # of a control word or symbol
    number: int | None = None  # of a control word: 1 for \b1, None for \b
    data: bytes = b""  # of text
    escaped: bool = False  # written as \'xx: certainly a byte of a code page, never of UTF-8


def tokens(data: bytes) -> Iterator[RtfToken]:
    """The tokens of an RTF file in order; binary data (`\\binN` and the N bytes after it) is skipped."""
    place = 0
    while (match := _TOKEN.match(data, place)) is not None:
        place = match.end()
        kind = match.lastgroup
        if match["text"] is not None:
            yield RtfToken("text", data=match["text"])
        elif match["hex"] is not None:
            yield RtfToken("text", data=bytes([int(match["hex"], 16)]), escaped=True)
        elif match["brace"] is not None:
            yield RtfToken("open" if match["brace"] == b"{" else "close")
        elif match["word"] is not None:
            name = match["word"].decode("ascii")
            number = None if match["number"] is None else int(match["number"])
            if name == "bin":
                place += max(0, number or 0)
                continue
            yield RtfToken("word", name, number)
        elif kind == "symbol":
            yield RtfToken("symbol", match["symbol"].decode("latin-1"))
