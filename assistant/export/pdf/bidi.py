"""Arabic and Hebrew for a writer like ReportLab, which draws one glyph after another from left to right.

arabic-reshaper picks the joining form of each Arabic letter; python-bidi (the Rust crate unicode-bidi) implements the
Unicode bidirectional algorithm (UAX #9). This module adds what python-bidi lacks: it turns whole strings into whole
strings, but a PDF paragraph is broken into lines and fragments, so we need to know where each character went.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from arabic_reshaper import ArabicReshaper
from bidi import get_display
from bidi.mirror import MIRRORED

ISOLATE, END = "\u2068", "\u2069"  # text between them takes the direction of its own first letter
_LEFT_MARK, _RIGHT_MARK = "\u200e", "\u200f"  # invisible letters, one of each direction

_ARABIC = "\u0600-\u06ff\u0750-\u077f\u0870-\u08ff"
_JOINER, _TATWEEL = "\u200d", "\u0640"  # a letter joins to either; only the tatweel is visible
_WORD = re.compile(f"{_JOINER}?[{_ARABIC}][{_ARABIC}{_JOINER}]*")
# Words in which the reshaper's ligatures go wrong. After a zero-width joiner it loses count of the letters. Vowel marks
# between lam and alef it moves behind the ligature, so that text copied from the PDF would differ from the source.
_UNFIT_TO_LIGATE = re.compile(
    f"{_JOINER}|\u0644[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff]+[\u0622\u0623\u0625\u0627]"
)

# Digits that the algorithm does not see: ten control characters of class BN, which stay beside the character that they
# follow (UAX #9, section 5.2). No exported text holds them, see content.sentence_text.
_DIGITS = "\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f"
_TO_TAG = str.maketrans("0123456789", _DIGITS)
_FROM_TAG = str.maketrans(_DIGITS, "0123456789")


def joined(text: str) -> str:
    """The text with its Arabic letters in their joining forms, still in reading order.

    Lam and alef become one ligature; there are no others. Vowel marks and everything that is not Arabic stay as they
    are, so text and result have the same NFKC form, apart from the zero-width joiners in Arabic words, which go.

    >>> ascii(joined("سلام, River"))
    "'\\\\ufeb3\\\\ufefc\\\\ufee1, River'"
    """
    return _WORD.sub(lambda word: _joined_word(word[0]), text)


@lru_cache(maxsize=4096)  # each word is joined three times: to choose the font, and in both builds of the PDF
def _joined_word(word: str) -> str:
    """One Arabic word in joining forms, with ligatures unless the reshaper gets them wrong."""
    if not _UNFIT_TO_LIGATE.search(word):
        return str(_reshaper(True).reshape(word))
    forms = _reshaper(False).reshape(word.replace(_JOINER, _TATWEEL))  # one form per character
    return "".join(form for char, form in zip(word, forms, strict=True) if char != _JOINER)


@cache
def _reshaper(ligatures: bool) -> ArabicReshaper:
    """A reshaper that keeps vowel marks, with the ligature of lam and alef or without any."""
    return ArabicReshaper(
        {
            "language": "Arabic",  # covers the letters of Persian and Urdu too
            "delete_harakat": False,
            "support_ligatures": ligatures,
            "ARABIC LIGATURE ALLAH": False,
        }
    )


def visual(text: str) -> str:
    """One line in visual order, left to right, with its letters joined; the line itself runs from the left.

    Brackets inside right-to-left stretches are mirrored, and isolates are removed.

    >>> visual("a אבג d")
    'a גבא d'
    """
    shaped = joined(text)
    return "".join(
        mirrored(shaped[index], from_right)
        for index, from_right in display_order(shaped, from_right=False)
        if shaped[index] not in (ISOLATE, END)
    )


def mirrored(char: str, from_right: bool) -> str:
    """The character as drawn in its direction (UAX #9, rule L4): `mirrored("(", True)` is ")"."""
    return str(MIRRORED.get(char, char)) if from_right else char


def display_order(text: str, *, from_right: bool) -> list[tuple[int, bool]]:
    """The visual order of a paragraph's characters, as if it were one line; `from_right` is its direction.

    Returns one pair per character, from left to right: its index in the text, and whether it runs from the right.
    A line of the paragraph has the same order with the other characters left out: rule L2 reverses stretches, so
    which of two characters comes first depends only on the characters between them.

    >>> display_order("a אב", from_right=False)
    [(0, False), (1, False), (3, True), (2, True)]
    """
    width = len(str(len(text)))
    tagged = [
        _of_same_class(char) + f"{index:0{width}}".translate(_TO_TAG) for index, char in enumerate(text)
    ]
    # Rule L1 moves white space at the end of a line, and would move the last number with it. An invisible letter of
    # the paragraph's own direction behind it prevents that and changes nothing else.
    mark = _RIGHT_MARK if from_right else _LEFT_MARK
    seen = get_display("".join(tagged) + mark, base_dir="R" if from_right else "L")
    seen = seen.removeprefix(mark) if from_right else seen.removesuffix(mark)
    return [_index_and_direction(seen[start : start + width + 1]) for start in range(0, len(seen), width + 1)]


def _of_same_class(char: str) -> str:
    """A stand-in with the same effect on the order, for characters that would end the paragraph or are our digits."""
    if char in _DIGITS:
        return "\u200b"
    return " " if unicodedata.bidirectional(char) in ("B", "S") else char


def _index_and_direction(tagged: str) -> tuple[int, bool]:
    """Read a character and its number back: the number, and whether the two came out reversed (right to left)."""
    from_right = tagged[0] in _DIGITS
    number = tagged[-2::-1] if from_right else tagged[1:]
    return int(number.translate(_FROM_TAG)), from_right
