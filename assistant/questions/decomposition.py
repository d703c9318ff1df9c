"""A question taken apart: "Who led it and when did it end?", "in Kayes and Segou", "in 2021 and 2022"."""

from __future__ import annotations

import re

from assistant.language.countries import is_country
from assistant.questions.answer_types import AnswerType, expected_answer_type
from assistant.questions.follow_ups import make_standalone
from ingest.text.date_patterns import MONTH_CAPITAL, YEAR

MOST_PARTS = 4

_ASKING = r"(?:who|whom|whose|when|where|why|how|what|which|in which|in what|on which|by whom|at what)"
# "Who led it, and when did it end?": a question word that begins a clause of its own.
_NEXT = re.compile(rf"\s*(?:[,;]\s*)?\b(?:and|but)\s+(?:also\s+)?(?={_ASKING}\b)", re.I)
_BOTH_WORDS = re.compile(
    rf"^(?P<one>{_ASKING})\s*(?:,|and|or)\s+(?P<other>(?:who|when|where|why|how))\s+(?P<rest>.+)$", re.I
)
_NAME = r"[A-ZÀ-Þ][\w’'-]*(?:\s+[A-ZÀ-Þ][\w’'-]*)*"
_DATE = rf"(?:{MONTH_CAPITAL}(?:\s+{YEAR})?|{YEAR})"
_JOINT = r"(?:and|or|versus|vs\.?|compared (?:to|with)|than)"
_BETWEEN = r"(?:(?:in|on|at|of|for|by|to|from|with|the|those|that)\s+)*"


def _series(item: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<first>{item})(?P<more>(?:,\s+{_BETWEEN}{item})*),?\s+{_JOINT}\s+{_BETWEEN}(?P<last>{item})\b"
    )


_NAMES, _DATES = _series(_NAME), _series(_DATE)
_COMPARES = re.compile(
    r"\b(?:compare[sd]?|comparison|differences?|differ|versus|vs|contrast|both|respectively|each of|"
    r"(?:more|less|fewer|higher|lower|larger|smaller|greater) (?:\w+ )*(?:in|than|or))\b",
    re.I,
)
_SEPARATE: frozenset[AnswerType] = frozenset(
    ["money", "share", "duration", "count", "amount", "year", "date"]
)
# Said of several together, not of each.
_TOGETHER = re.compile(r"\b(?:together|jointly|joint|combined|in total|altogether|between)\b", re.I)
_COMPARING_WORDS = re.compile(
    r"^(?:please )?compare\s+|\b(?:the )?differences? (?:between|of|in)\s+|\bdiffer(?:ed)? (?:between|in)\s+",
    re.I,
)


def is_comparison(question: str) -> bool:
    """Whether a question sets things side by side."""
    return bool(_COMPARES.search(question)) and bool(_NAMES.search(question) or _DATES.search(question))


def sub_questions(question: str) -> list[str]:
    """The questions in one, at most four, each standing alone; the question itself where it is one."""
    asked = [part for one in _sentences(question) for part in _clauses(one)]
    alone: list[str] = []
    for one in asked:
        alone.append(make_standalone(one, [("user", alone[0])]) if alone else one)
    apart = [part for one in alone for part in _each(one)]
    apart = list(dict.fromkeys(apart))
    return apart if 1 < len(apart) <= MOST_PARTS else [question]


def _sentences(question: str) -> list[str]:
    """Each of several questions in a row; what is told before one stays with it."""
    found = [one.strip() for one in re.findall(r"[^?]+\?", question)]
    rest = question[len("".join(re.findall(r"[^?]+\?", question))) :].strip()
    return found if len(found) > 1 and not rest else [question]


def _clauses(question: str) -> list[str]:
    both = _BOTH_WORDS.match(question)
    if both is not None:
        rest = both["rest"]
        return [f"{both['one'].capitalize()} {rest}", f"{both['other'].capitalize()} {rest}"]
    clauses = _NEXT.split(question)
    # "Who said when and where it would be?": fragments are no questions.
    if len(clauses) == 1 or any(len(one.split()) < 3 for one in clauses):
        return [question]
    return [one.rstrip(" ?.,") + "?" for one in clauses]


def _each(question: str) -> list[str]:
    """The question for each of the names or dates that it puts in a row, where it asks of each alone."""
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
        if series is _DATES and year:  # "in May and June 2023"
            items = [item if re.search(YEAR, item) else f"{item} {year[0]}" for item in items]
        return [f"{before}{item}{after}" for item in items]
    return [question]
