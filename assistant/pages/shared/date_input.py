"""Dates as people type them, in the form the desk takes."""

from __future__ import annotations

import re

from assistant.corrections import checked_corrections
from assistant.results.wording import date_words
from ingest.metadata.dates import parse_date as parse_written
from vectorstore.records import parse_date

HELP = "A day, a month or a year: 30 June 2023, 2023-06-30, June 2023 or 2023"
EXAMPLE = "30 June 2023, June 2023 or 2023"


def typed(text: str) -> str:
    """The date that was typed as YYYY, YYYY-MM or YYYY-MM-DD.

    Raises ValueError, with forms that are taken, for what is none or could be two.
    """
    given = " ".join(text.split())
    try:
        return parse_date(given)
    except ValueError:
        written = parse_written(given)
    if written is None:
        raise ValueError(f"“{given}” is not a date: write it like {EXAMPLE}")
    if len(written) == 4 and re.search(r"\d[/.]\d", given):
        raise ValueError(
            f"In “{given}” the day and the month cannot be told apart: write the month as a word"
        )
    return written


def shown(date: str | None) -> str:
    """A known date as the text of a field."""
    return date_words(date) if date else ""


def published(text: str, before: str | None) -> str | None:
    """As `typed`, of a publication date; None where nothing stands, and `before` where its text still does.

    Raises ValueError also for a date in the future.
    """
    if text.strip() == shown(before):
        return before
    if not text.strip():
        return None
    date: str = checked_corrections({"published": typed(text)})["published"]
    return date
