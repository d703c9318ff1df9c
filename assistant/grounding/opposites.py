"""Direction: rose or fell, before or after, north or south. What a sentence says must not be the opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.grounding.denial import denied
from assistant.grounding.names import POINTS_BACK
from assistant.language.antonyms import sides
from assistant.language.synonyms import canonical_stem
from assistant.language.tokens import Token, TokenizedText, closest
from assistant.language.words import stem

_BOUNDS = re.compile(
    r"\bat (?:least|most)\b|\bor (?:more|less|fewer)\b"
    r"|\b(?:more|less|fewer) than (?=\d|an?\b(?! year)|one\b|two\b|three\b|half\b|[a-z]+ty\b)"
)
_BEFORE_AND_AFTER = 1  # place of that axis in the list
_ACROSS = {"north": "south", "south": "north", "east": "west", "west": "east"}
_FEW = 3  # content words under which a clause says too little, and its sentence is taken
_SHARED = 1  # content words that the two places must have in common before their opposite words count


@dataclass(frozen=True)
class _AxisWord:
    """A word on one side of an axis."""

    axis: int
    side: int  # 0 or 1
    word: str
    start: int
    about: frozenset[str]  # stems of its clause
    sentence: int
    denied: bool


@lru_cache(maxsize=512)
def _stands(text: TokenizedText) -> tuple[_AxisWord, ...]:
    found = []
    refused = denied(text)
    for word in text.words:
        if _BOUNDS.search(text.lower[max(0, word.start - 4) : word.end + 14]):
            continue  # "at least 40", "40 or more": how a number is bounded, which goes with the number
        about = text.clause_stems(word.start, word.end)
        if len(about) < _FEW:
            about |= text.sentence_stems[word.sentence] - {word.stem}
        for axis, side in sides().get(_turn(text, word), ()):
            found.append(
                _AxisWord(axis, side, word.text, word.start, about, word.sentence, word.start in refused)
            )
    return tuple(found)


def _turn(text: TokenizedText, word: Token) -> str:
    """The stem under which a word stands on its axis; "up from 12" is a rise."""
    if word.text in ("up", "down") and re.match(r"\s(?:from|to|by)\b", text.lower[word.end :]):
        return "rise" if word.text == "up" else "fall"
    return stem(word.text)


def opposed(one: str, other: str) -> bool:
    """Whether two words stand on the two sides of one axis, or name opposite points of the compass."""
    there = set(sides().get(stem(other), ()))
    return any((axis, 1 - side) in there for axis, side in sides().get(stem(one), ())) or any(
        a in _pointing(one) and b in _pointing(other) and a not in _pointing(other)
        for a, b in _ACROSS.items()
    )


def opposite_disagreements(ours: TokenizedText, cited: TokenizedText, around: TokenizedText) -> Iterator[str]:
    """Words of a sentence whose opposite, and not they themselves, the cited words say about the same."""
    near = set(closest(ours, cited, 0.25)[:2])
    theirs = [one for one in _stands(cited) if one.sentence in near]
    there = {form for word in cited.words for form in (stem(word.text), word.stem)}
    said: set[str] = set()
    mine = _stands(ours)
    for one in mine:
        stands = stem(one.word) in there or canonical_stem(stem(one.word)) in there
        if one.word in said or stands and not _moved(one, mine, theirs):
            continue
        same = [other for other in theirs if other.axis == one.axis and other.side == one.side]
        against = [
            other
            for other in theirs
            if other.axis == one.axis and other.side != one.side and other.denied == one.denied
        ]
        if not against or (same and not _moved(one, mine, theirs)):
            continue
        other = max(against, key=lambda other: len(other.about & one.about))
        if len(other.about & one.about) < _SHARED:
            continue
        # Ours says that too: each word then stands where it stands in the source, unless moved.
        if any((too.axis, too.side) == (other.axis, other.side) for too in mine) and not same:
            continue
        compared = " than " in ours.lower and " than " in cited.lower
        if (one.axis == _BEFORE_AND_AFTER or compared) and _turned_round(ours, one, cited, other):
            continue
        said.add(one.word)
        yield f"says “{one.word}” where the cited words say “{other.word}”"
    yield from _turned_about(ours, cited, around)


def _moved(one: _AxisWord, mine: tuple[_AxisWord, ...], theirs: list[_AxisWord]) -> bool:
    """Whether the cited words say both this and its opposite, and ours fits where they say the opposite."""
    same = [other for other in theirs if (other.axis, other.side) == (one.axis, one.side)]
    against = [other for other in theirs if other.axis == one.axis and other.side != one.side]
    if not same or not against or any((m.axis, m.side) == (one.axis, 1 - one.side) for m in mine):
        return False
    fits = max(len(other.about & one.about) for other in same)
    return fits == 0 and max(len(other.about & one.about) for other in against) >= 2


def _turned_round(ours: TokenizedText, one: _AxisWord, cited: TokenizedText, other: _AxisWord) -> bool:
    """ "B after A" for "A before B": the word is the opposite because the two parts have changed places."""
    left, right = _either_side(ours, one)
    there_left, there_right = _either_side(cited, other)
    return len(left & there_right) + len(right & there_left) > len(left & there_left) + len(
        right & there_right
    )


def _either_side(text: TokenizedText, one: _AxisWord) -> tuple[set[str], set[str]]:
    words = [word for word in text.by_sentence[one.sentence] if word.carries]
    return (
        {word.stem for word in words if word.start < one.start},
        {word.stem for word in words if word.start > one.start},
    )


def _turned_about(ours: TokenizedText, cited: TokenizedText, around: TokenizedText) -> Iterator[str]:
    """Points of the compass must be those of the cited words, where these give any."""
    theirs = opposite_points(cited)
    if not theirs:
        return
    nearby = opposite_points(around) if POINTS_BACK.search(cited.lower) else frozenset()
    for point in sorted(opposite_points(ours) - theirs):
        if _ACROSS[point] in theirs:
            yield f"says “{point}” where the cited words say “{_ACROSS[point]}”"
        elif point not in nearby:
            yield f"“{point}” does not stand in the cited words"


def opposite_points(text: TokenizedText) -> frozenset[str]:
    """north, south, east and west, as far as a text names them, alone or in a word ("southwestern")."""
    return frozenset(point for word in text.words for point in _pointing(word.text))


@lru_cache(maxsize=20_000)
def _pointing(word: str) -> frozenset[str]:
    return frozenset(
        point
        for point in _ACROSS
        if re.fullmatch(
            rf"(?:(?:north|south)(?:ern)?)?{point}(?:(?:east|west)(?:ern)?)?(?:ern(?:ers?)?|wards?|erly|most)?",
            word,
        )
    )
