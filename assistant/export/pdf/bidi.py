"""Arabic and Hebrew for a writer that sets one glyph after another from the left, as ReportLab does.

Two libraries know the standards: arabic-reshaper, which form of an Arabic letter joins its neighbours, and python-bidi
(the Rust crate unicode-bidi), the Unicode bidirectional algorithm (UAX #9), isolates and pairs of brackets included.
Here is what they lack: python-bidi takes and gives whole strings, but a paragraph of a PDF is broken into lines and
pieces of different looks, so that it has to be known where each character went.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from arabic_reshaper import ArabicReshaper
from bidi import get_display
from bidi.mirror import MIRRORED

ISOLATE, END = "\u2068", "\u2069"  # what stands between goes by the direction of its own first letter
_LEFT_MARK, _RIGHT_MARK = "\u200e", "\u200f"  # unseen letters, one of each direction

_ARABIC = "\u0600-\u06ff\u0750-\u077f\u0870-\u08ff"
_JOINER, _TATWEEL = "\u200d", "\u0640"  # letters join to either; only the second is seen
_WORD = re.compile(f"{_JOINER}?[{_ARABIC}][{_ARABIC}{_JOINER}]*")
# With these the reshaper's ligatures go wrong: it loses count of the letters after a zero-width joiner, and moves the
# marks between lam and alef behind them, where a reader who copies the words would find them.
_UNFIT_TO_LIGATE = re.compile(
    f"{_JOINER}|\u0644[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff]+[\u0622\u0623\u0625\u0627]"
)

# Ten characters that no text has (exports take controls out) and that the algorithm passes over: class BN, which stays
# beside the character that it follows (UAX #9, 5.2).
_DIGITS = "\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f"
_TO_TAG = str.maketrans("0123456789", _DIGITS)
_FROM_TAG = str.maketrans(_DIGITS, "0123456789")


def joined(text: str) -> str:
    """The text with its Arabic letters in the forms in which they join, in the order in which it is read.

    Lam and alef become one letter, no other letters do. Marks and all that is not Arabic stay as they are, so that
    the compatibility form (NFKC) of the result is that of the text; zero-width joiners in Arabic words are used up.

    >>> ascii(joined("سلام, River"))
    "'\\\\ufeb3\\\\ufefc\\\\ufee1, River'"
    """
    return _WORD.sub(lambda word: _joined_word(word[0]), text)


@lru_cache(maxsize=4096)  # a file joins each word three times: to choose the font, and twice for its pages
def _joined_word(word: str) -> str:
    if not _UNFIT_TO_LIGATE.search(word):
        return str(_reshaper(True).reshape(word))
    forms = _reshaper(False).reshape(word.replace(_JOINER, _TATWEEL))  # one for each character
    return "".join(form for char, form in zip(word, forms, strict=True) if char != _JOINER)


@cache
def _reshaper(ligatures: bool) -> ArabicReshaper:
    return ArabicReshaper(
        {
            "language": "Arabic",  # with the letters of Persian, Urdu and others
            "delete_harakat": False,
            "support_ligatures": ligatures,
            "ARABIC LIGATURE ALLAH": False,
        }
    )


def visual(text: str) -> str:
    """One line as it is seen from left to right, its letters joined, in a text that runs from the left.

    Brackets in what runs from the right are turned, and the marks that isolate are left out.

    >>> visual("a אבג d")
    'a גבא d'
    """
    shaped = joined(text)
    return "".join(
        mirrored(shaped[place], from_right)
        for place, from_right in display_order(shaped, from_right=False)
        if shaped[place] not in (ISOLATE, END)
    )


def mirrored(char: str, from_right: bool) -> str:
    """The character as it looks in its direction: brackets turn where the text runs from the right (rule L4)."""
    return str(MIRRORED.get(char, char)) if from_right else char


def display_order(text: str, *, from_right: bool) -> list[tuple[int, bool]]:
    """Where each character of a paragraph is seen, were it one line.

    `from_right` is the direction of the paragraph. Gives, from left to right as it is seen, each character's place in
    the text and whether it runs from the right: as many pairs as the text has characters. The order of one line of
    the paragraph is the same with the other characters left out: rule L2 reverses stretches, so that which of two
    characters comes first depends on none but those from the one to the other.

    >>> display_order("a אב", from_right=False)
    [(0, False), (1, False), (3, True), (2, True)]
    """
    width = len(str(len(text)))
    tagged = [
        _of_same_class(char) + f"{place:0{width}}".translate(_TO_TAG) for place, char in enumerate(text)
    ]
    # The letter behind the last keeps its number beside it, else taken to the end of the line as white space is (L1);
    # of the paragraph's own direction, it changes nothing.
    mark = _RIGHT_MARK if from_right else _LEFT_MARK
    seen = get_display("".join(tagged) + mark, base_dir="R" if from_right else "L")
    seen = seen.removeprefix(mark) if from_right else seen.removesuffix(mark)
    return [_place(seen[start : start + width + 1]) for start in range(0, len(seen), width + 1)]


def _of_same_class(char: str) -> str:
    """What stands for a character in the algorithm: itself, if it neither ends a paragraph nor is one of our digits."""
    if char in _DIGITS:
        return "\u200b"
    return " " if unicodedata.bidirectional(char) in ("B", "S") else char


def _place(tagged: str) -> tuple[int, bool]:
    """Of a character with its number, as they are seen beside each other: the number, and whether it is reversed."""
    from_right = tagged[0] in _DIGITS
    number = tagged[-2::-1] if from_right else tagged[1:]
    return int(number.translate(_FROM_TAG)), from_right
