"""Figures for the same thing that differ between sources: conflicts told from updates."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.answer import Citation
from assistant.briefing import Conflict, Side
from assistant.chronology import shortened
from assistant.dates import dates_in
from assistant.evidence import Evidence
from assistant.words import fold, names, numbers, stem, stems

_COUNTED = re.compile(
    r"(?:(?:at least|around|about|nearly|almost|some|over|more than|up to)\s+)?(?P<number>\d[\d,.]*|[a-z]+(?:-[a-z]+)?)"
    r"(?:\s+(?P<scale>thousand|million|billion))?\s+(?:[a-z-]+\s+){0,3}?(?P<unit>soldiers?|troops?|people|persons|civilians?|"
    r"fighters?|guards?|officers?|peacekeepers?|policemen|gendarmes|refugees|attacks?|incidents?|deaths?|victims?|"
    r"villagers?|miners?|workers?|hostages?|militants?|men|women|children|households|percent|tonnes|killed|displaced)\b"
)
_KIN = {
    "troop": "soldier",
    "person": "peopl",
    "death": "kill",
    "victim": "kill",
    "men": "soldier",
    "guard": "soldier",
}
_RUNNING = re.compile(
    r"\b(?:so far|to date|since|total|now|as of|displaced|refugees|in need|updated|revised|rose|fell|risen)\b"
)
_COMMON = 3  # stems that two sentences must share, besides the unit, to speak of the same thing


@dataclass(frozen=True)
class _Figure:
    evidence: Evidence
    value: float
    unit: str  # stem
    when: frozenset[str]  # dates the sentence states
    names: frozenset[str]
    words: frozenset[str]


def disagreements(
    evidence: Sequence[Evidence], number: Callable[[Citation], int], most: int = 6
) -> tuple[Conflict, ...]:
    """Pairs of sentences from different documents that give different figures for one thing.

    One thing: the same unit counted, a date or two names in common and further words alike. Figures
    that run on (displaced, so far, in total) and are dated apart are an update, not a conflict.
    """
    figures = [figure for one in evidence for figure in _figures(one)]
    found: list[Conflict] = []
    seen: set[frozenset[tuple[str, int, int]]] = set()
    for a, b in combinations(figures, 2):
        pair = frozenset((a.evidence.span, b.evidence.span))
        if len(pair) == 2 and pair not in seen and _differ(a, b) and len(found) < most:
            seen.add(pair)
            found.append(_conflict(a, b, number))
    return tuple(found)


def _figures(one: Evidence) -> list[_Figure]:
    plain = fold(one.text)
    earlier = one.passage.text[: one.start]
    when = frozenset(each.date for each in dates_in(one.text, earlier))
    named = frozenset(fold(name) for name in names(one.text))
    found = []
    for match in _COUNTED.finditer(plain):
        values = numbers(f"{match['number']} {match['scale'] or ''}")
        if len(values) == 1 and not re.fullmatch(r"(?:19|20)\d\d", match["number"]):
            unit = stem(match["unit"])
            found.append(
                _Figure(one, values.pop(), _KIN.get(unit, unit), when, named, frozenset(stems(one.text)))
            )
    return found


def _differ(a: _Figure, b: _Figure) -> bool:
    one, other = a.evidence.passage, b.evidence.passage
    if one.document_id == other.document_id or a.unit != b.unit or a.value == b.value:
        return False
    if {f.value for f in _figures(a.evidence)} & {f.value for f in _figures(b.evidence)}:
        return False  # they share a figure: the other numbers count other things
    running = _runs_on(a) and _runs_on(b)
    same_day = any(len(date) == 10 for date in a.when & b.when)
    if not running and a.when and b.when and not a.when & b.when:
        return False
    alike = len((a.words & b.words) - {a.unit})
    named = len(a.names & b.names)
    return alike >= _COMMON and (same_day or named >= 2 or (running and named >= 1 and alike >= _COMMON + 1))


def _runs_on(figure: _Figure) -> bool:
    return _RUNNING.search(fold(figure.evidence.text)) is not None


def _conflict(a: _Figure, b: _Figure, number: Callable[[Citation], int]) -> Conflict:
    a, b = sorted((a, b), key=lambda one: one.evidence.passage.published or "9999")
    apart = bool(a.when and b.when and not a.when & b.when) or (
        _runs_on(a) and _runs_on(b) and _month(a) != _month(b)
    )
    shared = sorted(a.names & b.names, key=len, reverse=True)
    about = ", ".join(_as_written(name, a.evidence.text) for name in shared[:2]) or a.unit
    kind = "update" if apart else "conflict"
    sides = tuple(
        Side(shortened(one.evidence.text), one.evidence.passage.published, (number(one.evidence.citation),))
        for one in (a, b)
    )
    return Conflict(f"{about}: {a.value:,.10g} or {b.value:,.10g}", kind, sides)  # type: ignore[arg-type]


def _month(figure: _Figure) -> str | None:
    published = figure.evidence.passage.published
    return published[:7] if published else None


def _as_written(name: str, text: str) -> str:
    return next((one for one in names(text) if fold(one) == name), name)
