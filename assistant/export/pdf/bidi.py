"""Arabic and Hebrew for a writer that sets one glyph after another from the left, as ReportLab does.

Letters take the forms that join them, then a line is put into the order in which it is seen: the Unicode bidirectional
algorithm (UAX #9) with isolates and without pairs of brackets (N0), overrides and embeddings, which are taken out of
what sources say.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

ISOLATE, END = "\u2068", "\u2069"  # what stands between goes by the direction of its own first letter
_LAM = "\u0644"
_MIRRORED = str.maketrans("()[]{}<>«»‹›［］", ")(][}{><»«›‹］［")
_NUMBERS = ("EN", "AN")


def joined(text: str) -> str:
    """The text with its Arabic letters in the forms in which they join, in the order in which it is read."""
    forms, made = _forms(), []
    letters = [place for place, char in enumerate(text) if unicodedata.bidirectional(char) != "NSM"]
    skip = -1
    for at, place in enumerate(letters):
        char = text[place]
        before = text[letters[at - 1]] if at else ""
        after = text[letters[at + 1]] if at + 1 < len(letters) else ""
        marks = text[place + 1 : letters[at + 1] if at + 1 < len(letters) else len(text)]
        if place == skip:
            made.append(marks)
            continue
        from_before = _joins_on(before) and _takes_join(char)
        if char == _LAM and not marks and char + after in forms:
            made.append(forms[char + after]["final" if from_before else "isolated"])
            skip = letters[at + 1]
            continue
        to_after = _joins_on(char) and _takes_join(after)
        kind = ("medial" if to_after else "final") if from_before else "initial" if to_after else "isolated"
        made.append(forms.get(char, {}).get(kind, char) + marks)
    return "".join([text[: letters[0]] if letters else text, *made])


@cache
def _forms() -> dict[str, dict[str, str]]:
    """A letter, or lam and alef, to its forms: isolated, final, initial, medial."""
    found: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD)):
        kind, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        base = "".join(chr(int(letter, 16)) for letter in letters)
        if kind and (len(base) == 1 or base.startswith(_LAM) and code >= 0xFEF5):
            found.setdefault(base, {}).setdefault(kind.strip("<>"), chr(code))
    return found


def _joins_on(char: str) -> bool:
    return char in ("\u0640", "\u200d") or "initial" in _forms().get(char, ())


def _takes_join(char: str) -> bool:
    return char in ("\u0640", "\u200d") or "final" in _forms().get(char, ())


def visual(text: str) -> str:
    """One line as it is seen from left to right, its letters joined, in a text that runs from the left."""
    shaped = joined(text)
    return "".join(
        mirrored(shaped[place], level)
        for place, level in order(levels(shaped, 0))
        if shaped[place] not in (ISOLATE, END)
    )


def mirrored(char: str, level: int) -> str:
    """The character as it looks at its level: brackets turn where the text runs from the right."""
    return char.translate(_MIRRORED) if level % 2 else char


def order(found: Sequence[int]) -> list[tuple[int, int]]:
    """Places and levels in the order in which they are seen (rule L2)."""
    seen = list(enumerate(found))
    for level in range(max(found, default=0), 0, -1):
        at = 0
        while at < len(seen):
            end = at
            while end < len(seen) and seen[end][1] >= level:
                end += 1
            seen[at:end] = seen[at:end][::-1]
            at = max(end, at + 1)
    return seen


def levels(text: str, base: int) -> list[int]:
    """The level of every character of a paragraph whose own is `base`: even runs from the left, odd from the right."""
    outer: list[int] = []
    inner: list[tuple[int, int]] = []  # isolates, their marks left out
    at = 0
    while at < len(text):
        outer.append(at)
        if text[at] == ISOLATE:
            end = _closing(text, at)
            inner.append((at + 1, end))
            at = end
        else:
            at += 1
    found = [base] * len(text)
    kinds = [
        "ON" if text[place] in (ISOLATE, END) else unicodedata.bidirectional(text[place]) for place in outer
    ]
    for place, level in zip(outer, _resolved(kinds, base), strict=True):
        found[place] = level
    for start, end in inner:
        piece = text[start:end]
        strong = (unicodedata.bidirectional(char) for char in piece)
        from_right = next((one for one in strong if one in ("L", "R", "AL")), "L") != "L"
        found[start:end] = levels(piece, base + 1 if from_right != bool(base % 2) else base + 2)
    return found


def _closing(text: str, opening: int) -> int:
    depth = 0
    for place in range(opening, len(text)):
        depth += (text[place] == ISOLATE) - (text[place] == END)
        if depth == 0:
            return place
    return len(text)


def _resolved(kinds: list[str], base: int) -> list[int]:
    """Levels from classes: rules W1 to W7, N1, N2, I1 and I2."""
    own = "R" if base % 2 else "L"
    strong = previous = own
    for at, kind in enumerate(kinds):
        if kind == "NSM":  # W1
            kind = kinds[at] = previous
        if kind == "EN" and strong == "AL":  # W2
            kinds[at] = "AN"
        if kind in ("L", "R", "AL"):
            strong = kind
        previous = kinds[at]
    kinds = ["R" if kind == "AL" else kind for kind in kinds]  # W3
    for at in range(1, len(kinds) - 1):  # W4
        near = kinds[at - 1]
        if near == kinds[at + 1] and (kinds[at], near) in (("ES", "EN"), ("CS", "EN"), ("CS", "AN")):
            kinds[at] = near
    for start, end in _stretches(kinds, ("ET",)):  # W5
        if "EN" in (kinds[start - 1] if start else "", kinds[end] if end < len(kinds) else ""):
            kinds[start:end] = ["EN"] * (end - start)
    strong = own
    for at, kind in enumerate(kinds):  # W6, W7
        if kind == "EN" and strong == "L":
            kinds[at] = "L"
        elif kind in ("L", "R"):
            strong = kind
        elif kind not in _NUMBERS:
            kinds[at] = "ON"
    for start, end in _stretches(kinds, ("ON",)):  # N1, N2
        left = _side(kinds[start - 1]) if start else own
        right = _side(kinds[end]) if end < len(kinds) else own
        kinds[start:end] = [left if left == right else own] * (end - start)
    if base % 2:
        return [base if kind == "R" else base + 1 for kind in kinds]
    return [base + {"L": 0, "R": 1}.get(kind, 2) for kind in kinds]


def _side(kind: str) -> str:
    return "R" if kind in _NUMBERS else kind


def _stretches(kinds: Sequence[str], wanted: tuple[str, ...]) -> list[tuple[int, int]]:
    found, at = [], 0
    while at < len(kinds):
        end = at
        while end < len(kinds) and kinds[end] in wanted:
            end += 1
        if end > at:
            found.append((at, end))
        at = max(end, at + 1)
    return found
