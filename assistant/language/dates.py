"""The dates a sentence states, with a missing year taken from the text nearby or from the report's own date.

Made for dates of events: a lone year counts only after "in", "of", "since", "during" or "the", and a lone month not at
all (`date_resolution` deals with those).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.language.date_expressions import DateExpression, date_expressions
from ingest.text.date_patterns import YEAR

_YEAR_LEADS = frozenset(("in", "of", "since", "during", "the"))
_EARLIEST = 1900  # year; a lone number below it is more often a count
YEAR_IN_TEXT = re.compile(rf"\b{YEAR}\b")
NEAR = 300  # characters before a sentence that are searched for a year


@dataclass(frozen=True)
class DateMention:
    """A date in a sentence, which may be uncertain."""

    date: str | None  # YYYY, YYYY-MM or YYYY-MM-DD; None: the words are a date, but which one is uncertain
    start: int  # offsets into the sentence; a lone month or year includes the word before it: "in 2022"
    end: int


@dataclass(frozen=True)
class ResolvedDate(DateMention):
    """A date in a sentence that is certain."""

    date: str  # YYYY, YYYY-MM or YYYY-MM-DD


def dates_in(sentence: str, earlier: str = "", published: str | None = None) -> list[ResolvedDate]:
    """The certain dates a sentence states, in order.

    `earlier` is the text before the sentence, `published` the date of its report (YYYY, YYYY-MM or YYYY-MM-DD). A day
    or month without a year gets one in three cases: it is joined to a full date ("4 May and 6 June 2021"); the same
    month stands nearby with exactly one year; or it last came before publication in year Y, and no year but Y is
    named nearby. Otherwise it is left out. Several days in one expression ("27 and 31 March") give the month.

    >>> [date.date for date in dates_in("It closed on 9 June, after repairs in 2021.", "", "2021-08-30")]
    ['2021-06-09', '2021']
    """
    return [
        ResolvedDate(date, expression_start(expression), expression.end)
        for expression, date in stated_dates(sentence, earlier, published)
        if date is not None
    ]


def stated_dates(
    sentence: str, earlier: str = "", published: str | None = None
) -> Iterator[tuple[DateExpression, str | None]]:
    """Yield every date of a sentence, in order, with its value as in `dates_in`, or None if the year is uncertain."""
    for expression in date_expressions(sentence, or_counts=True):
        if is_stated(expression):
            year = expression.year or year_nearby(expression, sentence, earlier, published)
            yield expression, expression.iso(year)


def is_stated(expression: DateExpression) -> bool:
    """True if the words alone prove a date: "3 May", "in 2022", but not "May" or "by 2022".

    >>> [is_stated(date_expressions(text)[0]) for text in ("3 May", "in 2022", "in May", "by 2022")]
    [True, True, False, False]
    """
    if not expression.alone:
        return True
    if expression.year is None or expression.month is not None:
        return expression.year is not None  # a month that shares a year: "October and December 2021"
    return expression.year >= _EARLIEST and not expression.decade and expression.lead in _YEAR_LEADS


def expression_start(expression: DateExpression) -> int:
    """The offset where an expression begins, including the word before a lone month or year."""
    return expression.start if expression.lead_start is None else expression.lead_start


def dated_months(text: str) -> Iterator[DateExpression]:
    """The dates of a text that have both a month and a year."""
    return (date for date in date_expressions(text, or_counts=True) if date.year and date.month)


def year_nearby(expression: DateExpression, sentence: str, earlier: str, published: str | None) -> int | None:
    """The year of the same month nearby, or else the year in which the date last came before publication.

    None if the same month stands nearby with several years, or if another year is named nearby. "18 August" after "the
    floods of August 2020" is in 2020, whatever the date of the report.
    """
    near = f"{earlier[-NEAR:]} {sentence}"
    same_month = {date.year for date in dated_months(near) if date.month == expression.month}
    if same_month:
        return same_month.pop() if len(same_month) == 1 else None
    last = last_year(expression, published)
    return last if last is not None and set(YEAR_IN_TEXT.findall(near)) <= {str(last)} else None


def last_year(expression: DateExpression, published: str | None) -> int | None:
    """The year in which a day or month last came before its report was published.

    None for an expression without a month, and if `published` is unknown or gives only a year.

    >>> (day,) = date_expressions("30 December")
    >>> last_year(day, "2023-01-05"), last_year(day, "2023"), last_year(day, None)
    (2022, None, None)
    """
    if published is None or len(published) < 7 or expression.month is None:
        return None
    year, day = int(published[:4]), min(expression.days) if expression.precision == "day" else 1
    came_this_year = f"{year}-{expression.month:02d}-{day:02d}"[: len(published)] <= published
    return year if came_this_year else year - 1


def lacks_year(sentence: str) -> bool:
    """True if a sentence names a day but no year, so that only the date of its report tells which day it was.

    >>> lacks_year("It opened on 3 May."), lacks_year("It opened on 3 May, as in 2020.")
    (True, False)
    """
    if YEAR_IN_TEXT.search(sentence):
        return False
    return any(date.days and date.year is None for date in date_expressions(sentence, or_counts=True))
