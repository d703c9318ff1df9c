"""Dates told from another day: "yesterday", "last month", "two days later", and words that mean another time later."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator

from assistant.language.dates import DateMention
from assistant.language.words import UNITS

_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_WEEKDAY = "|".join(_DAYS)
# Words that mean another time once the report is old.
_FROM_ITS_DAY = re.compile(
    r"\b(?:(?:[Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un)day\b(?!,? (?:\d|[A-Z][a-z]+ \d))|"
    r"(?<!until )now|currently|at present|at the moment|nowadays|today|yesterday|tomorrow|recently|"
    r"so far|to date|to this day|"
    r"(?:last|this|past|next|coming|previous) (?:few |\w+ )?"
    r"(?:days?|weeks?|months?|years?|quarter|summer|winter|spring|autumn)|"
    r"(?:earlier|later) this \w+|in recent (?:days|weeks|months|years|times)|\w+ (?:days|weeks|months|years) ago)\b"
)
_RELATIVE = re.compile(
    rf"\b(?:(?:on|early on|late on|since|by|until)\s+(?P<weekday>{_WEEKDAY})\b"
    r"(?!,?\s+\d|,?\s+[A-Z][a-z]+\s+\d)"
    r"|(?P<yesterday>yesterday)"
    r"|(?P<last>last|(?:earlier |later )?this)\s+(?P<unit>week|month|year)(?!['’]s)"
    r"|(?P<ago>\w+)\s+(?P<many>days|months|years)\s+ago"
    r"|(?P<later>\w+)\s+(?P<units>days?|months?)\s+(?:later|after that)|(?P<next>the (?:next|following) day))\b",
    re.IGNORECASE,
)
_MONTHS_LATER = re.compile(r"\b(\w+) months? later\b", re.IGNORECASE)
_FIRST_LETTER = re.compile(r"[^\W\d_]")


def speaks_from_its_day(sentence: str) -> bool:
    """Whether a sentence says "currently" or "last month": what that means depends on when it was written."""
    return bool(relative_words(sentence))


def relative_words(sentence: str) -> list[re.Match[str]]:
    """ "currently", "last month", "on Tuesday": what only the date of the report gives a meaning."""
    # A capital anywhere but at the beginning makes a name of it: "ISS Today".
    plain = _FIRST_LETTER.sub(lambda first: first[0].lower(), sentence, count=1)
    return list(_FROM_ITS_DAY.finditer(plain))


def relative_dates(
    sentence: str, published: str | None, date_before: Callable[[int], str | None]
) -> Iterator[DateMention]:
    """The relative dates of a sentence in order, settled by its report's date or the date told before.

    `date_before` gives the date that is told before an offset of the sentence; None where that is not certain.
    "Yesterday" of a report dated 2022-03-01 is 2022-02-28; "last month" of one dated 2022 is not certain.
    """
    for match in _RELATIVE.finditer(sentence):
        later = match["later"] or match["next"]
        date = _days_later(match, date_before(match.start())) if later else _before(match, published)
        yield DateMention(date, match.start(), match.end())


def months_later(words: str) -> int | None:
    """How many months later than what was told before: 4 of "Four months later, on"; None where it says none."""
    match = _MONTHS_LATER.search(words)
    return _count(match[1]) if match else None


def _days_later(match: re.Match[str], before: str | None) -> str | None:
    count = 1 if match["next"] else _count(match["later"])
    if before is None or count is None or (match["units"] or "").startswith("month") or len(before) < 10:
        return None
    return (datetime.date.fromisoformat(before) + datetime.timedelta(days=count)).isoformat()


def _before(match: re.Match[str], published: str | None) -> str | None:
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


def _count(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    return 1 if word.lower() in ("a", "one") else UNITS.get(word.lower())
