"""Checks that two dates, numbers or names of a sentence have not changed places."""

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
    """A date, number or name with the words of its clause."""

    key: str  # equal for the same fact in both texts
    written: str  # as the text has it
    beside: frozenset[str]  # stems of its clause


def pairing_disagreements(claim: TokenizedText, cited: TokenizedText) -> Iterator[str]:
    """A fault for each two facts that changed places: "29 died, 24 fled" for "24 died, 29 fled"."""
    for kind in (_dates, _numbers, _names):
        claim_facts, cited_facts = kind(claim), kind(cited)
        for a, b in combinations(claim_facts, 2):
            if a.key != b.key and _have_changed_places(a, b, cited_facts):
                yield f"“{a.written}” and “{b.written}” have changed places"


def _have_changed_places(a: _LocatedFact, b: _LocatedFact, cited_facts: Sequence[_LocatedFact]) -> bool:
    """Whether each of two facts stands with the words that the cited text has beside the other."""
    cited_a = [fact.beside for fact in cited_facts if fact.key == a.key]
    cited_b = [fact.beside for fact in cited_facts if fact.key == b.key]
    if not cited_a or not cited_b:
        return False
    only_a, only_b = a.beside - b.beside, b.beside - a.beside
    straight = _best_overlap(only_a, cited_a) + _best_overlap(only_b, cited_b)
    crossed_a, crossed_b = _best_overlap(only_a, cited_b), _best_overlap(only_b, cited_a)
    return straight == 0 and crossed_a + crossed_b >= 2 and min(crossed_a, crossed_b) >= 1


def _best_overlap(stems: frozenset[str], cited_stems: Sequence[frozenset[str]]) -> int:
    """The most stems shared with one of the clauses."""
    return max(len(stems & clause_stems) for clause_stems in cited_stems)


def _dates(text: TokenizedText) -> list[_LocatedFact]:
    """The dates of a text, in order."""
    return [
        _LocatedFact(
            f"{date.month}-{sorted(date.days)}" if date.month else str(date.year),
            str(date),
            text.clause_stems(date.start, date.end),
        )
        for date in date_expressions(text.plain)
    ]


def _numbers(text: TokenizedText) -> list[_LocatedFact]:
    """The exact numbers and shares of a text, in order."""
    return [
        _LocatedFact(
            f"{quantity.value:g}",
            text.plain[quantity.start : quantity.end].strip(),
            text.clause_stems(quantity.start, quantity.end),
        )
        for quantity in quantities(text)
        if quantity.kind in ("number", "share")
    ]


def _names(text: TokenizedText) -> list[_LocatedFact]:
    """The names of a text, in order; their last word is the key."""
    facts, start_from = [], 0
    for name in names(text.plain, first_word=True):
        start = text.plain.find(name, start_from)
        start_from = max(start_from, start)
        last = fold(name).split()[-1]
        facts.append(_LocatedFact(last, name, text.clause_stems(start, start + len(name))))
    return facts
