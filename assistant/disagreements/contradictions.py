"""Finds contradictions without figures: one sentence denies what the other says, or says the opposite."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
from assistant.results.briefing import ConflictKind
from vectorstore import first_day
from vectorstore.terms import fold

_DENIAL = re.compile(
    r"\b(?:not|never|n't|nobody|no one|none|no|neither|denied|denies|deny|denying|untrue|no longer|without)\b"
)
# Phrases with a negative word that deny nothing, or not what the other report says.
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
_SCOPE = 6  # content words after a denial that it negates
_SCOPE_SHARE = 0.6  # share of the scope that the other sentence must say
_OVERLAP = 0.5  # share of the shorter sentence's stems that both must have …
_FEWEST = 2  # … and how many stems at least
_SHORTLY_AFTER = 14  # days after a change within which "is still …" contradicts it; later it is an update
_SEASON = 60  # days between two reports; beyond, undated facts may have changed in between


@dataclass(frozen=True)
class Contradiction:
    """A contradiction and the words in which it lies."""

    kind: ConflictKind
    words: tuple[str, str]  # of each sentence, in the order of the arguments: ("rose", "fell")


def contradict(a: Statement, b: Statement) -> Contradiction | None:
    """The contradiction between two sentences of two reports about one thing, or None.

    "The army retook Inabar on 17 May 2022." and "The army did not retake Inabar." are a conflict, whose words are
    ("said to be so", "not"). What may have changed between the two dates is an update.
    """
    if not (a.is_sure and b.is_sure) or not _is_same_subject(a, b):
        return None
    if (reversal := _reversal(a, b)) is not None:
        axis, (word, against) = reversal
        when = same_time(a.dated(_offset(a, word)), b.dated(_offset(b, against)))
        kind = _kind(a, b, when, trend=axis in report_axes().trends)
        return Contradiction(kind, (word, against)) if kind else None
    for statement, opposing, is_second in ((a, b, False), (b, a, True)):
        if (denial := _denial_of(statement, opposing)) is not None:
            when = timing(a, b)
            if when != "same" and denial.startswith("no") and denial not in ("not", "no longer"):
                continue  # "no officer", "nobody" hold for their own time only
            kind = _kind(a, b, when, trend=False)
            pair = (denial, "said to be so")
            return Contradiction(kind, pair[::-1] if is_second else pair) if kind else None
    return None


def _is_same_subject(a: Statement, b: Statement) -> bool:
    """Whether two sentences share a name and half of the shorter one's stems, and no place speaks against it."""
    shared = a.stems & b.stems
    return (
        bool(a.name_stems & b.name_stems)
        and len(shared) >= _FEWEST
        and len(shared) >= _OVERLAP * min(len(a.stems), len(b.stems))
        and not different_place(a, b)
    )


def _reversal(a: Statement, b: Statement) -> tuple[int, tuple[str, str]] | None:
    """(axis, (word of a, word of b)) for two antonyms about one thing, e.g. "rose" and "fell"; None without any."""
    a_sides, b_sides = _axis_sides(a), _axis_sides(b)
    for axis in sorted(a_sides.keys() & b_sides.keys()):
        (side, word), (against_side, against) = a_sides[axis], b_sides[axis]
        if side == against_side or _share_either(a, b, word, against):
            continue
        if not _has_same_context(a, word, b, against, doer=axis in report_axes().contests):
            continue
        return axis, (word, against)
    return None


def _axis_sides(statement: Statement) -> dict[int, tuple[int, str]]:
    """Axis -> (side, word) for the words of a sentence that have an antonym.

    Left out: negated words ("did not rise"), and axes of which the sentence has both words.
    """
    sides_of_axis: dict[int, dict[int, str]] = {}
    lower = statement.reading.lower
    for word in statement.reading.words:
        for axis, side in report_axes().places.get(word.text, ()):
            before = " ".join(lower[: word.start].split()[-3:])
            if not _DENIAL.search(before) and not _REFUSED.search(before):
                sides_of_axis.setdefault(axis, {}).setdefault(side, word.text)
    return {axis: next(iter(sides.items())) for axis, sides in sides_of_axis.items() if len(sides) == 1}


def _share_either(a: Statement, b: Statement, *words: str) -> bool:
    """Whether one of two antonyms is in both sentences; then the difference lies elsewhere."""
    return any(
        word in {token.text for token in statement.reading.words}
        for statement, word in ((a, words[1]), (b, words[0]))
    )


def _has_same_context(a: Statement, word: str, b: Statement, against: str, *, doer: bool) -> bool:
    """Whether the clauses of two antonyms share a name or more than two stems; with `doer` only before the word."""
    a_context, b_context = _context(a, word, doer), _context(b, against, doer)
    shared = a_context & b_context
    return bool(shared & a.name_stems & b.name_stems) or len(shared) > _FEWEST


def _offset(statement: Statement, word: str) -> int:
    """Offset of a word that is in the sentence."""
    return next(token.start for token in statement.reading.words if token.text == word)


def _context(statement: Statement, word: str, before: bool) -> frozenset[str]:
    """The stems in the clause of a word, the word left out; with `before` only those that precede it."""
    offset = _offset(statement, word)
    clause = statement.reading.clause_at(offset)
    if not any(token.has_meaning and token.start < offset for token in clause):
        clause = [*statement.reading.between(0, clause[0].start), *clause]  # "…, the leader of …, was killed"
    return frozenset(
        form
        for token in clause
        if token.has_meaning and token.text != word and (token.start < offset or not before)
        for form in (token.stem, stem(token.text))
    )


def _denial_of(statement: Statement, opposing: Statement) -> str | None:
    """The word with which `statement` denies what `opposing` affirms, or None.

    "not" for "The army did not retake Inabar." and "The army retook Inabar."
    """
    marks, opposing_marks = _denials(statement), _denials(opposing)
    if len(marks) != 1 or opposing_marks:
        return None
    mark = marks[0]
    after = [word for word in statement.reading.words if word.start > mark.start() and word.has_meaning]
    clause = statement.reading.clause_at(mark.start())[0].clause
    scope = [word for word in after if word.clause <= clause + (mark[0].startswith("den"))][:_SCOPE]
    if not scope:
        return None
    forms = {_form(word) for word in opposing.reading.words}
    shared = [_form(word) in forms for word in scope]
    # The first word of the scope is the verb: without it the other sentence says something else.
    if not shared[0] or sum(shared) < _SCOPE_SHARE * len(shared):
        return None
    return mark[0]


def _form(word: Token) -> str:
    """The stem of a word, for irregular verbs that of the infinitive, so that "not retake" denies "retook"."""
    return _INFINITIVES.get(word.text, word.stem)


def _denials(statement: Statement) -> list[re.Match[str]]:
    """The words of a sentence that deny something: one in "It did not fall.", none in "Not only Mali left."."""
    text = statement.reading.lower
    harmless = [(match.start(), match.end()) for match in _NO_DENIAL.finditer(text)]
    return [
        match
        for match in _DENIAL.finditer(text)
        if not any(start <= match.start() < end for start, end in harmless)
    ]


def _kind(a: Statement, b: Statement, when: Timing, *, trend: bool) -> ConflictKind | None:
    """Whether a contradiction is a conflict or an update, by the dates of the sentences, or else of the reports.

    None for what is no disagreement: a `trend` ("rose") of another time, or an undated sentence in an undated report.
    """
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
    """Whether the later sentence says, within 14 days, that the earlier one's change did not happen ("still")."""
    early, late = sorted((a, b), key=lambda statement: first_day(min(statement.when or statement.around)))
    gap = days_between(max(early.when or early.around), max(late.when or late.around))
    return gap is not None and gap <= _SHORTLY_AFTER and _PERSISTS.search(fold(late.plain)) is not None
