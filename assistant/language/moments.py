"""Days, months and years: what a sentence dates must be dated so in what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.language.tokens import TokenizedText
from assistant.language.words import MONTHS

_SHORT = {month[:3]: place for place, month in enumerate(MONTHS, start=1)} | {"sept": 9}
_MONTH = "|".join([*MONTHS, *(f"{short}\\.?" for short in ("sept", *_SHORT) if short != "may")])
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NTH = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_PATTERN = re.compile(
    rf"\b(?:(?P<iso>{_YEAR})-(?P<isom>\d\d)(?:-(?P<isod>\d\d))?"
    rf"|(?P<d1>{_DAY}){_NTH}(?:\s+(?:to|and|until)\s+(?P<e1>{_DAY}){_NTH})?\s+(?:of\s+)?(?P<m1>{_MONTH})"
    rf"(?:,?\s+(?P<y1>{_YEAR}))?"
    rf"|(?P<m2>{_MONTH})\s+(?:the\s+)?(?P<d2>{_DAY}){_NTH}(?!\d)"
    rf"(?:\s+(?:to|and|until)\s+(?:the\s+)?(?P<e2>{_DAY}){_NTH}\b(?!\s*(?:%|[a-z]+s\b)))?(?:,?\s+(?P<y2>{_YEAR})\b)?"
    rf"|(?P<m3>{_MONTH}),?\s+(?:of\s+)?(?P<y3>{_YEAR})"
    # "may" alone is a verb, "march" one more: a month by itself is known by its capital and by what stands before it.
    rf"|(?P<m4>{'|'.join(MONTHS)})"
    rf"|(?P<y4>{_YEAR})s?)\b",
    re.IGNORECASE,
)
# "2,000 soldiers" is a count whether or not it has its comma: a year is not followed by what is counted.
_COUNTS = re.compile(
    r"\s+(?:(?!was\b|is\b|has\b|its\b|as\b|this\b|elections?\b)[a-z]+s|people|men|women|troops|personnel|percent|%)\b"
)
_ALONE = re.compile(
    r"(?:\b(?:in|since|of|during|until|by|last|this|next|from|between|to|and|early|late|mid|before|after|through|than"
    r"|for|every|the)\s|^|,\s)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Moment:
    """A date as far as it is given."""

    year: int | None
    month: int | None  # 1 to 12
    days: frozenset[int]  # 1 to 31; both ends of "3 to 5 May"; empty where no day is given
    start: int  # offsets into Reading.plain
    end: int

    def __str__(self) -> str:
        day = "–".join(str(day) for day in sorted(self.days))
        month = MONTHS[self.month - 1].title() if self.month else ""
        return " ".join(part for part in (day, month, str(self.year or "")) if part)


@lru_cache(maxsize=512)
def moments(text: TokenizedText) -> tuple[Moment, ...]:
    """The dates a text gives, in order; a month or day takes the year that stands after it in the same series."""
    found = list(_found(text))
    for place in range(len(found) - 2, -1, -1):
        one, after = found[place], found[place + 1]
        between = text.lower[one.end : after.start]
        if one.year is None and one.month and after.year and after.month and re.fullmatch(_JOIN, between):
            found[place] = replace(one, year=after.year)
    return tuple(found)


_JOIN = r"\s*(?:,|and|or|to|until|through)?\s*(?:on |the |in )*\s*"


def _found(text: TokenizedText) -> Iterator[Moment]:
    for match in _PATTERN.finditer(text.plain):
        name = match["m1"] or match["m2"] or match["m3"] or match["m4"]
        year = match["iso"] or match["y1"] or match["y2"] or match["y3"] or match["y4"]
        if match["m4"] and not (name[0].isupper() and _ALONE.search(text.plain[: match.start()])):
            continue
        if match["y4"] and (
            _COUNTS.match(text.plain, match.end())
            or re.search(r"[\d.,$€£]\s?$", text.plain[: match.start()])
            or re.match(r"[.,]\d|\s?(?:million|billion)", text.plain[match.end() :])
        ):
            continue
        days = [match[key] for key in ("isod", "d1", "e1", "d2", "e2") if match[key]]
        month = int(match["isom"]) if match["isom"] else _month(name)
        yield Moment(
            int(year) if year else None,
            month,
            frozenset(int(day) for day in days),
            match.start(),
            match.end(),
        )


def _month(name: str | None) -> int | None:
    return _SHORT[name.lower().rstrip(".")[:3]] if name else None
