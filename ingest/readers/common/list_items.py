"""Writes list items as documents show them, with a bullet or a number, which may have to be counted."""

from __future__ import annotations

import re

from ingest.readers.common.draft import DraftPart
from ingest.text.cleaning import one_line
from ingest.text.hard_wraps import ITEM_START

BULLET = "•"
_LONG = 200  # characters; a longer numbered paragraph is no list item
# (value, letters), the largest first
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "m cm d cd c xc l xl x ix v iv i".split(),
        strict=True,
    )
)
_MOST_ROMAN = 4000  # from here on no letters exist
_MOST_LETTERS = 780  # 30 rounds of the alphabet, as in Word


def list_item(label: str, text: str) -> DraftPart:
    """A list item with its bullet or number ("•", "3.", "2.1"); a numbered one over 200 characters is a paragraph."""
    if label != BULLET and len(text) > _LONG:
        return DraftPart(f"{label} {text}")
    return DraftPart(one_line(f"{label} {text}"), "list")


def typed_paragraph(text: str) -> DraftPart:
    """A paragraph, or a list item if a typed bullet or number begins it: `typed_paragraph("- Pay").kind == "list"`."""
    return DraftPart(text, "list" if len(text) <= _LONG and ITEM_START.match(text) else "paragraph")


def numeral(count: int, style: str) -> str:
    """A number in one of Word's styles, in digits if the style has no such number: `numeral(4, "lowerRoman") == "iv"`.

    Styles: none, decimal, decimalZero, lowerLetter, upperLetter, lowerRoman, upperRoman; unknown ones are decimal.
    """
    if style == "none":
        return ""
    if style.endswith("Letter") and 0 < count <= _MOST_LETTERS:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if style.startswith("upper") else letter
    if style.endswith("Roman") and 0 < count < _MOST_ROMAN:
        roman = _roman(count)
        return roman.upper() if style.startswith("upper") else roman
    return f"{count:02}" if style == "decimalZero" else str(count)


def whole_number(text: str | None, default: int) -> int:
    """The count that a file states, `default` if that is no number of 1 to 9 digits: `whole_number("3", 1) == 3`."""
    digits = (text or "").strip()
    return int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) else default


def _roman(count: int) -> str:
    """`_roman(1994) == "mcmxciv"`"""
    roman = ""
    for value, letters in _ROMAN:
        roman += letters * (count // value)
        count %= value
    return roman
