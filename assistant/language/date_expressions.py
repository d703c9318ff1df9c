"""The one grammar of dates: finds date expressions in a text and reads them by their own words alone.

"3 May" has no year unless a date joined to it has one ("3 May and 6 June 2021"); years that come from the surrounding
report are worked out in `dates` and `date_resolution`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from ingest.text.date_patterns import DAY, LONG_YEAR, MONTH, MONTH_NAME, MONTHS, ORDINAL, YEAR, month_number

Precision = Literal["day", "month", "year"]

# What follows a number that is a count: "2000 soldiers", "in 2000 villages". "2020 elections" and verbs in -s ("2020
# was") are excluded: there the number is a year.
_COUNTED = (
    r"(?-i:\s+(?:(?!(?:was|is|has|its|as|this|elections?)\b)[a-z]+s|people|men|women|troops|personnel|percent)\b"
    r"|\s*%)"
)
_YEAR = rf"(?:{YEAR}|(?:{LONG_YEAR})(?!{_COUNTED}))"
_NTH = rf"{DAY}{ORDINAL}\b(?!\.\d|,\d{{3}}(?!\d))"
_TO = r"(?:\s*[-–—]\s*|\s+(?:and|to|or|until)\s+(?:the\s+)?)"
# "3 to 5", "3, 4 and 5" before a month. The first number must not be the end of another, as in
# "12:30, 5 May" or "$3 and 5 May".
_DAYS_BEFORE = rf"(?:(?<![:.,/$€£–—-])(?:{_NTH}(?:\s*,\s*|{_TO})){{1,6}})?{_NTH}"
# "May 3 to 5", but not "May 3 and 5 soldiers", "May 3 to 5 June".
_DAYS_AFTER = (
    rf"{_NTH}(?:{_TO}{_NTH}(?!{_COUNTED}|\s*[ap]\.?m\b|\s+(?:of\s+)?{MONTH}\b|\s+(?:million|billion|thousand)\b))"
    r"{0,3}"
)
_PATTERN = re.compile(
    rf"\b(?:(?P<iso>{_YEAR}-\d\d-\d\d)(?![\d-])"
    rf"|(?P<iso_month>{_YEAR}-(?:0[1-9]|1[0-2]))(?![\d-])"
    rf"|(?P<d1>{_DAYS_BEFORE})\s+(?:of\s+)?(?P<m1>{MONTH})(?:(?:\s?,\s*|\s+)(?P<y1>{_YEAR}))?"
    rf"|(?P<m2>{MONTH})\s+(?:the\s+)?(?P<d2>{_DAYS_AFTER})(?:(?:\s?,\s*|\s+)(?P<y2>{_YEAR}))?"
    rf"|(?P<part>(?:early|mid|late)[\s-]+)?"
    rf"(?:(?P<m3>{MONTH})(?:\s?,\s*|\s+)(?:of\s+)?(?P<y3>{_YEAR})"
    rf"|(?P<m4>{MONTH_NAME})|(?P<y4>{_YEAR})(?P<decade>s)?))\b",
    re.IGNORECASE,
)
# A word before a lone month or year that marks it as a date.
_LEAD = re.compile(
    r"\b(?P<word>in|since|of|during|until|by|last|this|next|from|between|to|and|before|after|through|throughout|than"
    r"|for|every|the|an?|its|his|her|their)\s+$",
    re.IGNORECASE,
)
_LONGEST_COUNTED = 40  # characters after a number that are searched for what it counts
_LONGEST_LEAD = 14  # characters: "throughout" plus white space
# Ordinary words too: in lower case they are months only after a word of _OF_TIME ("in may", not "to march").
_ALSO_WORDS = frozenset(("march", "may", "august"))
_OF_TIME = frozenset(("in", "since", "during", "until"))
_IN_NUMBER = re.compile(r"(?:\d[.,]|(?<!\d\d\d)\d,?\s|[$€£]\s?)$")
_GOES_ON = re.compile(r"[.,]\d|\s?(?:million|billion)\b")
# Allowed between dates that share the year of the last: "4 May and 6 June 2021", "4 May, 5 June and 6 July 2021".
_SERIES = re.compile(r"\s*(?:,|and|or|to|until|through|[-–—])?\s*(?:(?:on|the|in)\s+)*")
_FARTHEST_JOINED = 30  # characters between two dates that can share a year
_OWN_YEAR = re.compile(r",?\s+(?:in|of)\s+")  # between a date and its own year: "on 3 May, in 2021"


@dataclass(frozen=True)
class DateExpression:
    """A date as its own words give it, with its position."""

    year: int | None  # 1500 to 2099
    month: int | None  # 1 to 12
    # 1 to 31: all days of "3, 4 and 5 May", the two ends of "3 to 5 May"; empty without a day
    days: frozenset[int]
    start: int  # offsets into the text: start inclusive, end exclusive
    end: int
    lead: str = ""  # only for a lone month or year: the word before it in lower case ("in", "since", "the")
    lead_start: int | None = None  # offset of that word
    alone: bool = False  # a month or year by itself: it may be no date ("the 2018 protests")
    decade: bool = False  # "the 1990s"

    @property
    def precision(self) -> Precision:
        """ "day" for one day, "month" for a month or several days of it, "year" for a year."""
        return "year" if self.month is None else "day" if len(self.days) == 1 else "month"

    def iso(self, year: int | None = None) -> str | None:
        """YYYY, YYYY-MM or YYYY-MM-DD; `year` (1 to 9999) is used only if the expression has no year of its own.

        None without a year, and for a day that the month does not have (31 February).

        >>> (day,) = date_expressions("29 February")
        >>> day.iso(2020), day.iso(2021), day.iso()
        ('2020-02-29', None, None)
        """
        year = self.year or year
        if year is None or self.month is None:
            return None if year is None else str(year)
        if any(day > monthrange(year, self.month)[1] for day in self.days):
            return None
        return f"{year}-{self.month:02d}" + (f"-{min(self.days):02d}" if self.precision == "day" else "")

    def __str__(self) -> str:
        """The date in one normal form: "3–5 May 2021"."""
        day = "–".join(str(day) for day in sorted(self.days))
        month = MONTHS[self.month - 1].title() if self.month else ""
        return " ".join(part for part in (day, month, str(self.year or "")) if part)


@lru_cache(maxsize=512)
def date_expressions(text: str, or_counts: bool = False) -> tuple[DateExpression, ...]:
    """The dates in a text, in order.

    "May" and "march" are months if their capital and the word before them say so. A number that counts what follows
    ("2000 soldiers") is not a year; "the 2018 protests" could be either and is included only with `or_counts`. Dates
    joined to one that has a year share that year.

    >>> [str(date) for date in date_expressions("It may rain from 3 to 5 May and on 6 June 2021, as in 1998.")]
    ['3–5 May 2021', '6 June 2021', '1998']
    """
    dates = [date for match in _PATTERN.finditer(text) if (date := _expression(match, text, or_counts))]
    for index in range(len(dates) - 2, -1, -1):  # backwards, so that a year passes along a whole series
        date, following = dates[index], dates[index + 1]
        if date.year is None and following.year is not None and _shares_year(date, following, text):
            dates[index] = replace(date, year=following.year)
    return tuple(dates)


def date_of(text: str) -> str | None:
    """A text that is exactly one date, as YYYY, YYYY-MM or YYYY-MM-DD; None for anything else.

    >>> date_of("5th of June 2021"), date_of("June 2021"), date_of("June"), date_of("5 June 2021 at noon")
    ('2021-06-05', '2021-06', None, None)
    """
    text = text.strip()
    dates = date_expressions(text)
    whole = len(dates) == 1 and (dates[0].start, dates[0].end) == (0, len(text)) and len(dates[0].days) < 2
    return dates[0].iso() if whole and not dates[0].decade else None


def _expression(match: re.Match[str], text: str, or_counts: bool) -> DateExpression | None:
    """The date a match of _PATTERN stands for, or None if its surroundings show that it is not a date."""
    start, end = match.span()
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
        is_real = 1 <= month <= 12 and 1 <= day <= 31
        return DateExpression(year, month, frozenset((day,)), start, end) if is_real else None
    if match["iso_month"]:
        year, month = map(int, match["iso_month"].split("-"))
        if month <= year % 100:
            return DateExpression(year, month, frozenset(), start, end)
        # "2009-10" may also be the years 2009 to 2010: only the first year is certain.
        return _alone(match, text, year, None, end - 3)
    if match["m4"]:
        return _alone(match, text, None, month_number(match["m4"]), end) if _is_month(match, text) else None
    if match["y4"]:
        return _alone(match, text, int(match["y4"]), None, end) if _is_year(match, text, or_counts) else None
    month_name = match["m1"] or match["m2"] or match["m3"]
    year_digits = match["y1"] or match["y2"] or match["y3"]
    if month_name in _ALSO_WORDS and not match["d1"] and not _lead(match, text) and _is_counted(text, end):
        return None  # "they march 30 kilometres"
    days = frozenset(map(int, re.findall(r"\d+", match["d1"] or match["d2"] or "")))
    return DateExpression(
        int(year_digits) if year_digits else None, month_number(month_name), days, start, end
    )


def _alone(match: re.Match[str], text: str, year: int | None, month: int | None, end: int) -> DateExpression:
    """A lone month or year, with the word before it."""
    lead, decade = _lead(match, text), match["decade"] is not None
    word, lead_start = (lead["word"].lower(), lead.start()) if lead else ("", None)
    return DateExpression(
        year, month, frozenset(), match.start(), end, word, lead_start, alone=True, decade=decade
    )


def _lead(match: re.Match[str], text: str) -> re.Match[str] | None:
    return _LEAD.search(text, max(0, match.start() - _LONGEST_LEAD), match.start())


def _is_month(match: re.Match[str], text: str) -> bool:
    """True if a lone month name means the month: "in May", "early March", not "it may" or "they march".

    A capitalised name without such a word counts only at the start of the text or after a comma: "Kayes, May".
    """
    lead = _lead(match, text)
    if match["m4"][0].isupper():
        return bool(lead or match["part"] or match.start() == 0 or text[: match.start()].endswith(", "))
    if match["m4"].lower() in _ALSO_WORDS:
        return bool(match["part"]) or (lead is not None and lead["word"].lower() in _OF_TIME)
    return bool(lead or match["part"])


def _is_year(match: re.Match[str], text: str, or_counts: bool) -> bool:
    """True if four digits are a year, neither part of a longer number nor a count of what follows."""
    if _IN_NUMBER.search(text, max(0, match.start() - 5), match.start()) or _GOES_ON.match(text, match.end()):
        return False
    if not _is_counted(text, match.end()):
        return True
    lead = _lead(match, text)
    word = lead["word"].lower() if lead else ""
    return bool(match["part"]) or word in ("since", "during") or (or_counts and word == "the")


def _is_counted(text: str, end: int) -> bool:
    """True if a number that ends at offset `end` counts what follows it.

    >>> _is_counted("2000 soldiers fell", 4), _is_counted("2020 elections", 4), _is_counted("2000 %", 4)
    (True, False, True)
    """
    return re.match(_COUNTED, text[end : end + _LONGEST_COUNTED]) is not None


def _shares_year(date: DateExpression, following: DateExpression, text: str) -> bool:
    """True if a date without a year takes that of the next, because only a word or a comma separates them."""
    if date.month is None or following.decade or following.start - date.end > _FARTHEST_JOINED:
        return False
    between = text[date.end : following.start]
    return (_SERIES if following.month is not None else _OWN_YEAR).fullmatch(between.lower()) is not None
