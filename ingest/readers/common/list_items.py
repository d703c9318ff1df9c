"""Items of lists as documents show them: a bullet or number, which may have to be counted, and the text."""

from __future__ import annotations

import re

from ingest.readers.common.draft import DraftPart
from ingest.text.cleaning import one_line
from ingest.text.hard_wraps import ITEM_START

BULLET = "•"
_LONG = 200  # characters from which a numbered paragraph is no item of a list
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "m cm d cd c xc l xl x ix v iv i".split(),
        strict=True,
    )
)
_MOST_ROMAN = 4000
_MOST_LETTERS = 780  # the thirtieth round of the alphabet, as far as Word goes


def list_item(label: str, text: str) -> DraftPart:
    """A paragraph with its bullet or number ("•", "3.", "2.1"); a long one that is numbered is no item."""
    if label != BULLET and len(text) > _LONG:
        return DraftPart(f"{label} {text}")
    return DraftPart(one_line(f"{label} {text}"), "list")


def typed_paragraph(text: str) -> DraftPart:
    """A paragraph, or an item of a list where its bullet or number was typed."""
    return DraftPart(text, "list" if len(text) <= _LONG and ITEM_START.match(text) else "paragraph")


def numeral(count: int, style: str) -> str:
    """A number as Word's style of that name writes it: "lowerRoman" 4 as "iv"; digits where it can write none.

    The styles: none, decimal, decimalZero, lowerLetter, upperLetter, lowerRoman, upperRoman.
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
    """A count of 0 or more that a file states; `default` where it states none, or one of ten digits and more."""
    stated = (text or "").strip()
    return int(stated) if re.fullmatch(r"[0-9]{1,9}", stated) else default


def _roman(count: int) -> str:
    letters_so_far = ""
    for value, letters in _ROMAN:
        letters_so_far += letters * (count // value)
        count %= value
    return letters_so_far
