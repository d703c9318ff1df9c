"""Checks that each date of a sentence is given by the words it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.date_expressions import DateExpression, date_expressions
from assistant.language.tokens import TokenizedText
from assistant.language.words import small_number
from ingest.text.date_patterns import LONG_YEAR

# Relative dates: the text does not state the day or year, it must be computed.
_RELATIVE_YEAR = re.compile(
    r"\b(?:(?:the )?(?:year before|previous year|preceding year|year earlier|last year|a year (?:ago|later)|next year"
    r"|following year|same (?:\w+ )?(?:period|months) (?:of|in)))\b"
)
_DAYS_AWAY = re.compile(
    r"\b(?:(?P<n>\w+) days? (?:later|earlier|before|after)"
    r"|(?P<next>(?:next|following|previous) day|day (?:before|after)))\b"
)


def date_disagreements(claim: TokenizedText, cited: TokenizedText, around: TokenizedText) -> Iterator[str]:
    """A fault for each date of the sentence that its cited words do not give.

    "on 5 May" is a fault where the cited words give "4 May 2021"; "in May 2021" is none. `around`, the surrounding
    text, may supply a missing year, but no day or month.
    """
    cited_dates = date_expressions(cited.plain)
    years = {date.year for date in cited_dates} | _written_years(cited)
    if _RELATIVE_YEAR.search(cited.lower):
        years |= {year + step for year in years if year for step in (-1, 1)}
    nearby = years | {date.year for date in date_expressions(around.plain)}
    for date in date_expressions(claim.plain):
        if date.month is None:
            if date.year not in years and not _year_is_implied(cited_dates, date.year, nearby):
                yield f"{date} does not stand in the cited words"
        elif not any(_dates_agree(date, cited_date, nearby, cited) for cited_date in cited_dates):
            cited_words = (
                ", ".join(str(cited_date) for cited_date in cited_dates if cited_date.month) or "no such date"
            )
            yield f"{date} does not stand in the cited words (they give {cited_words})"


def _dates_agree(
    date: DateExpression, cited_date: DateExpression, years: set[int | None], cited: TokenizedText
) -> bool:
    """Whether a date is the cited one or less precise: "May 2021" for "4 May 2021", not the reverse.

    `years` may stand in for a missing year; a day may differ by what the text computes ("two days later").
    """
    if cited_date.month is None or date.month != cited_date.month:
        return False
    if (
        date.year is not None
        and cited_date.year != date.year
        and (cited_date.year is not None or date.year not in years)
    ):
        return False
    if date.days <= cited_date.days:
        return True
    if not cited_date.days:
        return False  # more precise than the source
    if len(cited_date.days) == 2 and all(
        min(cited_date.days) <= day <= max(cited_date.days) for day in date.days
    ):
        return True
    return any(
        abs(day - known) == step
        for step in _day_offsets(cited)
        for day in date.days
        for known in cited_date.days
    )


def _day_offsets(text: TokenizedText) -> Iterator[int]:
    """Days between two dates as the text states them: 2 for "two days later", 1 for "the next day"."""
    for match in _DAYS_AWAY.finditer(text.lower):
        if match["next"]:
            yield 1
        elif (count := small_number(match["n"])) is not None:
            yield count


def _year_is_implied(
    cited_dates: tuple[DateExpression, ...], year: int | None, nearby: set[int | None]
) -> bool:
    """Whether no cited date has a year ("4 May") and the surrounding text gives this one."""
    return year in nearby and bool(cited_dates) and all(date.year is None for date in cited_dates)


def _written_years(text: TokenizedText) -> set[int | None]:
    """All years written in a text, also outside dates: {2021} for "the 2021 harvest of 2,021 tonnes"."""
    return {int(year) for year in re.findall(rf"(?<![\d.,]){LONG_YEAR}(?![\d,]|\.\d)", text.plain)}
