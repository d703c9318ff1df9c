"""Fonts that draw letters and signs of their own under the codes of others, as Word and RTF files use them."""

from __future__ import annotations

_SYMBOL = dict(
    zip(
        "abcdefghiklmnopqrstuwxyzDFGLPQSW\xa3\xa5\xac\xad\xae\xaf\xb0\xb1\xb3\xb4\xb7\xb9\xbb\xd6\xe5",
        "αβχδεφγηικλμνοπθρστυωξψζΔΦΓΛΠΘΣΩ≤∞←↑→↓°±≥×•≠≈√∑",
        strict=True,
    )
)
_WINGDINGS = {
    "\xa8": "☐",
    "\xfe": "☒",
    "\xfc": "✓",
    "\xfb": "✗",
    "\xe0": "→",
    "\xdf": "←",
    "o": "☐",
    "x": "☒",
}


def is_private(code: int) -> bool:
    """Whether a code is one that programs use for the 8 bits of a character in a symbol font."""
    return 0xF000 <= code <= 0xF0FF


def own_character(code: int) -> str:
    """The character of 8 bits that a private code stands for; of other codes their own, "" where there is none."""
    if is_private(code):
        return chr(code & 0xFF)
    return chr(code) if 0 <= code <= 0x10FFFF else ""


def is_known(font: str) -> bool:
    """Whether a font of this name is a symbol font whose signs are known."""
    return font.casefold().startswith(("symbol", "wingdings"))


def symbol_character(font: str, character: str) -> str:
    """What a character shows in a font: a letter or sign for those of symbol fonts, "" for a mere ornament."""
    name = font.casefold()
    if name.startswith("symbol"):
        return _SYMBOL.get(character, character if character.isascii() and character.isprintable() else "")
    if name.startswith("wingdings"):
        return _WINGDINGS.get(character, "")
    return character
