"""A date that is claimed must be a date that is cited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.date_expressions import DateExpression, date_expressions
from assistant.language.tokens import TokenizedText
from assistant.language.words import UNITS
from ingest.text.date_patterns import LONG_YEAR

# A day, month or year told from another: what it comes to can only be worked out.
_RELATIVE_YEAR = re.compile(
    r"\b(?:(?:the )?(?:year before|previous year|preceding year|year earlier|last year|a year (?:ago|later)|next year"
    r"|following year|same (?:\w+ )?(?:period|months) (?:of|in)))\b"
)
_DAYS_AWAY = re.compile(
    r"\b(?:(?P<n>\w+) days? (?:later|earlier|before|after)"
    r"|(?P<next>(?:next|following|previous) day|day (?:before|after)))\b"
)


def date_disagreements(ours: TokenizedText, cited: TokenizedText, around: TokenizedText) -> Iterator[str]:
    """Dates of a sentence that its cited words do not give.

    `around` is the text about them, which may supply a year that they leave out, but no day or month.
    """
    theirs = date_expressions(cited.plain)
    years = {one.year for one in theirs} | _written_years(cited)
    if _RELATIVE_YEAR.search(cited.lower):
        years |= {year + step for year in years if year for step in (-1, 1)}
    nearby = years | {one.year for one in date_expressions(around.plain)}
    for one in date_expressions(ours.plain):
        if one.month is None:
            if one.year not in years and not _left_open(theirs, one.year, nearby):
                yield f"{one} does not stand in the cited words"
        elif not any(_agree(one, other, nearby, cited) for other in theirs):
            given = ", ".join(str(other) for other in theirs if other.month) or "no such date"
            yield f"{one} does not stand in the cited words (they give {given})"


def _agree(one: DateExpression, other: DateExpression, years: set[int | None], cited: TokenizedText) -> bool:
    if other.month is None or one.month != other.month:
        return False
    if one.year is not None and other.year != one.year and (other.year is not None or one.year not in years):
        return False
    if one.days <= other.days:
        return True
    if not other.days:
        return False  # more precise than the source
    if len(other.days) == 2 and all(min(other.days) <= day <= max(other.days) for day in one.days):
        return True
    return any(abs(day - known) == step for step in _steps(cited) for day in one.days for known in other.days)


def _steps(text: TokenizedText) -> Iterator[int]:
    """Numbers of days by which a text tells one day from another ("two days later")."""
    for match in _DAYS_AWAY.finditer(text.lower):
        if match["next"]:
            yield 1
        elif match["n"].isdigit() or match["n"] in UNITS:
            yield int(match["n"]) if match["n"].isdigit() else UNITS[match["n"]]


def _left_open(theirs: tuple[DateExpression, ...], year: int | None, nearby: set[int | None]) -> bool:
    """Whether the cited words give a day or month without its year, and the text about them gives this one."""
    return year in nearby and bool(theirs) and all(other.year is None for other in theirs)


def _written_years(text: TokenizedText) -> set[int | None]:
    return {int(year) for year in re.findall(rf"(?<![\d.,]){LONG_YEAR}(?![\d,]|\.\d)", text.plain)}
