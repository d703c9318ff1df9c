"""Translates text in Symbol and Wingdings, which draw other signs than their codes say, as in Word and RTF files."""

from __future__ import annotations

# Character as written -> sign that the font draws
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
    """Whether a code is in the private range that programs use for symbol fonts: `is_private(0xF0B7) is True`."""
    return 0xF000 <= code <= 0xF0FF


def character_of_code(code: int) -> str:
    """The character of a code, a private one as its low 8 bits: `character_of_code(0xF061) == "a"`; "" for no code."""
    if is_private(code):
        return chr(code & 0xFF)
    return chr(code) if 0 <= code <= 0x10FFFF else ""


def is_symbol_font(font: str) -> bool:
    """Whether a font is one of the symbol fonts translated here: `is_symbol_font("Wingdings 2") is True`."""
    return font.casefold().startswith(("symbol", "wingdings"))


def symbol_character(font: str, character: str) -> str:
    """What a font draws for a character, "" for an ornament: `symbol_character("Symbol", "a") == "α"`."""
    name = font.casefold()
    if name.startswith("symbol"):
        return _SYMBOL.get(character, character if character.isascii() and character.isprintable() else "")
    if name.startswith("wingdings"):
        return _WINGDINGS.get(character, "")
    return character
