"""Figures for one thing that differ between reports: counts, sums, shares and weights."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf, isclose
from typing import Literal

from assistant.disagreements.statements import Statement, days_between, different_place, same_day, same_time
from assistant.language.quantities import Quantity, quantities
from assistant.language.tokens import TokenizedText
from assistant.language.words import stem
from vectorstore.terms import fold

Kind = Literal["conflict", "update"]

# Units by which what is measured is told. Spans of time are left out: nearly every sentence has one.
_MEASURES = frozenset(
    "percent dollar euro pound franc yen rupee tonne kilogram gram ounce kilometre mile metre hectare acre litre "
    "barrel megawatt watt degree foot".split()
)
# What happened to those counted: figures for different fates do not differ.
_FATES = tuple(
    re.compile(rf"\b(?:{words})\b")
    for words in (
        r"kill\w*|dead|died|dies|deaths?|deadl\w+|slain|murder\w*|massacre\w*|execut\w*|toll|drown\w*|"
        r"fatalit\w+|bod(?:y|ies)|lost their lives|their lives|cost the lives|perish\w*",
        r"injur\w*|wound\w*|hurt",
        r"displac\w*|fled|flee\w*|homeless|uprooted",
        r"arrest\w*|detain\w*|captur\w*",
        r"kidnap\w*|abduct\w*|hostages?",
        r"destroy\w*|damag\w*|burn(?:ed|t)",
        r"missing|disappear\w*",
    )
)
_ONCE = frozenset((0, 1, 3, 4, 5))  # fates that befall once, on one day: a later day is another event
_ANYONE = frozenset("peopl person dead death victim fatal bodi casualti".split())
_KIN = {"troop": "soldier", "men": "soldier", "guard": "soldier", "peopl": "people", "person": "people",
        "villag": "people", "inhabit": "people", "resid": "people", "dead": "people", "death": "people",
        "victim": "people", "fatal": "people", "bodi": "people", "civilian": "people", "other": "people",
        "refuge": "refugee"}  # fmt: skip
# Of these and of all the dead both may be right: others may have died with them.
_PART_OF_ALL = frozenset(
    "soldier civilian polic offic gendarm fighter women children peacekeep child woman".split()
)
# Stems of words for people, as far as their endings tell ("passenger", "inmate", "student"), and some that do not.
_PERSONS = re.compile(
    r"(?:er|or|ee|ist|ian|ant|ent|mate|eng|man|child|civilian|fan|pilgrim|nurs|crew|guest|victim)$"
)
_PLURAL = re.compile(r"(?:[a-z]{3,}(?<!s)s|people|men|women|children|dead|personnel|police)")
_NO_PLURAL = frozenset(
    "was has does its this thus others as is us across towards perhaps besides always news".split()
)
_DONE_TO = re.compile(
    r"\b(?:killing|killed|wounding|wounded|injuring|injured|leaving|left)\s+(?:\w+\s){0,2}$"
)
# The count went on, or was put right: the later figure takes the place of the earlier one.
_WENT_ON = re.compile(
    r"\b(?:ris(?:en|es|ing)|rose|climbed|grown|reached|updated?|revised?|corrected|raised|now|meanwhile|since then|"
    r"in total|final|brings?|brought|higher than)\b"
)
_FOR_NOW = re.compile(
    r"\b(?:so far|to date|at first|initial(?:ly)?|first|preliminary|provisional|early|until now|as yet|by (?:monday|"
    r"tuesday|wednesday|thursday|friday|saturday|sunday|noon|nightfall|evening))"
)
# What is counted anew from time to time: the figure of another date is an update.
_STATE = re.compile(
    r"\b(?:so far|to date|since|(?:in|the) total|now|as of|in need|updated|revised|had|has|have|holds?|held|"
    r"hosts?|counted|registered|recorded|numbered|stood|stands|is|are|put at|pledged|remain\w*|by the end|"
    r"at the end|employ\w*|"
    r"liv(?:e|ed|ing))\b|\b(?:by|of|in) ;"
)
_COUNTED_ON = re.compile(
    r"\b(?:so far|to date|since|(?:in|the) total|now|as of|toll|updated|revised|rose|fell|risen)\b"
)
_FARTHEST = 5  # times: figures farther apart count different things
_SAME_FIGURE = 0.02  # relative: a rounded figure is the same one
_COMMON = 3  # stems that two sentences must share, besides the unit, to speak of the same thing
_COMMON_SHARES = 4  # and for percentages, of which one text gives several for like things
_MONTH = 31  # days
_NEAR = 60  # characters from a figure within which a date is its own


@dataclass(frozen=True)
class Figure:
    statement: Statement
    value: float
    low: float  # what "more than" or "nearly" lets it be
    high: float
    unit: str
    noun: str  # what is counted, as a stem; the unit for a measure
    fates: frozenset[int]  # places in _FATES
    when: frozenset[str]  # its date, as far as one is given
    beside: frozenset[float]  # all numbers of the sentence, this one among them


def figures_in(statement: Statement) -> list[Figure]:
    """The figures that a sentence states as fact."""
    if not statement.is_sure:
        return []
    reading = statement.reading
    found = []
    every = quantities(reading)
    beside = frozenset(one.value for one in every)
    for place, one in enumerate(every):
        following = every[place + 1].start if place + 1 < len(every) else len(reading.plain)
        noun = _noun(reading, one, following)
        if noun is None:
            continue
        low, high = _range(one)
        fates = _fates(reading, one, following, alone=len(every) == 1)
        unit = _KIN.get(noun, noun)
        found.append(
            Figure(statement, one.value, low, high, unit, noun, fates, statement.dated(one.start), beside)
        )
    return found


@dataclass(frozen=True)
class FigureDifference:
    kind: Kind
    alike: bool  # whether the words suffice to tell that it is one thing; else the meaning must, too


def figure_difference(a: Figure, b: Figure, *, asked: bool) -> FigureDifference | None:
    """Whether two figures of two reports for one thing cannot both hold, and whether the later updates the earlier.

    One name in common suffices where the sentences were found for one question that is `asked`.
    """
    one, other = a.statement, b.statement
    if not _same_unit(a, b) or not _apart(a, b):
        return None
    if (a.fates or b.fates) and not a.fates & b.fates:
        return None
    if different_place(one, other) or a.beside & b.beside:
        return None  # of two that share a figure the other numbers count other things
    alike = len((one.stems & other.stems) - {a.noun, b.noun})
    least = _COMMON_SHARES if a.unit == "percent" and not asked else _COMMON
    least -= bool(a.fates & b.fates and same_day(one, other))
    dated = bool(one.when and other.when)
    if alike < (least - 1 if dated else least):
        return None
    kind = _kind(a, b, alike + (alike < least), asked)
    return FigureDifference(kind, alike >= least) if kind else None


def _kind(a: Figure, b: Figure, alike: int, asked: bool) -> Kind | None:
    a, b = sorted((a, b), key=lambda one: one.statement.published or "9999")
    one, other = a.statement, b.statement
    when = same_time(a.when, b.when)
    named = len(one.name_stems & other.name_stems)
    of_a_state = _is_state(a) and _is_state(b)
    if when == "apart":
        enough = alike > _COMMON - (asked or bool(a.fates & b.fates))
        return "update" if of_a_state and named and enough else None
    if not named or (when == "open" and named < 2 and not asked and not (of_a_state and a.fates & b.fates)):
        return None
    dated = one.published and other.published and one.published != other.published
    if dated and (_WENT_ON.search(fold(other.plain)) or _FOR_NOW.search(fold(one.plain))):
        return "update"
    if when == "same":
        return "conflict"
    months = [each.published[:7] for each in (one, other) if each.published]
    if of_a_state and len(set(months)) == 2:
        return "update"
    if asked and dated and _COUNTED_ON.search(fold(other.plain)):
        return "update"
    # With months between the reports, of what befell on the day that one of them names still a conflict.
    between = days_between(one.published, other.published)
    dated_event = a.fates & _ONCE and (a.when or b.when)
    return "conflict" if dated_event or (between is not None and between <= _MONTH) else None


def _is_state(one: Figure) -> bool:
    plain = fold(one.statement.plain)
    if one.fates & _ONCE:
        return _COUNTED_ON.search(plain) is not None
    return 2 in one.fates or _STATE.search(plain) is not None


def _same_unit(a: Figure, b: Figure) -> bool:
    if a.unit == b.unit:
        return True
    if "people" not in (a.unit, b.unit) or not a.fates & b.fates & {0, 1}:
        return False
    whole, part = (a, b) if a.noun in _ANYONE else (b, a)
    if whole.noun not in _ANYONE or part.unit in _MEASURES or not _PERSONS.search(part.noun):
        return False
    return part.noun not in _PART_OF_ALL or whole.value < part.value


def _apart(a: Figure, b: Figure) -> bool:
    """Whether both cannot hold, and are near enough to be counts of one thing."""
    if a.low <= b.high and b.low <= a.high or isclose(a.value, b.value, rel_tol=_SAME_FIGURE):
        return False
    low, high = sorted((a.value, b.value))
    return high <= _FARTHEST * low


def _noun(reading: TokenizedText, one: Quantity, following: int) -> str | None:
    """The stem of what is counted, or the unit of what is measured; None where neither is plain."""
    if one.unit in _MEASURES:
        return one.unit
    if one.unit is not None or one.kind != "number":
        return None
    for word in _words_after(reading, one.end, following):
        if _PLURAL.fullmatch(word) and word not in _NO_PLURAL:
            return stem(word)
        if any(fate.fullmatch(word) for fate in _FATES[:2]):
            return "dead" if _FATES[0].fullmatch(word) else "people"
    return "people" if _DONE_TO.search(reading.lower[: one.start]) else None


_AFTER = 4  # words after a number among which stands what it counts


def _words_after(reading: TokenizedText, start: int, end: int) -> Iterator[str]:
    clause = {word.clause for word in reading.clause_at(start - 1)}
    for word in reading.between(start, end)[:_AFTER]:
        if word.clause not in clause or word.text in ("of", "in", "at", "on", "from", "to"):
            return
        yield word.text


def _fates(reading: TokenizedText, one: Quantity, following: int, *, alone: bool) -> frozenset[int]:
    """What is said to have happened to those counted: in the words from the figure to the next, else in all."""
    near = reading.lower[one.start : following]
    found = frozenset(place for place, fate in enumerate(_FATES) if fate.search(near))
    before = _DONE_TO.search(reading.lower[: one.start])
    if before is not None:
        found = frozenset(place for place, fate in enumerate(_FATES[:2]) if fate.search(before[0])) or found
    if found or not alone:
        return found
    return frozenset(place for place, fate in enumerate(_FATES) if fate.search(reading.lower))


def _range(one: Quantity) -> tuple[float, float]:
    """What a figure lets the true one be: "more than 1,000" does not contradict 1,400."""
    if one.bound == "more":  # "at least" is how a count of the dead is given: a figure of its own
        return one.value, inf
    if one.bound == "less":
        return 0.0, one.value
    if one.bound == "about" or one.kind == "share":
        return 0.9 * one.value, 1.1 * one.value
    return one.value, one.value
