"""The fonts of an RTF file: the code pages that bytes in them are of, and those that draw signs."""

from __future__ import annotations

import codecs

from ingest.readers.common.symbol_fonts import is_known, is_private, own_character, symbol_character

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
_MACHINES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_SYMBOL_CHARSET = 2


class RtfFonts:
    """The fonts by number, and what the file says of all text."""

    def __init__(self) -> None:
        self._codec = _WESTERN
        self._default: int | None = None
        self._codecs: dict[int, str] = {}
        self._of_signs: dict[int, str] = {}  # number -> name

    def describe(self, word: str, number: int | None, font: int | None) -> bool:
        """Takes a control word on code pages, given the font that is set; False where it is none of these."""
        if word == "ansicpg":
            self._codec = _codec_of_page(number or 0)
        elif word in _MACHINES:
            self._codec = _MACHINES[word]
        elif word == "deff":
            self._default = number
        elif word == "fcharset" and font is not None and number is not None:
            if number == _SYMBOL_CHARSET:
                self._of_signs[font] = ""
            elif number in _CHARSETS:
                self._codecs[font] = _known(_CHARSETS[number])
        else:
            return False
        return True

    def name(self, font: int | None, text: str) -> None:
        """Takes the name of a font."""
        if font in self._of_signs:
            self._of_signs[font] += text.strip(" ;")

    def draws_signs(self, font: int | None) -> bool:
        """Whether a font draws signs under the codes of letters."""
        return self._or_default(font) in self._of_signs

    def text(self, data: bytes, font: int | None, *, escaped: bool) -> str:
        """The characters of a run of bytes; not `escaped` they are UTF-8 if they can be, as some programs write."""
        font = self._or_default(font)
        codec = self._codec if font is None else self._codecs.get(font, self._codec)
        if not escaped and not data.isascii():
            try:
                return data.decode("utf-8")
            except UnicodeDecodeError:
                pass
        return data.decode(codec, "replace")

    def signs(self, data: bytes, font: int | None) -> str:
        """What a run of bytes shows in a font of signs; nothing for a font whose signs are not known."""
        return "".join(self._sign(chr(code), font) for code in data)

    def character(self, code: int, font: int | None) -> str:
        """The character of a code of 16 bits, of which some belong to fonts of signs."""
        if not is_private(code):
            return chr(code)
        own = own_character(code)
        if self.draws_signs(font):
            return self._sign(own, font)
        return (
            "" if own.isascii() else symbol_character("Symbol", own)
        )  # the font is not said: nearly always a bullet

    def _or_default(self, font: int | None) -> int | None:
        return self._default if font is None else font

    def _sign(self, character: str, font: int | None) -> str:
        font = self._or_default(font)
        name = "" if font is None else self._of_signs[font]
        return symbol_character(name, character) if is_known(name) else ""


def _codec_of_page(number: int) -> str:
    return _known(_CODE_PAGES.get(number, f"cp{number}"))


def _known(codec: str) -> str:
    try:
        return codecs.lookup(codec).name
    except LookupError:
        return _WESTERN
