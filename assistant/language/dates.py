"""Dates of events in a sentence, never more precise than it says."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.language.words import MONTHS

_SHORT = {month[:3]: place for place, month in enumerate(MONTHS, start=1)} | {"sept": 9}
_MONTH = "|".join([*MONTHS, *(rf"{short}\.?" for short in ("sept", *_SHORT) if short != "may")])
_YEAR = r"(?:19|20)\d{2}"
_PATTERN = re.compile(
    rf"\b(?:(?P<iso>{_YEAR}-\d\d-\d\d)(?!\d|-)"
    rf"|(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})(?:,?\s+(?P<y1>{_YEAR}))?"
    rf"|(?P<m2>{_MONTH})\s+(?:the\s+)?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)"
    # "May 3-5", "May 3 and 5": several days in one.
    r"(?P<more>\s*(?:[-–—]|and|to)\s*(?:[12]?\d|3[01])(?:st|nd|rd|th)?\b(?!\s*(?:%|[a-z]+s\b)))?"
    rf"(?:,?\s+(?P<y2>{_YEAR}))?"
    rf"|(?P<m3>{_MONTH})\s+(?P<y3>{_YEAR})"
    # "a force of 2000 soldiers", "in 2000 villages": what is followed by a plural is a count, not a year.
    rf"|(?:in|of)\s+(?P<y4>{_YEAR})(?!\s+(?:people|(?!was\b|is\b|has\b|its\b|as\b|this\b)[a-z]+s)\b)"
    rf"|(?:since|during|the|(?:in|of|since|during)\s+(?:early|late|mid))[\s-]+(?P<y5>{_YEAR}))\b",
    re.IGNORECASE,
)


# Days joined into one date: "27 and 31 March", "3-5 May": what is said happened on some of them.
_RANGE_BEFORE = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?\s*(?:and|to|or|until|[-–—,])\s*$", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:,|and|to|until|or|through|[-–—])?\s*(?:on |the )?\s*", re.IGNORECASE)
_ANY_YEAR = re.compile(rf"\b{_YEAR}\b")
_NEAR = 300  # characters before a sentence in which a year named bears on it


@dataclass(frozen=True)
class FoundDate:
    date: str  # YYYY, YYYY-MM or YYYY-MM-DD
    start: int  # offset in the sentence
    end: int


@dataclass(frozen=True)
class Mention:
    """A date as far as its own words give it, and where they stand in the sentence."""

    start: int
    end: int
    year: str | None
    month: int | None
    day: int | None


def dates_in(sentence: str, earlier: str = "", published: str | None = None) -> list[FoundDate]:
    """Dates a sentence states, in order; `earlier` is the text before it, `published` its report's date.

    A day or month without its year is given one only where nothing speaks for another: it is joined to a full date
    ("4 May and 6 June 2021"), the same month stands nearby with its year, or no other year is named nearby than the
    one in which it last came before the report was published. Otherwise it is left out. Of several days in one
    ("27 and 31 March") the month is given.
    """
    return [
        FoundDate(date, one.start, one.end)
        for one, date in mentions(sentence, earlier, published)
        if date is not None
    ]


def mentions(
    sentence: str, earlier: str = "", published: str | None = None
) -> Iterator[tuple[Mention, str | None]]:
    """Every date that a sentence states, in order, with what `dates_in` makes of it: None where it has no year."""
    found = [_mention(match, sentence) for match in _PATTERN.finditer(sentence)]
    for place, one in enumerate(found):
        year = (
            one.year
            or _joined_year(found, place, sentence)
            or _year_nearby(one, sentence, earlier, published)
        )
        yield one, written(one, year)


def written(one: Mention, year: str | None) -> str | None:
    """A mention in that year as YYYY, YYYY-MM or YYYY-MM-DD; None without a year, or for a day that no month has."""
    if year is None or one.month is None:
        return year
    if one.day is None:
        return f"{year}-{one.month:02d}"
    real = 1 <= one.month <= 12 and 1 <= one.day <= monthrange(int(year), one.month)[1]
    return f"{year}-{one.month:02d}-{one.day:02d}" if real else None


def lacks_year(sentence: str) -> bool:
    """Whether a sentence states a day and no year at all: which one it was, only its report can tell."""
    if re.search(rf"\b{_YEAR}\b", sentence):
        return False
    return any(match["d1"] or match["d2"] for match in _PATTERN.finditer(sentence))


def month_number(name: str) -> int:
    """1 to 12 of a month's name, in full or short ("Sept.")."""
    return _SHORT[name.casefold()[:3]]


def _mention(match: re.Match[str], sentence: str) -> Mention:
    if match["iso"]:
        year, month, day = match["iso"].split("-")
        return Mention(match.start(), match.end(), year, int(month), int(day))
    name, day = match["m1"] or match["m2"] or match["m3"], match["d1"] or match["d2"]
    several = match["more"] or (match["d1"] and _RANGE_BEFORE.search(sentence[: match.start()]))
    return Mention(
        match.start(),
        match.end(),
        match["y1"] or match["y2"] or match["y3"] or match["y4"] or match["y5"],
        month_number(name) if name else None,
        int(day) if day and not several else None,
    )


def _joined_year(found: Sequence[Mention], place: int, sentence: str) -> str | None:
    """The year of the date that directly follows, with at most a joining word between."""
    for before, after in pairwise(found[place:]):
        if not _JOINED.fullmatch(sentence, before.end, after.start):
            return None
        if after.year is not None:
            return after.year
    return None


def _year_nearby(one: Mention, sentence: str, earlier: str, published: str | None) -> str | None:
    near = f"{earlier[-_NEAR:]} {sentence}"
    same_month = {each.year for each in dated_months(near) if each.month == one.month}
    if same_month:
        return same_month.pop() if len(same_month) == 1 else None
    last = last_year(one, published)
    return last if last is not None and {match[0] for match in _ANY_YEAR.finditer(near)} <= {last} else None


def dated_months(text: str) -> Iterator[Mention]:
    """The dates of a text that have both month and year."""
    for match in _PATTERN.finditer(text):
        one = _mention(match, text)
        if one.year and one.month:
            yield one


def last_year(one: Mention, published: str | None) -> str | None:
    """The year in which a day or month last came before a report was published, as far as that is known."""
    if published is None or len(published) < 7 or one.month is None:
        return None
    year, day = int(published[:4]), one.day or 1
    last = year if f"{year}-{one.month:02d}-{day:02d}"[: len(published)] <= published else year - 1
    return str(last)


# Words that mean another time once the report is old.
_RELATIVE = re.compile(
    r"\b(?:(?:[Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un)day\b(?!,? (?:\d|[A-Z][a-z]+ \d))|"
    r"(?<!until )now|currently|at present|at the moment|nowadays|today|yesterday|tomorrow|recently|"
    r"so far|to date|to this day|"
    r"(?:last|this|past|next|coming|previous) (?:few |\w+ )?"
    r"(?:days?|weeks?|months?|years?|quarter|summer|winter|spring|autumn)|"
    r"(?:earlier|later) this \w+|in recent (?:days|weeks|months|years|times)|\w+ (?:days|weeks|months|years) ago)\b"
)
_FIRST_LETTER = re.compile(r"[^\W\d_]")


def speaks_from_its_day(sentence: str) -> bool:
    """Whether a sentence says "currently" or "last month": what that means depends on when it was written."""
    return bool(relative_words(sentence))


def relative_words(sentence: str) -> list[re.Match[str]]:
    """ "currently", "last month", "on Tuesday": what only the date of the report gives a meaning."""
    # A capital anywhere but at the beginning makes a name of it: "ISS Today".
    plain = _FIRST_LETTER.sub(lambda first: first[0].lower(), sentence, count=1)
    return list(_RELATIVE.finditer(plain))
