"""Decodes the text of an RTF file by its fonts: each has a code page, or draws symbols in place of letters."""

from __future__ import annotations

import codecs

from ingest.readers.common.symbol_fonts import character_of_code, is_private, is_symbol_font, symbol_character

# Number after \fcharset -> codec.
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
# Number after \ansicpg -> codec, where it is not "cp" and the number.
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
_SYMBOL_CHARSET = 2  # number after \fcharset of a font of symbols


class RtfFonts:
    """The fonts of a file by number, its default font and its code page."""

    def __init__(self) -> None:
        self._codec = _WESTERN  # of text in fonts that state none
        self._default: int | None = None  # number of the font where none is set
        self._codecs: dict[int, str] = {}  # font number -> codec
        self._symbol_fonts: dict[int, str] = {}  # font number -> name, of symbol fonts

    def describe(self, word: str, number: int | None, font: int | None) -> bool:
        """Handles a control word about fonts and code pages; False for any other word.

        `font` is the number of the font that is set, or being described in the font table.
        """
        if word == "ansicpg":
            self._codec = _codec_of_page(number or 0)
        elif word in _MACHINES:
            self._codec = _MACHINES[word]
        elif word == "deff":
            self._default = number
        elif word == "fcharset" and font is not None and number is not None:
            if number == _SYMBOL_CHARSET:
                self._symbol_fonts[font] = ""
            elif number in _CHARSETS:
                self._codecs[font] = _codec_or_western(_CHARSETS[number])
        else:
            return False
        return True

    def name(self, font: int | None, text: str) -> None:
        """Takes (a part of) the name of the font with this number."""
        if font in self._symbol_fonts:
            self._symbol_fonts[font] += text.strip(" ;")

    def draws_signs(self, font: int | None) -> bool:
        """Whether a font draws symbols in place of letters; None is the default font."""
        return self._or_default(font) in self._symbol_fonts

    def text(self, data: bytes, font: int | None, *, escaped: bool) -> str:
        """The characters of a run of bytes in a font's code page.

        Bytes that are not `escaped` as \\'xx are taken for UTF-8 if they can be, as some programs write it.
        """
        font = self._or_default(font)
        codec = self._codec if font is None else self._codecs.get(font, self._codec)
        if not escaped and not data.isascii():
            try:
                return data.decode("utf-8")
            except UnicodeDecodeError:
                pass
        return data.decode(codec, "replace")

    def signs(self, data: bytes, font: int | None) -> str:
        """What a run of bytes shows in a symbol font; "" if the font's symbols are not known."""
        return "".join(self._symbol(chr(code), font) for code in data)

    def character(self, code: int, font: int | None) -> str:
        """The character of a `\\u` code (0 to 0xFFFF); codes in the private area stand for a symbol font's 8 bits."""
        if not is_private(code):
            return chr(code)
        character = character_of_code(code)
        if self.draws_signs(font):
            return self._symbol(character, font)
        # The font is not stated; such a character is nearly always a bullet.
        return "" if character.isascii() else symbol_character("Symbol", character)

    def _or_default(self, font: int | None) -> int | None:
        return self._default if font is None else font

    def _symbol(self, character: str, font: int | None) -> str:
        font = self._or_default(font)
        name = "" if font is None else self._symbol_fonts[font]
        return symbol_character(name, character) if is_symbol_font(name) else ""


def _codec_of_page(number: int) -> str:
    """The codec of a Windows code page: `_codec_of_page(936) == "gbk"`, and Western for an unknown one."""
    return _codec_or_western(_CODE_PAGES.get(number, f"cp{number}"))


def _codec_or_western(codec: str) -> str:
    """The codec if Python has it, else Western: `_codec_or_western("cp9999") == "cp1252"`."""
    try:
        return codecs.lookup(codec).name
    except LookupError:
        return _WESTERN
