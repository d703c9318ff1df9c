"""When the events in a sentence happened: its own dates, years supplied by its report, and "last month".

A date that cannot be settled is returned without a value instead of being dropped, so that callers do not date its
event by another day of the sentence.
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
    expression_start,
    is_stated,
    last_year,
    stated_dates,
    year_nearby,
)
from assistant.language.relative_dates import months_later, relative_dates
from ingest.text.date_patterns import YEAR
from vectorstore import first_day, last_day

# Words before a lone month that make it the time of an event; "after May" and "every May" do not.
_MONTH_LEADS = frozenset("in during since by until of from between throughout".split())
_PART = re.compile(r"early|mid|late", re.IGNORECASE)
_THAT_YEAR = re.compile(r"\s+(?:of )?(?:that|the same) year\b")
_SPAN = re.compile(r"\b(?:[Bb]etween|[Ff]rom)\s+(?P<first>[^.;]{3,30}?)\s+(?:and|to|until)\s+$")
# Months. A month without a year takes the year of a dated month only if the two are no farther apart: after a November,
# "January" may belong to the next year.
_FARTHEST = 5
# Days between a date and its report. News reports name days of the last weeks without a year, and also days of the
# coming weeks: from a year less two months on, "16 December" is nearer ahead than behind.
_FRESH = 45
_SOON = 305
_OPENING_YEAR = re.compile(rf"(?:^|[.!?]\s+)\W*(?:In|During|Since|By|Throughout) ({YEAR})\b")
_TOGETHER = 6  # characters between a relative date and the same day written in full


@dataclass(frozen=True)
class DateContext:
    """The parts of a report that bear on the dates of one of its sentences."""

    before: str = ""  # the text up to the sentence
    whole: str = ""  # the whole text
    published: str | None = None  # YYYY, YYYY-MM or YYYY-MM-DD


def event_dates(sentence: str, context: DateContext) -> list[DateMention]:
    """Every date, month and relative date ("last month", "two days later") of a sentence, in order.

    >>> mentions = event_dates("It broke on Tuesday, not in March.", DateContext(published="2022-05-18"))
    >>> [mention.date for mention in mentions]
    ['2022-05-17', '2022-03']
    """
    mentions = [
        DateMention(
            _not_ahead(expression, date, context) or _settled(expression, sentence, context),
            expression_start(expression),
            expression.end,
        )
        for expression, date in stated_dates(sentence, context.before, context.published)
    ]
    mentions += [
        _lone_month(expression, sentence, context)
        for expression in date_expressions(sentence, or_counts=True)
        if not is_stated(expression) and _dates_event(expression, sentence)
    ]

    def date_before(offset: int) -> str | None:
        return _date_before(context.before + sentence[:offset], None)

    for relative in relative_dates(sentence, context.published, date_before):
        # "Four months later, on 5 August" is one date.
        if not any(
            relative.start < mention.end and mention.start < relative.end + _TOGETHER for mention in mentions
        ):
            mentions.append(relative)
    mentions.sort(key=lambda mention: mention.start)
    return [_of_span(index, mentions, sentence) for index in range(len(mentions))]


def _not_ahead(expression: DateExpression, date: str | None, context: DateContext) -> str | None:
    """The date, or None if its year was guessed and the next such day is nearer than the last.

    "Invited for 16 December" in a report of 5 December is not about the December of a year ago.
    """
    published = context.published
    if expression.year is not None or date is None or published is None or len(published) < 10:
        return date
    return date if _age(date, published) <= _SOON else None


def _age(date: str, published: str) -> int:
    """Days from a date, or its first day, to the day of publication."""
    return (datetime.date.fromisoformat(published) - datetime.date.fromisoformat(first_day(date))).days


def _settled(expression: DateExpression, sentence: str, context: DateContext) -> str | None:
    """The date of a day or month without a year, by the first rule below that finds a year."""
    if expression.month is None or expression.year is not None:
        return None
    year = (
        _year_months_later(expression, sentence, context)
        or _year_in_sequence(expression, sentence, context)
        or _year_of_fresh_news(expression, sentence, context)
        or _year_of_report(expression.month, context)
    )
    return expression.iso(year)


def _year_months_later(expression: DateExpression, sentence: str, context: DateContext) -> int | None:
    """The year reached from the date before: 2020 for "Four months later, on 5 August" after 9 April 2020."""
    count = months_later(sentence[: expression.start])
    before = _date_before(context.before, context.published)
    if count is None or before is None or len(before) < 7:
        return None
    months = int(before[:4]) * 12 + int(before[5:7]) - 1 + count
    return months // 12 if months % 12 + 1 == expression.month else None


def _year_in_sequence(expression: DateExpression, sentence: str, context: DateContext) -> int | None:
    """The year of the day before, if this day follows it: 2022 for "… on 31 January 2022. On 17 February …"."""
    if _day(expression) is None or expression.month is None or YEAR_IN_TEXT.search(sentence):
        return None
    before = _date_before(context.before, context.published)
    if before is None or len(before) < 10:
        return None
    day = f"{before[:4]}-{expression.month:02d}-{_day(expression):02d}"
    follows = before < day and expression.month - int(before[5:7]) <= _FARTHEST
    is_past = context.published is None or day <= last_day(context.published)
    return int(before[:4]) if follows and is_past else None


def _year_of_fresh_news(expression: DateExpression, sentence: str, context: DateContext) -> int | None:
    """The year of a day at most _FRESH days before its report, whatever other years are named as background.

    None if the paragraph tells a story of another year: it has a full date of that year or begins with "In 2019".
    """
    year = last_year(expression, context.published)
    if _day(expression) is None or year is None or context.published is None or len(context.published) < 10:
        return None
    date = expression.iso(year)
    paragraph = _paragraph(context.before) + sentence[: expression.start]
    story_years = {dated.year for dated in dated_months(paragraph) if _day(dated)}
    story_years |= {int(digits) for digits in _OPENING_YEAR.findall(paragraph)}
    is_fresh = date is not None and _age(date, context.published) <= _FRESH
    return year if is_fresh and story_years <= {year} else None


def _year_of_report(month: int, context: DateContext) -> int | None:
    """The only year in which a report dates its months; None if its publication month is known.

    A report with a publication month is covered by `year_nearby`.
    """
    if context.published is not None and len(context.published) >= 7:
        return None
    dated = _months_and_years(context.whole)
    years_of_month = {year for dated_month, year in dated if dated_month == month}
    if years_of_month:
        return years_of_month.pop() if len(years_of_month) == 1 else None
    years = {year for _, year in dated}
    is_near = all(abs(month - dated_month) <= _FARTHEST for dated_month, _ in dated)
    return years.pop() if len(years) == 1 and is_near else None


@lru_cache(maxsize=64)
def _months_and_years(text: str) -> frozenset[tuple[int, int]]:
    return frozenset((date.month, date.year) for date in dated_months(text) if date.month and date.year)


def _dates_event(expression: DateExpression, sentence: str) -> bool:
    """True if a lone month says when something happened: "in May", "early May", but not "May's" or "after May"."""
    if expression.month is None or sentence.startswith(("'", "’"), expression.end):
        return False
    return expression.lead in _MONTH_LEADS or _PART.match(sentence, expression.start) is not None


def _lone_month(expression: DateExpression, sentence: str, context: DateContext) -> DateMention:
    """A lone month, with the year of the date before ("in May of that year") or one that the report supplies."""
    start = expression_start(expression) if expression.lead in _MONTH_LEADS else expression.start
    that_year = _THAT_YEAR.match(sentence, expression.end)
    if that_year is not None:
        before = _date_before(context.before + sentence[: expression.start], None)
        return DateMention(expression.iso(int(before[:4])) if before else None, start, that_year.end())
    date = expression.iso(year_nearby(expression, sentence, context.before, context.published))
    settled = _not_ahead(expression, date, context) or _settled(expression, sentence, context)
    return DateMention(settled, start, expression.end)


def _of_span(index: int, mentions: list[DateMention], sentence: str) -> DateMention:
    """The mention at `index`; if it ends a span, with only what both ends have in common.

    "Between October and December 2021" gives 2021: the event happened at neither end.
    """
    mention = mentions[index]
    if index == 0 or mention.date is None:
        return mention
    before = mentions[index - 1]
    span = _SPAN.search(sentence[: mention.start])
    if not span or before.start < span.start() or before.date is None:
        return mention
    shared = [
        part
        for part, part_before in zip(mention.date.split("-"), before.date.split("-"), strict=False)
        if part == part_before
    ]
    is_prefix = mention.date.startswith("-".join(shared)) and bool(shared)
    return DateMention("-".join(shared) if is_prefix else None, mention.start, mention.end)


def _day(expression: DateExpression) -> int | None:
    """The day of the month (1 to 31) if there is exactly one."""
    return min(expression.days) if expression.precision == "day" else None


def _date_before(text: str, published: str | None) -> str | None:
    """The last date in the last NEAR characters of the paragraph that a text ends with; None if it is uncertain."""
    dates = [date for _, date in stated_dates(_paragraph(text)[-NEAR:], "", published)]
    return dates[-1] if dates else None


def _paragraph(text: str) -> str:
    """The last paragraph of a text."""
    return re.split(r"\n\s*\n", text)[-1]
