"""When what a sentence tells of happened: its own dates, those its report settles, and "last month".

A date that cannot be settled for certain is found all the same, without a value: whoever reads of an event on a day
that nobody can name must not take another day of the sentence for it.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.language.date_expressions import DateExpression, date_expressions
from assistant.language.dates import (
    NEAR,
    YEAR_IN_TEXT,
    DateMention,
    dated_months,
    is_stated,
    last_year,
    opening,
    stated_dates,
    year_nearby,
)
from assistant.language.relative_dates import months_later, relative_dates
from ingest.text.date_patterns import YEAR
from vectorstore import first_day, last_day

# What stands before a month that dates something: "after May", "every May" do not say when.
_MONTH_LEADS = frozenset("in during since by until of from between throughout".split())
_PART = re.compile(r"early|mid|late", re.IGNORECASE)
_THAT_YEAR = re.compile(r"\s+(?:of )?(?:that|the same) year\b")
_SPAN = re.compile(r"\b(?:[Bb]etween|[Ff]rom)\s+(?P<first>[^.;]{3,30}?)\s+(?:and|to|until)\s+$")
# A month without its year is taken to be of the one year that its undated report dates months in only where the two
# months are no farther apart: from November, "January" may be of the next year.
_FARTHEST = 5
# Days: a report on what is new names the days of the last weeks without a year, and those of the next weeks, too; a
# year less two months is where "16 December" is nearer ahead than behind.
_FRESH = 45
_SOON = 305
_OPENING_YEAR = re.compile(rf"(?:^|[.!?]\s+)\W*(?:In|During|Since|By|Throughout) ({YEAR})\b")
_TOGETHER = 6  # characters between a relative date and the same day in full


@dataclass(frozen=True)
class DateContext:
    """What of a report bears on the dates of one of its sentences."""

    before: str = ""  # its text up to the sentence
    whole: str = ""  # its text
    published: str | None = None


def event_dates(sentence: str, context: DateContext) -> list[DateMention]:
    """Every date, month, and relative date ("last month", "two days later") of a sentence, in order.

    >>> [one.date for one in event_dates("It broke on Tuesday, not in March.", DateContext(published="2022-05-18"))]
    ['2022-05-17', '2022-03']
    """
    found = [
        DateMention(_checked(one, date, context) or _settled(one, sentence, context), opening(one), one.end)
        for one, date in stated_dates(sentence, context.before, context.published)
    ]
    found += [
        _lone_month(one, sentence, context)
        for one in date_expressions(sentence, or_counts=True)
        if not is_stated(one) and _dates_something(one, sentence)
    ]

    def before(offset: int) -> str | None:
        return _date_before(context.before + sentence[:offset], None)

    for each in relative_dates(sentence, context.published, before):
        # "Four months later, on 5 August" is one date.
        if not any(each.start < other.end and other.start < each.end + _TOGETHER for other in found):
            found.append(each)
    found.sort(key=lambda one: one.start)
    return [_of_span(one, place, found, sentence) for place, one in enumerate(found)]


def _of_span(one: DateMention, place: int, found: list[DateMention], sentence: str) -> DateMention:
    """Of "between October and December 2021" what the two have in common: neither end is when it happened."""
    if place == 0 or one.date is None:
        return one
    before = found[place - 1]
    opens = _SPAN.search(sentence[: one.start])
    if not opens or before.start < opens.start() or before.date is None:
        return one
    shared = [a for a, b in zip(one.date.split("-"), before.date.split("-"), strict=False) if a == b]
    same = one.date.startswith("-".join(shared)) and bool(shared)
    return DateMention("-".join(shared) if same else None, one.start, one.end)


def _checked(one: DateExpression, date: str | None, context: DateContext) -> str | None:
    """The date, unless its year is only that of the last such day and the next one is nearer: "invited for 16 December"
    in a report of 5 December."""
    if one.year is not None or date is None or context.published is None or len(context.published) < 10:
        return date
    return date if _age(date, context.published) <= _SOON else None


def _age(date: str, published: str) -> int:
    """Days from an event to its report."""
    return (datetime.date.fromisoformat(published) - datetime.date.fromisoformat(first_day(date))).days


def _settled(one: DateExpression, sentence: str, context: DateContext) -> str | None:
    """A day or month that stands without its year, by what the whole report says."""
    if one.month is None or one.year is not None:
        return None
    year = (
        _stepped(one, sentence, context)
        or _year_in_sequence(one, sentence, context)
        or _year_of_fresh_news(one, sentence, context)
        or _year_of_report(one.month, context)
    )
    return one.iso(year)


def _day(one: DateExpression) -> int | None:
    return min(one.days) if one.precision == "day" else None


def _stepped(one: DateExpression, sentence: str, context: DateContext) -> int | None:
    """ "Four months later, on 5 August" after a sentence that is dated 9 April 2020."""
    count, before = months_later(sentence[: one.start]), _date_before(context.before, context.published)
    if count is None or before is None or len(before) < 7:
        return None
    months = int(before[:4]) * 12 + int(before[5:7]) - 1 + count
    return months // 12 if months % 12 + 1 == one.month else None


def _year_in_sequence(one: DateExpression, sentence: str, context: DateContext) -> int | None:
    """ "… on 31 January 2022. On 17 February …": the year of the day told just before, which it follows."""
    if _day(one) is None or one.month is None or YEAR_IN_TEXT.search(sentence):
        return None
    before = _date_before(context.before, context.published)
    if before is None or len(before) < 10:
        return None
    day = f"{before[:4]}-{one.month:02d}-{_day(one):02d}"
    follows = before < day and one.month - int(before[5:7]) <= _FARTHEST
    past = context.published is None or day <= last_day(context.published)
    return int(before[:4]) if follows and past else None


def _year_of_fresh_news(one: DateExpression, sentence: str, context: DateContext) -> int | None:
    """The year of a day shortly before its report, whatever years are named nearby as background.

    Not where the paragraph tells a story of another year: a day of it stands there in full, or it begins "In 2019".
    """
    year = last_year(one, context.published)
    if _day(one) is None or year is None or context.published is None or len(context.published) < 10:
        return None
    date = one.iso(year)
    paragraph = _paragraph(context.before) + sentence[: one.start]
    stories = {each.year for each in dated_months(paragraph) if _day(each)}
    stories |= {int(opens) for opens in _OPENING_YEAR.findall(paragraph)}
    fresh = date is not None and _age(date, context.published) <= _FRESH
    return year if fresh and stories <= {year} else None


def _year_of_report(month: int, context: DateContext) -> int | None:
    """The year of a month in a report that dates months in one year only; its publication date goes before."""
    if context.published is not None and len(context.published) >= 7:
        return None  # the months of a dated report are told from its date, see year_nearby()
    dated = _months_and_years(context.whole)
    same = {year for each, year in dated if each == month}
    if same:
        return same.pop() if len(same) == 1 else None
    years = {year for _, year in dated}
    near = all(abs(month - each) <= _FARTHEST for each, _ in dated)
    return years.pop() if len(years) == 1 and near else None


@lru_cache(maxsize=64)
def _months_and_years(text: str) -> frozenset[tuple[int, int]]:
    return frozenset((one.month, one.year) for one in dated_months(text) if one.month and one.year)


def _dates_something(one: DateExpression, sentence: str) -> bool:
    """Whether a month by itself says when something happened: "in May", "early May", not "May's" or "after May"."""
    if one.month is None or sentence.startswith(("'", "’"), one.end):
        return False
    return one.lead in _MONTH_LEADS or _PART.match(sentence, one.start) is not None


def _lone_month(one: DateExpression, sentence: str, context: DateContext) -> DateMention:
    """A month without its year: that of the date before ("in May of that year"), or what its report settles."""
    start = opening(one) if one.lead in _MONTH_LEADS else one.start
    that = _THAT_YEAR.match(sentence, one.end)
    if that is not None:
        before = _date_before(context.before + sentence[: one.start], None)
        return DateMention(one.iso(int(before[:4])) if before else None, start, that.end())
    date = one.iso(year_nearby(one, sentence, context.before, context.published))
    return DateMention(_checked(one, date, context) or _settled(one, sentence, context), start, one.end)


def _date_before(text: str, published: str | None) -> str | None:
    """The one date of the sentences just before, in the same paragraph: the last that is given in full."""
    dates = [date for _, date in stated_dates(_paragraph(text)[-NEAR:], "", published)]
    return dates[-1] if dates else None


def _paragraph(text: str) -> str:
    """The last paragraph of a text, as far as it goes."""
    return re.split(r"\n\s*\n", text)[-1]
