"""The one grammar of dates in a text: where each date expression stands, and what its own words give.

An expression never says more than is written: "3 May" has no year unless one joined to it does ("3 May and 6 June
2021"). What a report around it adds is resolved in `dates` and `date_resolution`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from ingest.text.date_patterns import DAY, LONG_YEAR, MONTH, MONTH_NAME, MONTHS, ORDINAL, YEAR, month_number

Precision = Literal["day", "month", "year"]

# What follows a number that counts: "2000 soldiers", "in 2000 villages". Elections and verbs count nothing.
_COUNTED = (
    r"(?-i:\s+(?:(?!(?:was|is|has|its|as|this|elections?)\b)[a-z]+s|people|men|women|troops|personnel|percent)\b"
    r"|\s*%)"
)
_YEAR = rf"(?:{YEAR}|(?:{LONG_YEAR})(?!{_COUNTED}))"
_NTH = rf"{DAY}{ORDINAL}\b(?!\.\d|,\d{{3}}(?!\d))"
_TO = r"(?:\s*[-–—]\s*|\s+(?:and|to|or|until)\s+(?:the\s+)?)"
# "3 to 5", "3, 4 and 5", before a month; what stands before the first must not make it part of another number.
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
# A month or year by itself is known by the word before it.
_LEAD = re.compile(
    r"\b(?P<word>in|since|of|during|until|by|last|this|next|from|between|to|and|before|after|through|throughout|than"
    r"|for|every|the|an?|its|his|her|their)\s+$",
    re.IGNORECASE,
)
_LONGEST_COUNTED = 40  # characters
_LONGEST_LEAD = 14  # characters: "throughout" and white space
# In lower case these are words of their own, and a month only after such a lead: "in may", never "to march".
_ALSO_WORDS = frozenset(("march", "may", "august"))
_OF_TIME = frozenset(("in", "since", "during", "until"))
_IN_NUMBER = re.compile(r"(?:\d[.,]|(?<!\d\d\d)\d,?\s|[$€£]\s?)$")
_GOES_ON = re.compile(r"[.,]\d|\s?(?:million|billion)\b")
# Between dates of one series, whose year stands once: "4 May and 6 June 2021", "on 3 May, in 2021".
_SERIES = re.compile(r"\s*(?:,|and|or|to|until|through|[-–—])?\s*(?:(?:on|the|in)\s+)*")
_FARTHEST_JOINED = 30  # characters
_OWN_YEAR = re.compile(r",?\s+(?:in|of)\s+")


@dataclass(frozen=True)
class DateExpression:
    """A date as far as its own words give it, and where they stand."""

    year: int | None  # 1500 to 2099
    month: int | None  # 1 to 12
    days: frozenset[int]  # 1 to 31: all that "3, 4 and 5 May" names, both ends of "3 to 5 May"; empty: no day
    start: int  # offsets into the text, of the first character and behind the last
    end: int
    lead: str = ""  # the word before a month or year by itself, in lower case: "in", "since", "the"
    lead_start: int | None = None  # offset of that word
    alone: bool = False  # a month or year by itself: only its surroundings prove it
    decade: bool = False  # "the 1990s"

    @property
    def precision(self) -> Precision:
        """How much is known: "day" of one day, "month" of several days or none, "year"."""
        return "year" if self.month is None else "day" if len(self.days) == 1 else "month"

    def iso(self, year: int | None = None) -> str | None:
        """YYYY, YYYY-MM or YYYY-MM-DD, of its own year or else the given one.

        None without a year, and for a day that the month does not have: 31 February.
        """
        year = self.year or year
        if year is None or self.month is None:
            return None if year is None else str(year)
        if any(day > monthrange(year, self.month)[1] for day in self.days):
            return None
        return f"{year}-{self.month:02d}" + (f"-{min(self.days):02d}" if self.precision == "day" else "")

    def __str__(self) -> str:
        day = "–".join(str(day) for day in sorted(self.days))
        month = MONTHS[self.month - 1].title() if self.month else ""
        return " ".join(part for part in (day, month, str(self.year or "")) if part)


@lru_cache(maxsize=512)
def date_expressions(text: str, or_counts: bool = False) -> tuple[DateExpression, ...]:
    """The dates that a text names, in order.

    "May" and "march" are months by their capital and the word before them. A number is no year where it counts what
    follows ("2000 soldiers"); "the 2018 protests" may be either, and is given with `or_counts` alone. Dates joined
    to one that has a year share it.

    >>> [str(one) for one in date_expressions("It may rain from 3 to 5 May and on 6 June 2021, as in 1998.")]
    ['3–5 May 2021', '6 June 2021', '1998']
    """
    found = [one for match in _PATTERN.finditer(text) if (one := _expression(match, text, or_counts))]
    for place in range(len(found) - 2, -1, -1):
        one, after = found[place], found[place + 1]
        if one.year is None and after.year is not None and _shares_year(one, after, text):
            found[place] = replace(one, year=after.year)
    return tuple(found)


def date_of(text: str) -> str | None:
    """The date that a text is, whole, as YYYY, YYYY-MM or YYYY-MM-DD; None where it says more, less or two.

    >>> date_of("5th of June 2021"), date_of("June 2021"), date_of("June"), date_of("5 June 2021 at noon")
    ('2021-06-05', '2021-06', None, None)
    """
    text = text.strip()
    found = date_expressions(text)
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)) and len(found[0].days) < 2
    return found[0].iso() if whole and not found[0].decade else None


def _expression(match: re.Match[str], text: str, or_counts: bool) -> DateExpression | None:
    """What a match of the pattern names; None where its surroundings say that it is no date."""
    start, end = match.span()
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
        real = 1 <= month <= 12 and 1 <= day <= 31
        return DateExpression(year, month, frozenset((day,)), start, end) if real else None
    if match["iso_month"]:
        year, month = map(int, match["iso_month"].split("-"))
        if month <= year % 100:
            return DateExpression(year, month, frozenset(), start, end)
        return _alone(
            match, text, year, None, end - 3
        )  # "2009-10" may be two years: only the first is certain
    if match["m4"]:
        return _alone(match, text, None, month_number(match["m4"]), end) if _is_month(match, text) else None
    if match["y4"]:
        return _alone(match, text, int(match["y4"]), None, end) if _is_year(match, text, or_counts) else None
    name, given = match["m1"] or match["m2"] or match["m3"], match["y1"] or match["y2"] or match["y3"]
    if name in _ALSO_WORDS and not match["d1"] and not _lead(match, text) and _is_counted(text, end):
        return None  # "they march 30 kilometres"
    days = frozenset(map(int, re.findall(r"\d+", match["d1"] or match["d2"] or "")))
    return DateExpression(int(given) if given else None, month_number(name), days, start, end)


def _alone(match: re.Match[str], text: str, year: int | None, month: int | None, end: int) -> DateExpression:
    start, lead, decade = match.start(), _lead(match, text), match["decade"] is not None
    word, opens = (lead["word"].lower(), lead.start()) if lead else ("", None)
    return DateExpression(year, month, frozenset(), start, end, word, opens, alone=True, decade=decade)


def _lead(match: re.Match[str], text: str) -> re.Match[str] | None:
    return _LEAD.search(text, max(0, match.start() - _LONGEST_LEAD), match.start())


def _is_month(match: re.Match[str], text: str) -> bool:
    """Whether the name of a month by itself is one: "in May", "early March", not "it may", "they march".

    Without a word of time before it only at the beginning or behind a comma: "Kayes, May".
    """
    lead = _lead(match, text)
    if match["m4"][0].isupper():
        return bool(lead or match["part"] or match.start() == 0 or text[: match.start()].endswith(", "))
    if match["m4"].lower() in _ALSO_WORDS:
        return bool(match["part"]) or (lead is not None and lead["word"].lower() in _OF_TIME)
    return bool(lead or match["part"])


def _is_year(match: re.Match[str], text: str, or_counts: bool) -> bool:
    """Whether a number of four digits is a year: no part of a longer number, and no count of what follows it."""
    if _IN_NUMBER.search(text, max(0, match.start() - 5), match.start()) or _GOES_ON.match(text, match.end()):
        return False
    if not _is_counted(text, match.end()):
        return True
    lead = _lead(match, text)
    word = lead["word"].lower() if lead else ""
    return bool(match["part"]) or word in ("since", "during") or (or_counts and word == "the")


def _is_counted(text: str, end: int) -> bool:
    """Whether what follows a number is what it counts: "soldiers", "people", "%"."""
    return re.match(_COUNTED, text[end : end + _LONGEST_COUNTED]) is not None


def _shares_year(one: DateExpression, after: DateExpression, text: str) -> bool:
    """Whether a date without a year takes that of the next, joined to it by no more than a word or a comma."""
    if one.month is None or after.decade or after.start - one.end > _FARTHEST_JOINED:
        return False
    between = text[one.end : after.start]
    return (_SERIES if after.month is not None else _OWN_YEAR).fullmatch(between.lower()) is not None
