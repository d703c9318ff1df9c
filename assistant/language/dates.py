"""Dates that a sentence states, with the year that stands by them; never more precise than it says.

The rules are for what is told of events: a year by itself counts only behind "in", "of", "since", "during" or "the",
a month by itself not at all (see date_resolution).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.language.date_expressions import DateExpression, date_expressions
from ingest.text.date_patterns import YEAR

_YEAR_LEADS = frozenset(("in", "of", "since", "during", "the"))
_EARLIEST = 1900  # a lower number by itself is more often a count
YEAR_IN_TEXT = re.compile(rf"\b{YEAR}\b")
NEAR = 300  # characters before a sentence in which a year named bears on it


@dataclass(frozen=True)
class DateMention:
    """A date in a sentence, settled as far as it can be."""

    date: str | None  # YYYY, YYYY-MM or YYYY-MM-DD; None: not certain
    start: int  # offset in the sentence; with the word that leads in a month or year alone: "in 2022"
    end: int


@dataclass(frozen=True)
class ResolvedDate(DateMention):
    """A date in a sentence that is certain."""

    date: str


def dates_in(sentence: str, earlier: str = "", published: str | None = None) -> list[ResolvedDate]:
    """Dates a sentence states, in order; `earlier` is the text before it, `published` its report's date.

    A day or month without its year is given one only where nothing speaks for another: it is joined to a full date
    ("4 May and 6 June 2021"), the same month stands nearby with its year, or no other year is named nearby than the
    one in which it last came before the report was published. Otherwise it is left out. Of several days in one
    ("27 and 31 March") the month is given.

    >>> [one.date for one in dates_in("It closed on 9 June, after repairs in 2021.", "", "2021-08-30")]
    ['2021-06-09', '2021']
    """
    return [
        ResolvedDate(date, opening(one), one.end)
        for one, date in stated_dates(sentence, earlier, published)
        if date is not None
    ]


def stated_dates(
    sentence: str, earlier: str = "", published: str | None = None
) -> Iterator[tuple[DateExpression, str | None]]:
    """Every date that a sentence states, in order, with what `dates_in` makes of it: None where it has no year."""
    for one in date_expressions(sentence, or_counts=True):
        if is_stated(one):
            yield one, one.iso(one.year or year_nearby(one, sentence, earlier, published))


def is_stated(one: DateExpression) -> bool:
    """Whether an expression says of itself that it is a date: "in 2022", "3 May", not "May" or "by 2022"."""
    if not one.alone:
        return True
    if one.year is None or one.month is not None:
        return one.year is not None  # a month that shares the year of the next: "October and December 2021"
    return one.year >= _EARLIEST and not one.decade and one.lead in _YEAR_LEADS


def opening(one: DateExpression) -> int:
    """The offset at which an expression begins, with the word that leads in a month or year alone."""
    return one.start if one.lead_start is None else one.lead_start


def dated_months(text: str) -> Iterator[DateExpression]:
    """The dates of a text that have both month and year."""
    return (one for one in date_expressions(text, or_counts=True) if one.year and one.month)


def year_nearby(one: DateExpression, sentence: str, earlier: str, published: str | None) -> int | None:
    """The year that the same month has nearby, else that in which it last came before the report was published.

    None where another year is named nearby: nothing tells which it is. "18 August" after "the floods of August 2020"
    is of 2020 whenever it was published.
    """
    near = f"{earlier[-NEAR:]} {sentence}"
    same_month = {each.year for each in dated_months(near) if each.month == one.month}
    if same_month:
        return same_month.pop() if len(same_month) == 1 else None
    last = last_year(one, published)
    return last if last is not None and set(YEAR_IN_TEXT.findall(near)) <= {str(last)} else None


def last_year(one: DateExpression, published: str | None) -> int | None:
    """The year in which a day or month last came before a report was published, as far as that is known.

    30 December of a report dated 2023-01-05 is of 2022; of one dated 2023, or of none, it is not known.
    """
    if published is None or len(published) < 7 or one.month is None:
        return None
    year, day = int(published[:4]), min(one.days) if one.precision == "day" else 1
    return year if f"{year}-{one.month:02d}-{day:02d}"[: len(published)] <= published else year - 1


def lacks_year(sentence: str) -> bool:
    """Whether a sentence states a day and no year at all: which one it was, only its report can tell.

    >>> lacks_year("It opened on 3 May."), lacks_year("It opened on 3 May, as in 2020.")
    (True, False)
    """
    if YEAR_IN_TEXT.search(sentence):
        return False
    return any(one.days and one.year is None for one in date_expressions(sentence, or_counts=True))
