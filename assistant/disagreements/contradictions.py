"""Statements of two reports that contradict each other without a figure: one denies or reverses what the other says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.disagreements.statements import (
    Statement,
    Timing,
    days_between,
    different_place,
    same_time,
    timing,
)
from assistant.language.antonyms import report_axes
from assistant.language.tokens import Token
from assistant.language.words import stem
from vectorstore import first_day
from vectorstore.terms import fold

Kind = Literal["conflict", "update"]

_DENIAL = re.compile(
    r"\b(?:not|never|n't|nobody|no one|none|no|neither|denied|denies|deny|denying|untrue|no longer|without)\b"
)
# With which a denial denies something else, or nothing.
_NO_DENIAL = re.compile(
    r"\b(?:not only|not just|no more than|no fewer than|no less than|not (?:yet )?(?:known|clear|said)|no one knows|"
    r"not enough|no comment|without (?:giving|saying|naming)|no (?:doubt|sign|matter|means)|not all|not every\w*|"
    r"not always|not even|not least|not immediately|could not|cannot|can not|not able|not necessarily)\b"
)
_REFUSED = re.compile(r"\b(?:refus\w+|declined|fail(?:ed|s)|unable) to(?: \w+)?$")
_PERSISTS = re.compile(
    r"\b(?:still|remains?|remained|stays?|stayed|continues? to|continued to|not|never|denie[sd]|is alive|upheld)\b"
)
_INFINITIVES = {
    form: verb
    for verb, forms in {
        "retak": "retook retaken retake", "take": "took taken take", "sell": "sold sell", "hold": "held hold",
        "meet": "met meet", "lose": "lost lose", "win": "won win", "give": "gave given give", "send": "sent send",
        "pay": "paid pay", "build": "built build", "buy": "bought buy", "strike": "struck strike",
        "shoot": "shot shoot", "fall": "fell fallen fall", "rise": "rose risen rise", "break": "broke broken break",
        "cross": "crossed cross", "overrun": "overran overrun", "begin": "began begun begin", "flee": "fled flee",
        "come": "came come", "go": "went gone go", "withdraw": "withdrew withdrawn withdraw", "sink": "sank sunk sink",
        "fight": "fought fight", "find": "found find", "drive": "drove driven drive", "bring": "brought bring",
    }.items()
    for form in forms.split()
}  # fmt: skip
_SCOPE = 6  # content words that a denial bears on
_DENIED = 0.6  # share of them that the other sentence must say
_OVERLAP = 0.5  # share of the shorter sentence's words that both must have …
_FEWEST = 2  # … and how many at least
_BRIEF = 14  # days after a change within which "is still so" contradicts it
_SEASON = 60  # days between reports above which what neither dates may have changed meanwhile


@dataclass(frozen=True)
class Contradiction:
    kind: Kind
    words: tuple[str, str]  # what each says against the other, in the order of the arguments


def contradict(a: Statement, b: Statement) -> Contradiction | None:
    """How two sentences of two reports contradict each other, if they speak of one thing."""
    if not (a.is_sure and b.is_sure) or not _one_thing(a, b):
        return None
    if (found := _reversed(a, b)) is not None:
        axis, (word, against) = found
        when = same_time(a.dated(_place(a, word)), b.dated(_place(b, against)))
        kind = _kind(a, b, when, trend=axis in report_axes().trends)
        return Contradiction(kind, (word, against)) if kind else None
    for one, other, turned in ((a, b, False), (b, a, True)):
        if (denial := _denied(one, other)) is not None:
            when = timing(a, b)
            if when != "same" and denial.startswith("no") and denial not in ("not", "no longer"):
                continue  # "no officer", "nobody": of another time it tells nothing
            kind = _kind(a, b, when, trend=False)
            pair = (denial, "said to be so")
            return Contradiction(kind, pair[::-1] if turned else pair) if kind else None
    return None


def _one_thing(a: Statement, b: Statement) -> bool:
    """Whether two sentences name the same and have half of the shorter one's words in common."""
    shared = a.stems & b.stems
    return (
        bool(a.name_stems & b.name_stems)
        and len(shared) >= _FEWEST
        and len(shared) >= _OVERLAP * min(len(a.stems), len(b.stems))
        and not different_place(a, b)
    )


def _reversed(a: Statement, b: Statement) -> tuple[int, tuple[str, str]] | None:
    """The axis on whose two sides the sentences stand, and the words with which they do."""
    mine, theirs = _stands(a), _stands(b)
    for axis in sorted(mine.keys() & theirs.keys()):
        (side, word), (other, against) = mine[axis], theirs[axis]
        if side == other or _is_shared(a, b, word, against):
            continue
        if not _of_the_same(a, word, b, against, doer=axis in report_axes().contests):
            continue
        return axis, (word, against)
    return None


def _stands(one: Statement) -> dict[int, tuple[int, str]]:
    """For each axis that a sentence stands on one side of: the side, and the word. A denied word stands on none."""
    found: dict[int, dict[int, str]] = {}
    plain = one.reading.lower
    for word in one.reading.words:
        for axis, side in report_axes().places.get(word.text, ()):
            before = " ".join(plain[: word.start].split()[-3:])
            if not _DENIAL.search(before) and not _REFUSED.search(before):
                found.setdefault(axis, {}).setdefault(side, word.text)
    return {axis: next(iter(sides.items())) for axis, sides in found.items() if len(sides) == 1}


def _is_shared(a: Statement, b: Statement, *words: str) -> bool:
    """Whether one of two opposite words stands in both sentences: what differs is then something else."""
    return any(
        word in {each.text for each in one.reading.words} for one, word in ((a, words[1]), (b, words[0]))
    )


def _of_the_same(a: Statement, word: str, b: Statement, against: str, *, doer: bool) -> bool:
    """Whether what stands beside each word, in its clause, is the same: a name or a few words."""
    mine, theirs = _beside(a, word, doer), _beside(b, against, doer)
    shared = mine & theirs
    return bool(shared & a.name_stems & b.name_stems) or len(shared) > _FEWEST


def _place(one: Statement, word: str) -> int:
    return next(each.start for each in one.reading.words if each.text == word)


def _beside(one: Statement, word: str, before: bool) -> frozenset[str]:
    place = _place(one, word)
    clause = one.reading.clause_at(place)
    if not any(each.carries and each.start < place for each in clause):
        clause = [*one.reading.between(0, clause[0].start), *clause]  # "…, the leader of …, was killed"
    return frozenset(
        form
        for each in clause
        if each.carries and each.text != word and (each.start < place or not before)
        for form in (each.stem, stem(each.text))
    )


def _denied(one: Statement, other: Statement) -> str | None:
    """The word with which `one` denies what `other` says without denying it."""
    mine, theirs = _denials(one), _denials(other)
    if len(mine) != 1 or theirs:
        return None
    mark = mine[0]
    after = [word for word in one.reading.words if word.start > mark.start() and word.carries]
    clause = one.reading.clause_at(mark.start())[0].clause
    scope = [word for word in after if word.clause <= clause + (mark[0].startswith("den"))][:_SCOPE]
    if not scope:
        return None
    said = {_form(word) for word in other.reading.words}
    held = [_form(word) in said for word in scope]
    # The first word is the verb: what is denied of the thing must be what is said of it.
    if not held[0] or sum(held) < _DENIED * len(held):
        return None
    return mark[0]


def _form(word: Token) -> str:
    """The stem of a word, of an irregular verb that of its infinitive: "did not retake" denies "retook"."""
    return _INFINITIVES.get(word.text, word.stem)


def _denials(one: Statement) -> list[re.Match[str]]:
    text = one.reading.lower
    nothing = [(match.start(), match.end()) for match in _NO_DENIAL.finditer(text)]
    return [
        match
        for match in _DENIAL.finditer(text)
        if not any(start <= match.start() < end for start, end in nothing)
    ]


def _kind(a: Statement, b: Statement, when: Timing, *, trend: bool) -> Kind | None:
    between = days_between(a.published, b.published)
    if when == "apart":
        if trend:
            return None
        return "conflict" if _persists_after(a, b) else "update"
    if when == "same":
        return "conflict"
    if between is None:
        return None  # one is undated, and neither says when
    if between <= _SEASON:
        return "conflict"
    return None if trend else "update"


def _persists_after(a: Statement, b: Statement) -> bool:
    """Whether the sentence of the later date says that the change told by the other, days before, did not happen."""
    early, late = sorted((a, b), key=lambda one: first_day(min(one.when or one.around)))
    gap = days_between(max(early.when or early.around), max(late.when or late.around))
    return gap is not None and gap <= _BRIEF and _PERSISTS.search(fold(late.plain)) is not None
