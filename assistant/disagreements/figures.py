"""Finds figures for one thing that differ between reports: counts, sums, shares, weights."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf, isclose

from assistant.disagreements.statements import Statement, days_between, different_place, same_day, same_time
from assistant.language.quantities import Quantity, quantities
from assistant.language.tokens import TokenizedText
from assistant.language.words import stem
from assistant.results.briefing import ConflictKind
from ingest.text.date_patterns import WEEKDAYS
from vectorstore.terms import fold

# Units of measurement that are compared. Times are not: nearly every sentence has one.
_MEASURES = frozenset(
    "percent dollar euro pound franc yen rupee tonne kilogram gram ounce kilometre mile metre hectare acre litre "
    "barrel megawatt watt degree foot".split()
)
# What happened to the people or things counted. Figures for different fates do not disagree.
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
_HAPPENS_ONCE = frozenset(
    (0, 1, 3, 4, 5)
)  # indices in _FATES: events of one day; another day is another event
_ANYONE = frozenset("peopl person dead death victim fatal bodi casualti".split())
_SAME_PEOPLE = {"troop": "soldier", "men": "soldier", "guard": "soldier", "peopl": "people", "person": "people",
        "villag": "people", "inhabit": "people", "resid": "people", "dead": "people", "death": "people",
        "victim": "people", "fatal": "people", "bodi": "people", "civilian": "people", "other": "people",
        "refuge": "refugee"}  # fmt: skip
# Groups that may be part of all the dead: "27 soldiers" and "31 people killed" can both be right.
_PART_OF_ALL = frozenset(
    "soldier civilian polic offic gendarm fighter women children peacekeep child woman".split()
)
# Stems of words for people, by their endings ("passenger", "inmate", "student"), and a few others.
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
# Words of a later report that replace an earlier count: it went on, or was corrected.
_WENT_ON = re.compile(
    r"\b(?:ris(?:en|es|ing)|rose|climbed|grown|reached|updated?|revised?|corrected|raised|now|meanwhile|since then|"
    r"in total|final|brings?|brought|higher than)\b"
)
_FOR_NOW = re.compile(
    r"\b(?:so far|to date|at first|initial(?:ly)?|first|preliminary|provisional|early|until now|as yet|by (?:"
    + "|".join(WEEKDAYS)
    + r"|noon|nightfall|evening))"
)
# Words for a state that is counted repeatedly: a figure of another date is an update.
_STATE = re.compile(
    r"\b(?:so far|to date|since|(?:in|the) total|now|as of|in need|updated|revised|had|has|have|holds?|held|"
    r"hosts?|counted|registered|recorded|numbered|stood|stands|is|are|put at|pledged|remain\w*|by the end|"
    r"at the end|employ\w*|"
    r"liv(?:e|ed|ing))\b|\b(?:by|of|in) ;"
)
_RUNNING_COUNT = re.compile(
    r"\b(?:so far|to date|since|(?:in|the) total|now|as of|toll|updated|revised|rose|fell|risen)\b"
)
_LARGEST_RATIO = 5  # larger over smaller figure, above which they count different things
_SAME_FIGURE = 0.02  # relative difference up to which two figures are the same, rounded
_SHARED_STEMS = 3  # stems, besides the unit, that two sentences about one thing share
_SHARED_STEMS_PERCENT = 4  # the same for percentages: a text gives several for similar things
_MONTH = 31  # days


@dataclass(frozen=True)
class Figure:
    """A number that a sentence states, with what it counts and what happened to that."""

    statement: Statement
    value: float
    low: float  # least true value: 0 for "fewer than 300"
    high: float  # greatest true value: infinity for "more than 300"
    unit: str  # unit, or stem of the noun; words for people are "people"
    noun: str  # stem of what is counted; the unit for a measure
    fates: frozenset[int]  # indices in _FATES
    when: frozenset[str]  # its date, YYYY to YYYY-MM-DD; empty if none is given
    beside: frozenset[float]  # all numbers of the sentence, this one included


def figures_in(statement: Statement) -> list[Figure]:
    """The figures that a sentence states as fact: 27 soldiers killed for "On 14 May 2022 27 soldiers were killed."."""
    if not statement.is_sure:
        return []
    tokens = statement.reading
    figures = []
    all_quantities = quantities(tokens)
    beside = frozenset(quantity.value for quantity in all_quantities)
    for index, quantity in enumerate(all_quantities):
        following = all_quantities[index + 1].start if index + 1 < len(all_quantities) else len(tokens.plain)
        noun = _noun(tokens, quantity, following)
        if noun is None:
            continue
        low, high = _bounds(quantity)
        fates = _fates(tokens, quantity, following, alone=len(all_quantities) == 1)
        unit = _SAME_PEOPLE.get(noun, noun)
        figures.append(
            Figure(
                statement,
                quantity.value,
                low,
                high,
                unit,
                noun,
                fates,
                statement.dated(quantity.start),
                beside,
            )
        )
    return figures


@dataclass(frozen=True)
class FigureDifference:
    """Two figures that disagree."""

    kind: ConflictKind
    enough_words: bool  # enough words in common to be about one thing; else the meaning must be close, too


def figure_difference(a: Figure, b: Figure, *, same_question: bool) -> FigureDifference | None:
    """Whether two figures of two reports for one thing exclude each other, as a conflict or an update; else None.

    33 passengers and 19 dead of one crash are a conflict; 260 cases in January and 910 in May are an update. With
    `same_question` the sentences were found for one question, and one shared name is enough.
    """
    a_statement, b_statement = a.statement, b.statement
    if not _same_unit(a, b) or not _are_incompatible(a, b):
        return None
    if (a.fates or b.fates) and not a.fates & b.fates:
        return None
    if different_place(a_statement, b_statement) or a.beside & b.beside:
        return None  # if the sentences share a figure, their other figures count other things
    alike = len((a_statement.stems & b_statement.stems) - {a.noun, b.noun})
    least = _SHARED_STEMS_PERCENT if a.unit == "percent" and not same_question else _SHARED_STEMS
    least -= bool(a.fates & b.fates and same_day(a_statement, b_statement))
    dated = bool(a_statement.when and b_statement.when)
    if alike < (least - 1 if dated else least):
        return None
    kind = _kind(a, b, alike + (alike < least), same_question)
    return FigureDifference(kind, alike >= least) if kind else None


def _kind(a: Figure, b: Figure, alike: int, same_question: bool) -> ConflictKind | None:
    """Conflict or update, by dates and wording; None if it is not clear enough that both are about one thing.

    `alike` is how many stems the sentences share.
    """
    a, b = sorted((a, b), key=lambda figure: figure.statement.published or "9999")
    earlier, later = a.statement, b.statement
    when = same_time(a.when, b.when)
    named = len(earlier.name_stems & later.name_stems)
    of_a_state = _is_state(a) and _is_state(b)
    if when == "apart":
        enough = alike > _SHARED_STEMS - (same_question or bool(a.fates & b.fates))
        return "update" if of_a_state and named and enough else None
    if not named or (
        when == "open" and named < 2 and not same_question and not (of_a_state and a.fates & b.fates)
    ):
        return None
    dated = earlier.published and later.published and earlier.published != later.published
    if dated and (_WENT_ON.search(fold(later.plain)) or _FOR_NOW.search(fold(earlier.plain))):
        return "update"
    if when == "same":
        return "conflict"
    months = [statement.published[:7] for statement in (earlier, later) if statement.published]
    if of_a_state and len(set(months)) == 2:
        return "update"
    if same_question and dated and _RUNNING_COUNT.search(fold(later.plain)):
        return "update"
    # An event of a day that one report names stays a conflict even if months lie between the reports.
    between = days_between(earlier.published, later.published)
    dated_event = a.fates & _HAPPENS_ONCE and (a.when or b.when)
    return "conflict" if dated_event or (between is not None and between <= _MONTH) else None


def _is_state(figure: Figure) -> bool:
    """Whether a figure is counted repeatedly ("910 cases recorded so far"), so that a later one updates it."""
    plain = fold(figure.statement.plain)
    if figure.fates & _HAPPENS_ONCE:
        return _RUNNING_COUNT.search(plain) is not None
    return 2 in figure.fates or _STATE.search(plain) is not None


def _same_unit(a: Figure, b: Figure) -> bool:
    """Whether two figures count the same: equal units, or people and a group of persons with one fate.

    33 passengers killed and 19 dead do; 27 soldiers killed of 31 people killed do not: the rest may be civilians.
    """
    if a.unit == b.unit:
        return True
    if "people" not in (a.unit, b.unit) or not a.fates & b.fates & {0, 1}:
        return False
    whole, part = (a, b) if a.noun in _ANYONE else (b, a)
    if whole.noun not in _ANYONE or part.unit in _MEASURES or not _PERSONS.search(part.noun):
        return False
    return part.noun not in _PART_OF_ALL or whole.value < part.value


def _are_incompatible(a: Figure, b: Figure) -> bool:
    """Whether two figures exclude each other but are close enough to count one thing: 61 and 38, not 60 and 61."""
    if a.low <= b.high and b.low <= a.high or isclose(a.value, b.value, rel_tol=_SAME_FIGURE):
        return False
    low, high = sorted((a.value, b.value))
    return high <= _LARGEST_RATIO * low


def _noun(tokens: TokenizedText, quantity: Quantity, following: int) -> str | None:
    """The stem of what is counted, or the unit of what is measured; None if the text does not say.

    `following` is the offset of the next number, beyond which no word belongs to this one.
    """
    if quantity.unit in _MEASURES:
        return quantity.unit
    if quantity.unit is not None or quantity.kind != "number":
        return None
    for word in _words_after(tokens, quantity.end, following):
        if _PLURAL.fullmatch(word) and word not in _NO_PLURAL:
            return stem(word)
        if any(fate.fullmatch(word) for fate in _FATES[:2]):
            return "dead" if _FATES[0].fullmatch(word) else "people"
    return "people" if _DONE_TO.search(tokens.lower[: quantity.start]) else None


_NOUN_WINDOW = 4  # words after a number that may say what it counts


def _words_after(tokens: TokenizedText, start: int, end: int) -> Iterator[str]:
    """Up to four words of the clause from offset `start` to `end`, or to a preposition."""
    clause = {word.clause for word in tokens.clause_at(start - 1)}
    for word in tokens.between(start, end)[:_NOUN_WINDOW]:
        if word.clause not in clause or word.text in ("of", "in", "at", "on", "from", "to"):
            return
        yield word.text


def _fates(tokens: TokenizedText, quantity: Quantity, following: int, *, alone: bool) -> frozenset[int]:
    """Indices in _FATES of what happened to those counted, in the words up to the next number or just before it.

    If it is `alone` in its sentence and these say nothing, the whole sentence is read.
    """
    stretch = tokens.lower[quantity.start : following]
    fates = frozenset(index for index, fate in enumerate(_FATES) if fate.search(stretch))
    before = _DONE_TO.search(tokens.lower[: quantity.start])
    if before is not None:
        fates = frozenset(index for index, fate in enumerate(_FATES[:2]) if fate.search(before[0])) or fates
    if fates or not alone:
        return fates
    return frozenset(index for index, fate in enumerate(_FATES) if fate.search(tokens.lower))


def _bounds(quantity: Quantity) -> tuple[float, float]:
    """(low, high): the true values that a figure allows, e.g. (1000, inf) for "more than 1,000".

    "About" and fractions allow 10 % either way.
    """
    if quantity.bound == "more":  # not "at least": that is how tolls are given, as exact as they are known
        return quantity.value, inf
    if quantity.bound == "less":
        return 0.0, quantity.value
    if quantity.bound == "about" or quantity.kind == "share":
        return 0.9 * quantity.value, 1.1 * quantity.value
    return quantity.value, quantity.value
