"""Facts beside their own words: two dates, numbers or names of a sentence must not have changed places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.language.date_expressions import date_expressions
from assistant.language.quantities import quantities
from assistant.language.tokens import TokenizedText
from assistant.language.words import names
from vectorstore.terms import fold


@dataclass(frozen=True)
class _LocatedFact:
    """A date, number or name in its clause."""

    key: str  # equal for the same fact in both texts
    written: str
    beside: frozenset[str]  # stems of its clause


def pairing_disagreements(ours: TokenizedText, cited: TokenizedText) -> Iterator[str]:
    """Pairs of facts of one kind that stand crosswise: each beside what the cited words say of the other."""
    for kind in (_dates, _numbers, _names):
        mine, theirs = kind(ours), kind(cited)
        for a, b in combinations(mine, 2):
            if a.key != b.key and _crossed(a, b, theirs):
                yield f"“{a.written}” and “{b.written}” have changed places"


def _crossed(a: _LocatedFact, b: _LocatedFact, theirs: Sequence[_LocatedFact]) -> bool:
    there_a = [one.beside for one in theirs if one.key == a.key]
    there_b = [one.beside for one in theirs if one.key == b.key]
    if not there_a or not there_b:
        return False
    ours_a, ours_b = a.beside - b.beside, b.beside - a.beside
    straight = _shared(ours_a, there_a) + _shared(ours_b, there_b)
    crossed_a, crossed_b = _shared(ours_a, there_b), _shared(ours_b, there_a)
    return straight == 0 and crossed_a + crossed_b >= 2 and min(crossed_a, crossed_b) >= 1


def _shared(ours: frozenset[str], theirs: Sequence[frozenset[str]]) -> int:
    return max(len(ours & one) for one in theirs)


def _dates(text: TokenizedText) -> list[_LocatedFact]:
    return [
        _LocatedFact(
            f"{one.month}-{sorted(one.days)}" if one.month else str(one.year),
            str(one),
            text.clause_stems(one.start, one.end),
        )
        for one in date_expressions(text.plain)
    ]


def _numbers(text: TokenizedText) -> list[_LocatedFact]:
    return [
        _LocatedFact(
            f"{one.value:g}", text.plain[one.start : one.end].strip(), text.clause_stems(one.start, one.end)
        )
        for one in quantities(text)
        if one.kind in ("number", "share")
    ]


def _names(text: TokenizedText) -> list[_LocatedFact]:
    found, at = [], 0
    for name in names(text.plain, first_word=True):
        start = text.plain.find(name, at)
        at = max(at, start)
        last = fold(name).split()[-1]
        found.append(_LocatedFact(last, name, text.clause_stems(start, start + len(name))))
    return found
