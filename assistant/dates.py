"""Dates of events in a sentence, never more precise than it says."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.words import MONTHS

_MONTH = "|".join(MONTHS)
_YEAR = r"(?:19|20)\d{2}"
_PATTERN = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})(?:,?\s+(?P<y1>{_YEAR}))?"
    rf"|(?P<m2>{_MONTH})\s+(?:the\s+)?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,?\s+(?P<y2>{_YEAR}))?"
    rf"|(?P<m3>{_MONTH})\s+(?P<y3>{_YEAR})"
    # "a force of 2000 soldiers", "in 2000 villages": what is followed by a plural is a count, not a year.
    rf"|(?:in|of)\s+(?P<y4>{_YEAR})(?!\s+(?:people|(?!was\b|is\b|has\b|its\b|as\b|this\b)[a-z]+s)\b)"
    rf"|(?:since|during|the|(?:in|of|since|during)\s+(?:early|late|mid))[\s-]+(?P<y5>{_YEAR}))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class FoundDate:
    date: str  # YYYY, YYYY-MM or YYYY-MM-DD
    start: int  # offset in the sentence
    end: int


def dates_in(sentence: str, earlier: str = "") -> list[FoundDate]:
    """Dates a sentence states, in order. A day or month without its year takes the last year that the text
    before it (`earlier`) names; where none is named it is left out."""
    found = []
    matches = list(_PATTERN.finditer(sentence))
    # A day without its year has that of the date before it, else of the one after, else the last the text named.
    year = next(filter(None, map(_year, matches)), None) or _last_year(earlier)
    for match in matches:
        year = _year(match) or year
        month, day = match["m1"] or match["m2"] or match["m3"], match["d1"] or match["d2"]
        if year is None:
            continue
        date = year
        if month is not None:
            number = MONTHS.index(month.casefold()) + 1
            if day is not None and not 1 <= int(day) <= monthrange(int(year), number)[1]:
                continue
            date += f"-{number:02d}" + (f"-{int(day):02d}" if day is not None else "")
        found.append(FoundDate(date, match.start(), match.end()))
    return found


def _year(match: re.Match[str]) -> str | None:
    return match["y1"] or match["y2"] or match["y3"] or match["y4"] or match["y5"]


def _last_year(text: str) -> str | None:
    years = list(_years(text))
    return years[-1] if years else None


def _years(text: str) -> Iterator[str]:
    yield from (match[0] for match in re.finditer(rf"\b{_YEAR}\b", text))


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
_END = re.compile(r"[.!?]?[\"'”’»)\]]*$")


def with_report_date(sentence: str, published: str | None) -> str:
    """The sentence, and where it says "currently" or "last month", in brackets when it was published."""
    # A capital anywhere but at the beginning makes a name of it: "ISS Today".
    if not _RELATIVE.search(_FIRST_LETTER.sub(lambda first: first[0].lower(), sentence, count=1)):
        return sentence
    said = f" [published {published}]" if published else " [report undated]"
    end = _END.search(sentence)
    place = end.start() if end else len(sentence)
    return sentence[:place] + said + sentence[place:]


def without_report_date(sentence: str) -> str:
    """What with_report_date() was given."""
    return re.sub(r" \[(?:published [\d-]+|report undated)\](?=[.!?]?[\"'”’»)\]]*$)", "", sentence)
