"""Checks opposites: a sentence must not say "rose", "before" or "north" where its cited words say the opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.grounding.denial import denied
from assistant.grounding.names import REFERS_BACK
from assistant.language.antonyms import OPPOSITE_POINTS, claim_sides
from assistant.language.synonyms import canonical_stem
from assistant.language.tokens import Token, TokenizedText, closest
from assistant.language.words import stem

_BOUNDS = re.compile(
    r"\bat (?:least|most)\b|\bor (?:more|less|fewer)\b"
    r"|\b(?:more|less|fewer) than (?=\d|an?\b(?! year)|one\b|two\b|three\b|half\b|[a-z]+ty\b)"
)
_BEFORE_AND_AFTER = 1  # index of that axis in language.antonyms
_SHORT_CLAUSE = 3  # content words; for a shorter clause the whole sentence is its context
_LEAST_SHARED = 1  # content words that the contexts of two opposite words must share


@dataclass(frozen=True)
class _AxisWord:
    """A word of an antonym pair: "rose" is on one side of an axis, "fell" on the other."""

    axis: int  # index of the pair in language.antonyms
    side: int  # 0 or 1
    word: str
    start: int  # offset in the text
    about: frozenset[str]  # stems of its clause, its context
    sentence: int  # index of its sentence
    denied: bool  # it is negated


def opposite_disagreements(
    claim: TokenizedText, cited: TokenizedText, around: TokenizedText
) -> Iterator[str]:
    """A fault for each word whose opposite the cited words use: "Exports fell." for "Exports rose."."""
    sentences = set(closest(claim, cited, 0.25)[:2])
    cited_words = [word for word in _axis_words(cited) if word.sentence in sentences]
    cited_forms = {form for word in cited.words for form in (stem(word.text), word.stem)}
    reported: set[str] = set()
    claim_words = _axis_words(claim)
    for claim_word in claim_words:
        is_cited = (
            stem(claim_word.word) in cited_forms or canonical_stem(stem(claim_word.word)) in cited_forms
        )
        if claim_word.word in reported or is_cited and not _is_swapped(claim_word, claim_words, cited_words):
            continue
        same = [
            cited_word
            for cited_word in cited_words
            if cited_word.axis == claim_word.axis and cited_word.side == claim_word.side
        ]
        against = [
            cited_word
            for cited_word in cited_words
            if cited_word.axis == claim_word.axis
            and cited_word.side != claim_word.side
            and cited_word.denied == claim_word.denied
        ]
        if not against or (same and not _is_swapped(claim_word, claim_words, cited_words)):
            continue
        cited_word = max(against, key=lambda cited_word: len(cited_word.about & claim_word.about))
        if len(cited_word.about & claim_word.about) < _LEAST_SHARED:
            continue
        # The claim holds both words of the pair, as the source does.
        if (
            any(
                (second_word.axis, second_word.side) == (cited_word.axis, cited_word.side)
                for second_word in claim_words
            )
            and not same
        ):
            continue
        compared = " than " in claim.lower and " than " in cited.lower
        if (claim_word.axis == _BEFORE_AND_AFTER or compared) and _order_is_reversed(
            claim, claim_word, cited, cited_word
        ):
            continue
        reported.add(claim_word.word)
        yield f"says “{claim_word.word}” where the cited words say “{cited_word.word}”"
    yield from _compass_disagreements(claim, cited, around)


def opposed(word: str, other_word: str) -> bool:
    """Whether two words are antonyms or opposite compass points: `opposed("rose", "fell") is True`."""
    other_places = set(claim_sides().get(stem(other_word), ()))
    return any((axis, 1 - side) in other_places for axis, side in claim_sides().get(stem(word), ())) or any(
        a in _compass_points(word)
        and b in _compass_points(other_word)
        and a not in _compass_points(other_word)
        for a, b in OPPOSITE_POINTS.items()
    )


@lru_cache(maxsize=512)
def _axis_words(text: TokenizedText) -> tuple[_AxisWord, ...]:
    """The words of a text that have an antonym."""
    axis_words = []
    denied_starts = denied(text)
    for word in text.words:
        if _BOUNDS.search(text.lower[max(0, word.start - 4) : word.end + 14]):
            continue  # "at least 40", "40 or more": bounds are checked with their number
        about = text.clause_stems(word.start, word.end)
        if len(about) < _SHORT_CLAUSE:
            about |= text.sentence_stems[word.sentence] - {word.stem}
        for axis, side in claim_sides().get(_axis_stem(text, word), ()):
            axis_words.append(
                _AxisWord(
                    axis, side, word.text, word.start, about, word.sentence, word.start in denied_starts
                )
            )
    return tuple(axis_words)


def _axis_stem(text: TokenizedText, word: Token) -> str:
    """The stem to look up among the antonyms: that of the word, but "rise" for the "up" in "up from 12"."""
    if word.text in ("up", "down") and re.match(r"\s(?:from|to|by)\b", text.lower[word.end :]):
        return "rise" if word.text == "up" else "fall"
    return stem(word.text)


def _is_swapped(word: _AxisWord, claim_words: tuple[_AxisWord, ...], cited_words: list[_AxisWord]) -> bool:
    """Whether the cited words hold both the word and its antonym, and the claim's context fits the antonym."""
    same = [
        cited_word
        for cited_word in cited_words
        if (cited_word.axis, cited_word.side) == (word.axis, word.side)
    ]
    against = [
        cited_word
        for cited_word in cited_words
        if cited_word.axis == word.axis and cited_word.side != word.side
    ]
    if (
        not same
        or not against
        or any((claim_word.axis, claim_word.side) == (word.axis, 1 - word.side) for claim_word in claim_words)
    ):
        return False
    fits = max(len(cited_word.about & word.about) for cited_word in same)
    return fits == 0 and max(len(cited_word.about & word.about) for cited_word in against) >= 2


def _order_is_reversed(
    claim: TokenizedText, word: _AxisWord, cited: TokenizedText, cited_word: _AxisWord
) -> bool:
    """Whether the words around changed places too, so that nothing is wrong: "B after A" for "A before B"."""
    left, right = _either_side(claim, word)
    cited_left, cited_right = _either_side(cited, cited_word)
    return len(left & cited_right) + len(right & cited_left) > len(left & cited_left) + len(
        right & cited_right
    )


def _either_side(text: TokenizedText, axis_word: _AxisWord) -> tuple[set[str], set[str]]:
    """The stems of its sentence before and after a word."""
    words = [word for word in text.by_sentence[axis_word.sentence] if word.has_meaning]
    return (
        {word.stem for word in words if word.start < axis_word.start},
        {word.stem for word in words if word.start > axis_word.start},
    )


def _compass_disagreements(
    claim: TokenizedText, cited: TokenizedText, around: TokenizedText
) -> Iterator[str]:
    """A fault for each compass point that the cited words lack, if they give any: "the north" for "the south"."""
    cited_points = _named_points(cited)
    if not cited_points:
        return
    near_points = _named_points(around) if REFERS_BACK.search(cited.lower) else frozenset()
    for point in sorted(_named_points(claim) - cited_points):
        if OPPOSITE_POINTS[point] in cited_points:
            yield f"says “{point}” where the cited words say “{OPPOSITE_POINTS[point]}”"
        elif point not in near_points:
            yield f"“{point}” does not stand in the cited words"


def _named_points(text: TokenizedText) -> frozenset[str]:
    """The compass points that a text names, alone or in a word: {"south", "west"} for "southwestern Mali"."""
    return frozenset(point for word in text.words for point in _compass_points(word.text))


@lru_cache(maxsize=20_000)
def _compass_points(word: str) -> frozenset[str]:
    """The compass points in one word: {"north"} for "northerners", none for "norther"."""
    return frozenset(
        point
        for point in OPPOSITE_POINTS
        if re.fullmatch(
            rf"(?:(?:north|south)(?:ern)?)?{point}(?:(?:east|west)(?:ern)?)?(?:ern(?:ers?)?|wards?|erly|most)?",
            word,
        )
    )
