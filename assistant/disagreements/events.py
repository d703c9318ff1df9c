"""Reports that tell one event differently: who did it, when, or where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.disagreements.statements import Statement, days_between, different_place, same_day, timing
from assistant.events.actors import actor_of
from assistant.events.kinds import event_kind
from assistant.language.clauses import clauses
from assistant.language.words import names, stem, stems
from assistant.sourcing.origins import same_origin
from vectorstore.terms import fold

EventAspect = Literal["who", "when", "where"]

_DEED = "attack|bombing|raid|ambush|assault|killing|cyberattack|kidnapping|abduction|explosion|strike"
_CLAIMED = re.compile(
    r"(?:\bclaimed (?:by|for) |\b(?:responsibility|credit)\b[^.;]*?\b(?:taken|claimed|accepted) by )(?:the )?"
    r"(?P<by>[^,.;]+)|"
    r"(?P<who>[^,.;]*?)\b(?:has |have |had |also |later )*(?:claimed|took|taken|accepted)\b"
    rf"(?= (?:responsibility|credit|the (?:\w+ )?(?:{_DEED})))"
)
# What happens to one person or thing once, or not twice within a few days: other dates of it are another account.
_ONCE = re.compile(
    r"\b(?:founded|established|created|formed|inaugurated|opened|signed|arrested|elected|appointed|sworn|resigned|died|"
    r"dismissed|sank|sunk|crashed|collapsed|erupted|landed|buried|born|acquitted|convicted|sentenced|sold|bought|merged|"
    r"met|adopted|launched|ousted|overthrown|overthrew|released|freed|abducted|kidnapped|killed|assassinated|expelled)\b"
)
_AGAIN = re.compile(r"\b(?:second|third|another|again|re-?elected|anniversary|new)\b")
# Other things of the kind happen on other days, too.
_SEVERAL = re.compile(
    r"\b(?:people|soldiers|civilians|troops|dozens|several|many|two|three|four|five|villagers|men)\b|\d"
)
_NOBODY = re.compile(
    r"\b(?:unknown|unidentified|gunm[ae]n|armed men|assailants?|attackers?|bandits|suspected|presumed|alleged|police|"
    r"authorities|officials|residents|witnesses)\b"
)
_FEW_DAYS = 31  # within which two dates of one event are a contradiction and not two events …
_FEW_MONTHS = 330  # … days, for dates that give no day
_LIKE = 0.6  # share of the shorter sentence's words that both must have
_VERY_LIKE = 0.75  # … where nothing else says that it is one event
_FEWEST = 3
_NAME = re.compile(
    r"\b(?P<long>(?:[A-Z][\w’'-]*\s+(?:(?:and|for|of|the|in|to|de|du|al)\s+)*){1,8})\((?P<short>[A-Z][\w-]{1,9})\)"
)


@dataclass(frozen=True)
class EventDifference:
    """In what two sentences differ about one event, and what each says."""

    of: EventAspect
    says: tuple[str, str]


def event_difference(a: Statement, b: Statement, known: frozenset[frozenset[str]]) -> EventDifference | None:
    """Who, when or where, if two sentences of two reports tell one event and differ in just that.

    `known` are pairs of names, folded, that some report uses for one body or for a body and its part.
    """
    if not (a.is_sure and b.is_sure):
        return None
    return _who(a, b, known) or _when(a, b) or _where(a, b)


def _who(a: Statement, b: Statement, known: frozenset[frozenset[str]]) -> EventDifference | None:
    if timing(a, b) != "same" or different_place(a, b):
        return None
    mine, theirs = _claimant(a), _claimant(b)
    if not (mine and theirs):
        if mine or theirs or not _same_attack(a, b):
            return None
        mine, theirs = _attacker(a), _attacker(b)
    if mine is None or theirs is None or _one_body(mine, theirs, known):
        return None
    left, right = (one.stems - frozenset(stems(who)) for one, who in ((a, mine), (b, theirs)))
    shared = left & right
    if len(shared) < _FEWEST - 1 or len(shared) < _LIKE * min(len(left), len(right)):
        return None
    # It must be the same deed: beside the doers a name, that of its place or victim, stands in both.
    names_left = a.name_stems - frozenset(stems(mine))
    return (
        EventDifference("who", (mine, theirs))
        if names_left & b.name_stems - frozenset(stems(theirs))
        else None
    )


def _claimant(one: Statement) -> str | None:
    found = _CLAIMED.search(one.evidence.text)
    if found is None:
        return None
    said = names(found["by"] or found["who"] or "", first_word=True)
    return (said[0] if found["by"] else said[-1]) if said else None


def _same_attack(a: Statement, b: Statement) -> bool:
    return (
        same_day(a, b)
        and event_kind(a.plain) == event_kind(b.plain)
        and event_kind(a.plain) in ("attack", "abduction", "arrest")
    )


def _attacker(one: Statement) -> str | None:
    """Who did it, where that is a named body; the police or "gunmen" may be anybody."""
    text = one.plain.replace(";", "\0")
    for part in clauses(text, []):
        if part.verb is None or part.modality != "event":
            continue
        who = actor_of(part.text, text[part.start : part.verb.opens], part.verb)
        if who is None or _NOBODY.search(fold(who)):
            return None
        return who if names(who, first_word=False) or names(f"the {who}") else None
    return None


def _one_body(one: str, other: str, known: frozenset[frozenset[str]]) -> bool:
    if set(stems(one)) & set(stems(other)):
        return True
    pairs = [(a, b) for a in [one, *names(f"the {one}")] for b in [other, *names(f"the {other}")]]
    return any(same_origin(a, b) or frozenset((fold(a), fold(b))) in known for a, b in pairs)


def other_names(texts: list[str]) -> frozenset[frozenset[str]]:
    """Pairs of names, folded, that a text gives for one body: "Group for the Support of Islam (JNIM)"."""
    return frozenset(
        frozenset((fold(match["long"].strip()), fold(match["short"])))
        for text in texts
        for match in _NAME.finditer(text)
    )


def _when(a: Statement, b: Statement) -> EventDifference | None:
    if len(a.when) != 1 or len(b.when) != 1 or timing(a, b) != "apart" or different_place(a, b):
        return None
    (mine,), (theirs,) = a.when, b.when
    if len(mine) != len(theirs) or len(mine) == 4 or not _once(a, b):
        return None
    gap = days_between(mine, theirs)
    if gap is None or gap > (_FEW_DAYS if len(mine) == 10 else _FEW_MONTHS):
        return None
    return (
        EventDifference("when", (mine, theirs))
        if _alike(a, b, _LIKE if len(mine) == 10 else _VERY_LIKE)
        else None
    )


def _where(a: Statement, b: Statement) -> EventDifference | None:
    if not same_day(a, b) or not a.place or not b.place or not different_place(a, b) or not _once(a, b):
        return None
    if _size(a.place) != _size(b.place):
        return None  # a town may lie in a region that is named
    places = {*stems(a.place), *stems(b.place)}
    names_left = (a.name_stems & b.name_stems) - places
    return (
        EventDifference("where", (a.place, b.place)) if names_left and _alike(a, b, _LIKE, places) else None
    )


_REGION = re.compile(
    r"\b(?:region|province|district|state|county|cercle|area|valley|country|republic|north|south|east|west)"
)


def _size(place: str) -> bool:
    return _REGION.search(fold(place)) is not None


def _once(a: Statement, b: Statement) -> bool:
    """Whether both use one word for what happens but once to the one they name."""
    verbs = [{stem(match) for match in _ONCE.findall(fold(one.plain))} for one in (a, b)]
    texts = [fold(one.plain) for one in (a, b)]
    return bool(verbs[0] & verbs[1]) and not any(
        _AGAIN.search(text) or _SEVERAL.search(text) for text in texts
    )


def _alike(a: Statement, b: Statement, least: float, without: set[str] | None = None) -> bool:
    mine, theirs = a.stems - (without or set()), b.stems - (without or set())
    shared = mine & theirs
    return (
        len(shared) >= _FEWEST
        and len(shared) >= least * min(len(mine), len(theirs))
        and bool(a.name_stems & b.name_stems)
    )
