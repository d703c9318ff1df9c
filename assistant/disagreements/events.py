"""Finds reports that tell one event differently: who did it, when, or where."""

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
# Verbs for what happens to one person or thing once, or not twice in a few days: two dates of it disagree.
_HAPPENS_ONCE = re.compile(
    r"\b(?:founded|established|created|formed|inaugurated|opened|signed|arrested|elected|appointed|sworn|resigned|died|"
    r"dismissed|sank|sunk|crashed|collapsed|erupted|landed|buried|born|acquitted|convicted|sentenced|sold|bought|merged|"
    r"met|adopted|launched|ousted|overthrown|overthrew|released|freed|abducted|kidnapped|killed|assassinated|expelled)\b"
)
_AGAIN = re.compile(r"\b(?:second|third|another|again|re-?elected|anniversary|new)\b")
# Groups and numbers: "two soldiers killed" on another day may be another event.
_SEVERAL = re.compile(
    r"\b(?:people|soldiers|civilians|troops|dozens|several|many|two|three|four|five|villagers|men)\b|\d"
)
_NOBODY = re.compile(
    r"\b(?:unknown|unidentified|gunm[ae]n|armed men|assailants?|attackers?|bandits|suspected|presumed|alleged|police|"
    r"authorities|officials|residents|witnesses)\b"
)
_FEW_DAYS = 31  # days between two dates up to which they are of one event
_FEW_MONTHS = 330  # the same, in days, for dates without a day
_SHARE = 0.6  # share of the shorter sentence's stems that both must have
_SHARE_WITHOUT_DAY = 0.75  # the same, for dates without a day
_FEWEST = 3  # stems that both must have
_NAME_WITH_ABBREVIATION = re.compile(
    r"\b(?P<long>(?:[A-Z][\w’'-]*\s+(?:(?:and|for|of|the|in|to|de|du|al)\s+)*){1,8})\((?P<short>[A-Z][\w-]{1,9})\)"
)


@dataclass(frozen=True)
class EventDifference:
    """What two sentences say differently about one event."""

    of: EventAspect
    says: tuple[str, str]  # names, dates (YYYY-MM or YYYY-MM-DD) or places, in the order of the arguments


def event_difference(a: Statement, b: Statement, known: frozenset[frozenset[str]]) -> EventDifference | None:
    """Who, when or where, if two sentences of two reports tell one event and differ in that; else None.

    `known` are pairs of folded names of one organisation: see `other_names`. "Police arrested Issa Kaldor on 3 May
    2022." and the same on 6 May differ in "when".
    """
    if not (a.is_sure and b.is_sure):
        return None
    return _who(a, b, known) or _when(a, b) or _where(a, b)


def _who(a: Statement, b: Statement, known: frozenset[frozenset[str]]) -> EventDifference | None:
    """Two organisations that claimed one act, or that are named as its actors."""
    if timing(a, b) != "same" or different_place(a, b):
        return None
    a_actor, b_actor = _claimant(a), _claimant(b)
    if not (a_actor and b_actor):
        if a_actor or b_actor or not _same_attack(a, b):
            return None
        a_actor, b_actor = _attacker(a), _attacker(b)
    if a_actor is None or b_actor is None or _one_body(a_actor, b_actor, known):
        return None
    a_stems, b_stems = (
        statement.stems - frozenset(stems(actor)) for statement, actor in ((a, a_actor), (b, b_actor))
    )
    shared = a_stems & b_stems
    if len(shared) < _FEWEST - 1 or len(shared) < _SHARE * min(len(a_stems), len(b_stems)):
        return None
    # One act: besides the actors, both name its place or victim.
    names_left = a.name_stems - frozenset(stems(a_actor))
    return (
        EventDifference("who", (a_actor, b_actor))
        if names_left & b.name_stems - frozenset(stems(b_actor))
        else None
    )


def _claimant(statement: Statement) -> str | None:
    """Who claimed an attack: "Northern Front" for "The bombing was claimed by the Northern Front."."""
    match = _CLAIMED.search(statement.evidence.text)
    if match is None:
        return None
    claimants = names(match["by"] or match["who"] or "", first_word=True)
    return (claimants[0] if match["by"] else claimants[-1]) if claimants else None


def _same_attack(a: Statement, b: Statement) -> bool:
    """Whether both tell of an attack, abduction or arrest on one day."""
    return (
        same_day(a, b)
        and event_kind(a.plain) == event_kind(b.plain)
        and event_kind(a.plain) in ("attack", "abduction", "arrest")
    )


def _attacker(statement: Statement) -> str | None:
    """The named actor of the first event in a sentence; None for "the police" or "gunmen", who may be anyone."""
    text = statement.plain.replace(";", "\0")
    for clause in clauses(text, []):
        if clause.verb is None or clause.modality != "realised":
            continue
        actor = actor_of(clause.text, text[clause.start : clause.verb.phrase_start], clause.verb)
        if actor is None or _NOBODY.search(fold(actor)):
            return None
        return actor if names(actor, first_word=False) or names(f"the {actor}") else None
    return None


def _one_body(actor: str, other_actor: str, known: frozenset[frozenset[str]]) -> bool:
    """Whether two names mean one organisation: a shared word, an abbreviation, or a known pair."""
    if set(stems(actor)) & set(stems(other_actor)):
        return True
    pairs = [
        (a, b) for a in [actor, *names(f"the {actor}")] for b in [other_actor, *names(f"the {other_actor}")]
    ]
    return any(same_origin(a, b) or frozenset((fold(a), fold(b))) in known for a, b in pairs)


def other_names(texts: list[str]) -> frozenset[frozenset[str]]:
    """Pairs of folded names that a text gives for one organisation: name and abbreviation.

    {{"support group", "sgx"}} for "the Support Group (SGX)".
    """
    return frozenset(
        frozenset((fold(match["long"].strip()), fold(match["short"])))
        for text in texts
        for match in _NAME_WITH_ABBREVIATION.finditer(text)
    )


def _when(a: Statement, b: Statement) -> EventDifference | None:
    """Two days or two months, not far apart, for what happens once."""
    if len(a.when) != 1 or len(b.when) != 1 or timing(a, b) != "apart" or different_place(a, b):
        return None
    (a_date,), (b_date,) = a.when, b.when
    if len(a_date) != len(b_date) or len(a_date) == 4 or not _happens_once(a, b):
        return None
    gap = days_between(a_date, b_date)
    if gap is None or gap > (_FEW_DAYS if len(a_date) == 10 else _FEW_MONTHS):
        return None
    return (
        EventDifference("when", (a_date, b_date))
        if _alike(a, b, _SHARE if len(a_date) == 10 else _SHARE_WITHOUT_DAY)
        else None
    )


def _where(a: Statement, b: Statement) -> EventDifference | None:
    """Two towns or two regions on one day for what happens once."""
    if (
        not same_day(a, b)
        or not a.place
        or not b.place
        or not different_place(a, b)
        or not _happens_once(a, b)
    ):
        return None
    if _is_region(a.place) != _is_region(b.place):
        return None  # a town may lie in a region that is named
    places = {*stems(a.place), *stems(b.place)}
    names_left = (a.name_stems & b.name_stems) - places
    return (
        EventDifference("where", (a.place, b.place)) if names_left and _alike(a, b, _SHARE, places) else None
    )


_REGION = re.compile(
    r"\b(?:region|province|district|state|county|cercle|area|valley|country|republic|north|south|east|west)"
)


def _is_region(place: str) -> bool:
    """Whether a place is named as a region: "Hallum region", not "Hallum"."""
    return _REGION.search(fold(place)) is not None


def _happens_once(a: Statement, b: Statement) -> bool:
    """Whether both use the same verb for what happens once ("arrested"), of one person or thing, not "again"."""
    verbs = [{stem(match) for match in _HAPPENS_ONCE.findall(fold(statement.plain))} for statement in (a, b)]
    texts = [fold(statement.plain) for statement in (a, b)]
    return bool(verbs[0] & verbs[1]) and not any(
        _AGAIN.search(text) or _SEVERAL.search(text) for text in texts
    )


def _alike(a: Statement, b: Statement, least: float, ignored: set[str] | None = None) -> bool:
    """Whether two sentences share a name and at least this share of the shorter one's stems, without `ignored`."""
    a_stems, b_stems = a.stems - (ignored or set()), b.stems - (ignored or set())
    shared = a_stems & b_stems
    return (
        len(shared) >= _FEWEST
        and len(shared) >= least * min(len(a_stems), len(b_stems))
        and bool(a.name_stems & b.name_stems)
    )
