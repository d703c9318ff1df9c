"""Figures for the same thing that differ between sources: conflicts told from updates."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf
from typing import Literal

from assistant.answer import Citation
from assistant.briefing import Conflict, Side
from assistant.chronology import shortened
from assistant.dates import dates_in
from assistant.evidence import Evidence
from assistant.words import fold, names, numbers, stem, stems

Kind = Literal["conflict", "update"]

_UNIT = (
    "soldiers?|troops?|people|persons|civilians?|fighters?|guards?|officers?|peacekeepers?|policemen|gendarmes|"
    "refugees|attacks?|incidents?|deaths?|victims?|villagers?|miners?|workers?|hostages?|militants?|men|women|"
    "children|households|percent|tonnes"
)
_WORDS = (
    "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion)"
)
_COUNTED = re.compile(
    rf"(?:(?P<bound>at least|more than|over|up to|at most|fewer than|less than|nearly|almost|around|about|some)\s+)?"
    rf"(?P<number>\d[\d,.]*(?:\s+(?:thousand|million|billion))?|{_WORDS}(?:\s+(?:and\s+)?{_WORDS})*)"
    rf"\s+(?:(?:(?!\d)[a-z-]+\s+){{0,3}}?(?P<unit>{_UNIT})|"
    r"(?:(?:are|be|been|had|has|have|was|were|others?|more|reportedly)\s+){0,3}"
    r"(?:killed|dead|injured|wounded|displaced|arrested|kidnapped))\b"
)
# What happened to those counted: figures for different fates do not differ.
_FATES = tuple(
    re.compile(rf"\b(?:{words})\b")
    for words in (
        r"kill\w*|dead|died|deaths?|deadl\w+|slain|murder\w*|massacre\w*|execut\w*|toll|"
        r"lost their lives|cost the lives",
        r"injur\w*|wound\w*|hurt",
        r"displac\w*|fled|flee\w*|homeless|uprooted",
        r"arrest\w*|detain\w*|captur\w*",
        r"kidnap\w*|abduct\w*|hostages?",
    )
)
_KIN = {
    "troop": "soldier",
    "person": "peopl",
    "civilian": "peopl",
    "villag": "peopl",
    "death": "peopl",
    "victim": "peopl",
    "men": "soldier",
    "guard": "soldier",
}
_RUNNING = re.compile(
    r"\b(?:so far|to date|since|total|now|as of|displaced|refugees|in need|updated|revised|rose|fell|risen)\b"
)
_FARTHEST = 5  # times: figures farther apart count different things
_COMMON = 3  # stems that two sentences must share, besides the unit, to speak of the same thing


@dataclass(frozen=True)
class _Figure:
    evidence: Evidence
    value: float
    low: float  # what "at least" or "nearly" lets it be
    high: float
    unit: str  # stem
    fates: frozenset[int]  # places in _FATES
    when: frozenset[str]  # dates the sentence states
    names: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True)
class Difference:
    """Two sentences of different documents with different figures for one thing."""

    earlier: Evidence  # by the dates of their reports; an undated one counts as the later
    later: Evidence
    values: tuple[float, float]
    about: str  # what is counted, as far as words that both use tell
    kind: Kind


def disagreements(
    evidence: Sequence[Evidence], number: Callable[[Citation], int], most: int = 6
) -> tuple[Conflict, ...]:
    """Figures for one thing that differ between documents, as a briefing shows them."""
    return tuple(
        Conflict(
            f"{one.about}: {one.values[0]:,.10g} or {one.values[1]:,.10g}",
            one.kind,
            tuple(
                Side(shortened(side.text), side.passage.published, (number(side.citation),))
                for side in (one.earlier, one.later)
            ),
        )
        for one in differences(evidence, most)
    )


def differences(evidence: Sequence[Evidence], most: int = 6, *, asked: bool = False) -> list[Difference]:
    """Pairs of sentences from different documents that give different figures for one thing.

    One thing: the same unit counted, a date or two names in common and further words alike; one name suffices where
    the sentences were found for one question that is `asked`. Figures that run on (displaced, so far, in total) and
    are dated apart are an update, not a conflict.
    """
    figures = [figure for one in evidence for figure in _figures(one)]
    found: list[Difference] = []
    seen: set[frozenset[tuple[str, int, int]]] = set()
    for a, b in combinations(figures, 2):
        pair = frozenset((a.evidence.span, b.evidence.span))
        if len(pair) == 2 and pair not in seen and _differ(a, b, asked) and len(found) < most:
            seen.add(pair)
            found.append(_difference(a, b, asked))
    return found


def _figures(one: Evidence) -> list[_Figure]:
    dated = dates_in(one.text, one.passage.text[: one.start], one.passage.published)
    without = list(one.text)
    for each in dated:  # the 16 of "16 May" counts nothing
        without[each.start : each.end] = ";" * (each.end - each.start)
    plain = fold("".join(without))
    when = frozenset(each.date for each in dated)
    named = frozenset(fold(name) for name in names(one.text))
    words = frozenset(stems(one.text))
    found = []
    for match in _COUNTED.finditer(plain):
        values = numbers(match["number"])
        if len(values) == 1 and not re.fullmatch(r"(?:19|20)\d\d", match["number"]):
            value, unit = values.pop(), stem(match["unit"] or "people")
            fates = _fates(plain, match)
            low, high = _range(value, match["bound"])
            found.append(_Figure(one, value, low, high, _KIN.get(unit, unit), fates, when, named, words))
    return found


def _fates(plain: str, match: re.Match[str]) -> frozenset[int]:
    """What is said to have happened to those counted: in the words from the figure to the next one."""
    after = _COUNTED.search(plain, match.end())
    clause = plain[match.start() : after.start() if after else len(plain)]
    near = frozenset(place for place, fate in enumerate(_FATES) if fate.search(clause))
    whole = frozenset(place for place, fate in enumerate(_FATES) if fate.search(plain))
    return near or (whole if len(_COUNTED.findall(plain)) == 1 else frozenset())


def _range(value: float, bound: str | None) -> tuple[float, float]:
    """What a figure lets the true one be: "more than 1,000" does not contradict 1,400."""
    if bound in ("more than", "over"):  # "at least" is how a count of the dead is given: a figure of its own
        return value, inf
    if bound in ("up to", "at most", "fewer than", "less than"):
        return 0.0, value
    if bound in ("nearly", "almost", "around", "about", "some"):
        return 0.9 * value, 1.1 * value
    return value, value


def _differ(a: _Figure, b: _Figure, asked: bool) -> bool:
    one, other = a.evidence.passage, b.evidence.passage
    if one.document_id == other.document_id or a.unit != b.unit:
        return False
    if a.low <= b.high and b.low <= a.high:
        return False  # both can hold
    if max(a.value, b.value) > _FARTHEST * min(a.value, b.value):
        return False
    if a.fates != b.fates and not a.fates & b.fates:
        return False
    if {f.value for f in _figures(a.evidence)} & {f.value for f in _figures(b.evidence)}:
        return False  # they share a figure: the other numbers count other things
    running = _runs_on(a) and _runs_on(b)
    same_day = any(len(date) == 10 for date in a.when & b.when)
    if not running and a.when and b.when and not a.when & b.when:
        return False
    alike = len((a.words & b.words) - {a.unit})
    named = len(a.names & b.names)
    same_fate = bool(a.fates & b.fates)
    return alike >= _COMMON and (
        same_day
        or named >= (1 if asked else 2)
        or (running and named >= 1 and (same_fate or alike > _COMMON))
    )


def _runs_on(figure: _Figure) -> bool:
    return _RUNNING.search(fold(figure.evidence.text)) is not None


def _difference(a: _Figure, b: _Figure, asked: bool) -> Difference:
    a, b = sorted((a, b), key=lambda one: one.evidence.passage.published or "9999")
    dated = a.evidence.passage.published, b.evidence.passage.published
    apart = bool(a.when and b.when and not a.when & b.when) or (
        _runs_on(a) and _runs_on(b) and _month(a) != _month(b)
    )
    # "The toll has risen to 21": a report that comes later and says that the count went on.
    follows = asked and all(dated) and dated[0] != dated[1] and _runs_on(b)
    shared = sorted(a.names & b.names, key=len, reverse=True)
    about = ", ".join(_as_written(name, a.evidence.text) for name in shared[:2]) or a.unit
    kind: Kind = "update" if apart or follows else "conflict"
    return Difference(a.evidence, b.evidence, (a.value, b.value), about, kind)


def _month(figure: _Figure) -> str | None:
    published = figure.evidence.passage.published
    return published[:7] if published else None


def _as_written(name: str, text: str) -> str:
    return next((one for one in names(text) if fold(one) == name), name)
