"""The time that a question asks about: how far a sentence speaks of it, and which reports were there to tell."""

from __future__ import annotations

import re
from datetime import date, timedelta

from assistant.language.date_expressions import date_expressions
from assistant.language.dates import dates_in
from vectorstore import first_day, last_day

# What stands before a date that bounds a span: "since 2020", "by the end of May 2021", "since spring 2020".
_BOUNDS = re.compile(
    r"\b(?:since|after|before|until|till|from|between|by|prior to|up to|later than|earlier than)\s+"
    r"(?:the\s+)?(?:end of\s+)?(?:[a-z]+\s+)?$",
    re.I,
)
_NEAR = timedelta(
    days=183
)  # half a year: how long after it reports still come out on a time, and figures hold for it
_ANOTHER, NEARLY, _LATER = 0.4, 0.9, 0.6  # what a sentence's score is multiplied with; see time_weight


def time_asked(question: str) -> tuple[str, ...]:
    """Dates (YYYY, YYYY-MM or YYYY-MM-DD) in one of which what is asked lies; none where it names no time or a span."""
    return () if _names_span(question) else tuple(one.date for one in dates_in(question))


def _names_span(question: str) -> bool:
    """Whether a question names a date that bounds a span: every time within is asked for, not that date alone.

    "Since 2020" and "between May and June 2021" do; "from 3 to 5 May 2021" is within one month.
    """
    return any(
        one.year is not None and len(one.days) < 2 and _BOUNDS.search(question[: one.start])
        for one in date_expressions(question)
    )


def time_words(question: str) -> str:
    """The words of a question that name those dates: a sentence of the right time need not repeat them."""
    return (
        " ".join(question[one.start : one.end] for one in dates_in(question)) if time_asked(question) else ""
    )


def time_weight(asked: tuple[str, ...], sentence: str, earlier: str, published: str | None) -> float:
    """1 for a sentence that may tell of a time asked for, less for one of another time or from a report of another.

    `earlier` is the text before it, `published` the date of its report: see dates_in.
    """
    if not asked:
        return 1.0
    stated = [one.date for one in dates_in(sentence, earlier, published)]
    if any(one.startswith(other) or other.startswith(one) for one in stated for other in asked):
        return 1.0
    since, until = time_window(asked)
    if stated:
        first = (date.fromisoformat(since) - _NEAR).isoformat()
        near = any(last_day(one) >= first and first_day(one) <= until for one in stated)
        return NEARLY if near else _ANOTHER
    if published is None or since <= first_day(published) <= until:
        return 1.0
    return _ANOTHER if last_day(published) < since else _LATER


def time_window(asked: tuple[str, ...]) -> tuple[str, str]:
    """The first and last day on which reports on a time asked for come out."""
    last = date.fromisoformat(max(map(last_day, asked))) + _NEAR
    return min(map(first_day, asked)), last.isoformat()
