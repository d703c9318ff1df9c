"""Splits a question that asks several things: "Who led it and when did it end?", "in Kayes and Segou"."""

from __future__ import annotations

import re

from assistant.language.countries import is_country
from assistant.questions.answer_types import AnswerType, expected_answer_type
from assistant.questions.follow_ups import make_standalone
from ingest.text.date_patterns import MONTH_CAPITAL, YEAR

MOST_PARTS = 4

_ASKING = r"(?:who|whom|whose|when|where|why|how|what|which|in which|in what|on which|by whom|at what)"
# A question word that begins a clause of its own: "Who led it, and when did it end?"
_NEXT = re.compile(rf"\s*(?:[,;]\s*)?\b(?:and|but)\s+(?:also\s+)?(?={_ASKING}\b)", re.I)
_BOTH_WORDS = re.compile(
    rf"^(?P<first>{_ASKING})\s*(?:,|and|or)\s+(?P<second>(?:who|when|where|why|how))\s+(?P<rest>.+)$", re.I
)
_NAME = r"[A-ZÀ-Þ][\w’'-]*(?:\s+[A-ZÀ-Þ][\w’'-]*)*"
_DATE = rf"(?:{MONTH_CAPITAL}(?:\s+{YEAR})?|{YEAR})"
_JOINT = r"(?:and|or|versus|vs\.?|compared (?:to|with)|than)"
_BETWEEN = r"(?:(?:in|on|at|of|for|by|to|from|with|the|those|that)\s+)*"


def _series(item: str) -> re.Pattern[str]:
    """A pattern for a series of items, the last joined by a word: "Kayes, Segou and Mopti"."""
    return re.compile(
        rf"(?P<first>{item})(?P<more>(?:,\s+{_BETWEEN}{item})*),?\s+{_JOINT}\s+{_BETWEEN}(?P<last>{item})\b"
    )


_NAMES, _DATES = _series(_NAME), _series(_DATE)
_COMPARES = re.compile(
    r"\b(?:compare[sd]?|comparison|differences?|differ|versus|vs|contrast|both|respectively|each of|"
    r"(?:more|less|fewer|higher|lower|larger|smaller|greater) (?:\w+ )*(?:in|than|or))\b",
    re.I,
)
# Expected answers of which each item of a series has its own.
_SEPARATE: frozenset[AnswerType] = frozenset(
    ["money", "share", "duration", "count", "amount", "year", "date"]
)
# Words that ask about several things together, not about each.
_TOGETHER = re.compile(r"\b(?:together|jointly|joint|combined|in total|altogether|between)\b", re.I)
_COMPARING_WORDS = re.compile(
    r"^(?:please )?compare\s+|\b(?:the )?differences? (?:between|of|in)\s+|\bdiffer(?:ed)? (?:between|in)\s+",
    re.I,
)


def is_comparison(question: str) -> bool:
    """True if a question compares two or more names or dates.

    >>> is_comparison("Were there more attacks in Kayes or Segou?"), is_comparison("How many more attacks were there?")
    (True, False)
    """
    return bool(_COMPARES.search(question)) and bool(_NAMES.search(question) or _DATES.search(question))


def sub_questions(question: str) -> list[str]:
    """The questions that a question consists of, each standing alone; the question itself if it is one, or over four.

    >>> sub_questions("When and where was the post attacked?")
    ['When was the post attacked?', 'Where was the post attacked?']
    """
    clauses = [clause for sentence in _sentences(question) for clause in _clauses(sentence)]
    standalone: list[str] = []
    for clause in clauses:
        standalone.append(make_standalone(clause, [("user", standalone[0])]) if standalone else clause)
    parts = list(dict.fromkeys(part for clause in standalone for part in _per_item(clause)))
    return parts if 1 < len(parts) <= MOST_PARTS else [question]


def _sentences(question: str) -> list[str]:
    """The sentences of a text of several questions; a statement before a question stays with it."""
    sentences = re.findall(r"[^?]+\?", question)
    rest = question[len("".join(sentences)) :].strip()
    return [sentence.strip() for sentence in sentences] if len(sentences) > 1 and not rest else [question]


def _clauses(question: str) -> list[str]:
    """The clauses of a sentence that are questions of their own.

    >>> _clauses("Who led the mission, and when did it end?")
    ['Who led the mission?', 'when did it end?']
    """
    two_words = _BOTH_WORDS.match(question)
    if two_words is not None:
        rest = two_words["rest"]
        return [f"{two_words['first'].capitalize()} {rest}", f"{two_words['second'].capitalize()} {rest}"]
    clauses = _NEXT.split(question)
    # A fragment is no question: "Who said when and where it would be?"
    if len(clauses) == 1 or any(len(clause.split()) < 3 for clause in clauses):
        return [question]
    return [clause.rstrip(" ?.,") + "?" for clause in clauses]


def _per_item(question: str) -> list[str]:
    """The question once for each name or date of a series in it, if it asks about each separately.

    >>> _per_item("How many died in May and June 2023?")
    ['How many died in May 2023?', 'How many died in June 2023?']
    """
    comparing = is_comparison(question)
    if not comparing and (expected_answer_type(question) not in _SEPARATE or _TOGETHER.search(question)):
        return [question]
    for series in (_NAMES, _DATES):
        match = series.search(question)
        if match is None or is_country(match[0]):
            continue
        items = [match["first"], *re.split(r",\s+", match["more"].strip(", ")), match["last"]]
        items = [re.sub(rf"^{_BETWEEN}", "", item) for item in items if item]
        before, after = question[: match.start()], question[match.end() :]
        if comparing:
            before = _COMPARING_WORDS.sub("", before)
            before = re.sub(r"\b(?:both|between)\s+$", "", before)
        year = re.search(YEAR, match["last"])
        if series is _DATES and year:  # "in May and June 2023": the year belongs to both
            items = [item if re.search(YEAR, item) else f"{item} {year[0]}" for item in items]
        return [f"{before}{item}{after}" for item in items]
    return [question]
