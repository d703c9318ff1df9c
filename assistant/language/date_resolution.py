"""When what a sentence tells of happened: its own dates, those its report settles, and "last month".

A date that cannot be settled for certain is found all the same, without a value: whoever reads of an event on a day
that nobody can name must not take another day of the sentence for it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.language.dates import Mention, dated_months, last_year, mentions, month_number, written
from assistant.language.words import MONTHS, UNITS
from vectorstore import first_day, last_day

# A month by itself is known by its capital and by what stands before it: "may" is a verb, "march" one more.
_BARE_MONTH = re.compile(
    rf"\b(?:(?:[Ii]n|[Dd]uring|[Ss]ince|[Bb]y|[Uu]ntil|[Oo]f|[Ff]rom|[Bb]etween|[Tt]hroughout)\s+)"
    rf"(?:(?:early|mid|late)[\s-]+)?(?P<a>{'|'.join(month.title() for month in MONTHS)})\b(?!\s+\d|['’])"
    rf"|\b(?:[Ee]arly|[Mm]id|[Ll]ate)[\s-]+(?P<b>{'|'.join(month.title() for month in MONTHS)})\b(?!\s+\d)"
)
_THAT_YEAR = re.compile(r"\s+(?:of )?(?:that|the same) year\b")
_TO_MONTH = re.compile(
    rf"\s+(?:and|to|until)\s+(?:{'|'.join(month.title() for month in MONTHS)})\s+(?P<year>\d{{4}})\b"
)
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_RELATIVE = re.compile(
    r"\b(?:(?:on|early on|late on|since|by|until)\s+(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    r"(?!,?\s+\d|,?\s+[A-Z][a-z]+\s+\d)"
    r"|(?P<yesterday>yesterday)"
    r"|(?P<last>last|(?:earlier |later )?this)\s+(?P<unit>week|month|year)(?!['’]s)"
    r"|(?P<ago>\w+)\s+(?P<many>days|months|years)\s+ago"
    r"|(?P<later>\w+)\s+(?P<units>days?|months?)\s+(?:later|after that)|(?P<next>the (?:next|following) day))\b",
    re.IGNORECASE,
)
_SPAN = re.compile(r"\b(?:[Bb]etween|[Ff]rom)\s+(?P<first>[^.;]{3,30}?)\s+(?:and|to|until)\s+$")
# A month without its year is taken to be of the one year that its undated report dates months in only where the two
# months are no farther apart: from November, "January" may be of the next year.
_FARTHEST = 5
# Days: a report on what is new names the days of the last weeks without a year, and those of the next weeks, too; a
# year less two months is where "16 December" is nearer ahead than behind.
_FRESH = 45
_SOON = 305
_ANY_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_OPENING_YEAR = re.compile(r"(?:^|[.!?]\s+)\W*(?:In|During|Since|By|Throughout) ((?:19|20)\d{2})\b")
_TOGETHER = 6  # characters between a relative date and the same day in full
_NEAR = 300  # characters before a sentence in which the date before it is looked for


@dataclass(frozen=True)
class Setting:
    """What of a report bears on the dates of one of its sentences."""

    before: str = ""  # its text up to the sentence
    whole: str = ""  # its text
    published: str | None = None


@dataclass(frozen=True)
class EventDate:
    date: str | None  # YYYY, YYYY-MM or YYYY-MM-DD; None: not certain
    start: int  # offset in the sentence
    end: int


def event_dates(sentence: str, setting: Setting) -> list[EventDate]:
    """Every date, month, and relative date ("last month", "two days later") of a sentence, in order."""
    found = [
        EventDate(_checked(one, date, setting) or _settled(one, sentence, setting), one.start, one.end)
        for one, date in mentions(sentence, setting.before, setting.published)
    ]
    for one in _bare_months(sentence, setting):
        if not any(one.start < each.end and each.start < one.end for each in found):
            found.append(one)
    for one in _relative(sentence, setting):  # "four months later, on 5 August" is one date
        if not any(one.start < each.end and each.start < one.end + _TOGETHER for each in found):
            found.append(one)
    found.sort(key=lambda one: one.start)
    return [_of_span(one, place, found, sentence) for place, one in enumerate(found)]


def _of_span(one: EventDate, place: int, found: list[EventDate], sentence: str) -> EventDate:
    """Of "between October and December 2021" what the two have in common: neither end is when it happened."""
    if place == 0 or one.date is None:
        return one
    before = found[place - 1]
    opens = _SPAN.search(sentence[: one.start])
    if not opens or before.start < opens.start() or before.date is None:
        return one
    shared = [a for a, b in zip(one.date.split("-"), before.date.split("-"), strict=False) if a == b]
    same = one.date.startswith("-".join(shared)) and bool(shared)
    return EventDate("-".join(shared) if same else None, one.start, one.end)


def _checked(one: Mention, date: str | None, setting: Setting) -> str | None:
    """The date, unless its year is only that of the last such day and the next one is nearer: "invited for 16 December"
    in a report of 5 December."""
    if one.year is not None or date is None or setting.published is None or len(setting.published) < 10:
        return date
    return date if _age(date, setting.published) <= _SOON else None


def _age(date: str, published: str) -> int:
    """Days from an event to its report."""
    return (datetime.date.fromisoformat(published) - datetime.date.fromisoformat(first_day(date))).days


def _settled(one: Mention, sentence: str, setting: Setting) -> str | None:
    """A day or month that `mentions` gives no year, by what the whole report says."""
    if one.month is None:
        return None
    year = (
        _stepped(one, sentence, setting)
        or _year_in_sequence(one, sentence, setting)
        or _year_of_fresh_news(one, sentence, setting)
        or _year_of_report(one.month, setting)
    )
    return written(one, year)


def _stepped(one: Mention, sentence: str, setting: Setting) -> str | None:
    """ "Four months later, on 5 August" after a sentence that is dated 9 April 2020."""
    match = re.search(r"\b(\w+) months? later\b", sentence[: one.start], re.IGNORECASE)
    count, before = _count(match[1]) if match else None, _date_before(setting)
    if count is None or before is None or len(before) < 7:
        return None
    months = int(before[:4]) * 12 + int(before[5:7]) - 1 + count
    return str(months // 12) if months % 12 + 1 == one.month else None


def _year_in_sequence(one: Mention, sentence: str, setting: Setting) -> str | None:
    """ "… on 31 January 2022. On 17 February …": the year of the day told just before, which it follows."""
    if one.day is None or _ANY_YEAR.search(sentence):
        return None
    before = _date_before(setting)
    if before is None or len(before) < 10:
        return None
    day = f"{before[:4]}-{one.month:02d}-{one.day:02d}"
    follows = before < day and one.month is not None and one.month - int(before[5:7]) <= _FARTHEST
    return (
        before[:4] if follows and (setting.published is None or day <= last_day(setting.published)) else None
    )


def _year_of_fresh_news(one: Mention, sentence: str, setting: Setting) -> str | None:
    """The year of a day shortly before its report, whatever years are named nearby as background.

    Not where the paragraph tells a story of another year: a day of it stands there in full, or it begins "In 2019".
    """
    year = last_year(one, setting.published)
    if one.day is None or year is None or setting.published is None or len(setting.published) < 10:
        return None
    date = written(one, year)
    paragraph = re.split(r"\n\s*\n", setting.before)[-1] + sentence[: one.start]
    stories = {each.year for each in dated_months(paragraph) if each.day} | set(
        _OPENING_YEAR.findall(paragraph)
    )
    fresh = date is not None and _age(date, setting.published) <= _FRESH
    return year if fresh and stories <= {year} else None


def _year_of_report(month: int, setting: Setting) -> str | None:
    """The year of a month in a report that dates months in one year only; its publication date goes before."""
    if setting.published is not None and len(setting.published) >= 7:
        return None  # the months of a dated report are told from its date, see mentions()
    dated = _dated_months(setting.whole)
    same = {year for each, year in dated if each == month}
    if same:
        return same.pop() if len(same) == 1 else None
    years = {year for _, year in dated}
    near = all(abs(month - each) <= _FARTHEST for each, _ in dated)
    return years.pop() if len(years) == 1 and near else None


@lru_cache(maxsize=64)
def _dated_months(text: str) -> frozenset[tuple[int, str]]:
    return frozenset((one.month, one.year) for one in dated_months(text) if one.month and one.year)


def _bare_months(sentence: str, setting: Setting) -> Iterator[EventDate]:
    for match in _BARE_MONTH.finditer(sentence):
        name = match["a"] or match["b"]
        one = Mention(match.start(), match.end(), None, month_number(name), None)
        that = _THAT_YEAR.match(sentence, match.end())
        before = _date_before(Setting(setting.before + sentence[: match.start()]))
        if that is not None:
            yield EventDate(written(one, before[:4] if before else None), match.start(), that.end())
        else:
            to = _TO_MONTH.match(sentence, match.end())
            year = to["year"] if to else _year_before(one, sentence, setting)
            yield EventDate(
                _checked(one, written(one, year), setting) or _settled(one, sentence, setting),
                match.start(),
                match.end(),
            )


def _year_before(one: Mention, sentence: str, setting: Setting) -> str | None:
    """The year in which it last came before the report, unless a date nearby speaks for another."""
    near = f"{setting.before[-_NEAR:]} {sentence}"
    same = {each.year for each in dated_months(near) if each.month == one.month}
    if same:
        return same.pop() if len(same) == 1 else None
    last = last_year(one, setting.published)
    return last if last and set(_ANY_YEAR.findall(near)) <= {last} else None


def _relative(sentence: str, setting: Setting) -> Iterator[EventDate]:
    for match in _RELATIVE.finditer(sentence):
        if match["later"] or match["next"]:
            date = _later(match, _date_before(Setting(setting.before + sentence[: match.start()])))
        else:
            date = _from_publication(match, setting.published)
        yield EventDate(date, match.start(), match.end())


def _later(match: re.Match[str], before: str | None) -> str | None:
    count = 1 if match["next"] else _count(match["later"])
    if before is None or count is None or (match["units"] or "").startswith("month") or len(before) < 10:
        return None
    return (datetime.date.fromisoformat(before) + datetime.timedelta(days=count)).isoformat()


def _from_publication(match: re.Match[str], published: str | None) -> str | None:
    """A relative date of a report whose own date is known to the day (to the month, the year, where that does)."""
    if published is None:
        return None
    unit, back = (match["unit"] or match["many"] or "").rstrip("s").lower(), 0
    if match["last"]:
        back = 1 if match["last"].lower() == "last" else 0
    elif match["ago"]:
        count = _count(match["ago"])
        if count is None:
            return None
        back = count
    if unit == "year":
        return str(int(published[:4]) - back)
    if unit == "month":
        months = int(published[:4]) * 12 + int(published[5:7]) - 1 - back if len(published) >= 7 else None
        return None if months is None else f"{months // 12}-{months % 12 + 1:02d}"
    if len(published) < 10:
        return None
    day = datetime.date.fromisoformat(published)
    if match["weekday"]:
        # The day that a report names is the last of that name; one of its own day is today.
        return (
            day - datetime.timedelta((day.weekday() - _DAYS.index(match["weekday"].lower())) % 7)
        ).isoformat()
    if unit == "week":
        monday = day - datetime.timedelta(day.weekday() + 7 * back)
        sunday = monday + datetime.timedelta(6)
        return f"{monday:%Y-%m}" if monday.month == sunday.month else None
    return (day - datetime.timedelta(back if unit == "day" else 1)).isoformat()


def _date_before(setting: Setting) -> str | None:
    """The one date of the sentences just before, in the same paragraph: the last that is given in full."""
    paragraph = re.split(r"\n\s*\n", setting.before)[-1][-_NEAR:]
    dates = [date for _, date in mentions(paragraph, "", setting.published)]
    return dates[-1] if dates else None


def _count(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    return 1 if word.lower() in ("a", "one") else UNITS.get(word.lower())
