"""Relative dates ("yesterday", "two days later"), and other words that depend on the date of a report ("currently")."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator

from assistant.language.dates import DateMention
from assistant.language.words import small_number
from ingest.text.date_patterns import WEEKDAYS

_WEEKDAY = "|".join(WEEKDAYS)
_CAPITAL_OR_NOT = "|".join(f"[{day[0].upper()}{day[0]}]{day[1:]}" for day in WEEKDAYS)
# Words that a reader of an old report would misunderstand.
_DEPENDS_ON_DATE = re.compile(
    rf"\b(?:(?:{_CAPITAL_OR_NOT})\b(?!,? (?:\d|[A-Z][a-z]+ \d))|"
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


def depends_on_report_date(sentence: str) -> bool:
    """True if the meaning of a sentence depends on when it was written.

    >>> depends_on_report_date("The port is currently closed."), depends_on_report_date("The port closed in 2021.")
    (True, False)
    """
    return bool(relative_words(sentence))


def relative_words(sentence: str) -> list[re.Match[str]]:
    """The words of a sentence that only its report's date explains: "currently", "last month", "on Tuesday".

    >>> [match[0] for match in relative_words("It has now closed, ISS Today wrote last month.")]
    ['now', 'last month']
    """
    # Capitalised words belong to a name ("ISS Today"), except at the beginning of the sentence.
    uncapitalised = _FIRST_LETTER.sub(lambda first: first[0].lower(), sentence, count=1)
    return list(_DEPENDS_ON_DATE.finditer(uncapitalised))


def relative_dates(
    sentence: str, published: str | None, date_before: Callable[[int], str | None]
) -> Iterator[DateMention]:
    """Yield the relative dates of a sentence in order, counted from the report's date or from the date before.

    `published` is YYYY, YYYY-MM or YYYY-MM-DD; `date_before(offset)` returns the date stated before an offset of the
    sentence, or None if that is uncertain. "Last month" in a report dated only 2022 has no value.

    >>> [mention.date for mention in relative_dates("It fell yesterday.", "2022-03-01", lambda offset: None)]
    ['2022-02-28']
    """
    for match in _RELATIVE.finditer(sentence):
        counts_on = match["later"] or match["next"]
        date = _days_later(match, date_before(match.start())) if counts_on else _before(match, published)
        yield DateMention(date, match.start(), match.end())


def months_later(text: str) -> int | None:
    """The number of months counted on from the date before; None if there is none.

    >>> months_later("Four months later, on"), months_later("Soon after, on")
    (4, None)
    """
    match = _MONTHS_LATER.search(text)
    return _count(match[1]) if match else None


def _days_later(match: re.Match[str], before: str | None) -> str | None:
    """YYYY-MM-DD of "two days later" after the day `before`; None for months, or if either part is uncertain."""
    count = 1 if match["next"] else _count(match["later"])
    if before is None or count is None or (match["units"] or "").startswith("month") or len(before) < 10:
        return None
    return (datetime.date.fromisoformat(before) + datetime.timedelta(days=count)).isoformat()


def _before(match: re.Match[str], published: str | None) -> str | None:
    """The date of "yesterday", "last month" or "on Tuesday"; None if `published` is not precise enough for it."""
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
        # The last day of that name; on the day itself, "on Tuesday" means today.
        days_ago = (day.weekday() - WEEKDAYS.index(match["weekday"].lower())) % 7
        return (day - datetime.timedelta(days_ago)).isoformat()
    if unit == "week":
        monday = day - datetime.timedelta(day.weekday() + 7 * back)
        sunday = monday + datetime.timedelta(6)
        return f"{monday:%Y-%m}" if monday.month == sunday.month else None
    return (day - datetime.timedelta(back if unit == "day" else 1)).isoformat()


def _count(word: str) -> int | None:
    """How many days, months or years: of `small_number`, and 1 for "a" as in "a month later"; else None."""
    return 1 if word.lower() == "a" else small_number(word)
