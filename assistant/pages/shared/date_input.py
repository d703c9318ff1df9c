"""Dates as people type them, turned into the form that the desk takes, and back."""

from __future__ import annotations

import re

from assistant.corrections import checked_corrections
from assistant.results.wording import date_words
from ingest.metadata.dates import parse_written_date
from vectorstore.records import parse_date

HELP = "A day, a month or a year: 30 June 2023, 2023-06-30, June 2023 or 2023"
EXAMPLE = "30 June 2023, June 2023 or 2023"


def typed(text: str) -> str:
    """A typed date as YYYY, YYYY-MM or YYYY-MM-DD: "30 June 2023" is "2023-06-30".

    Raises ValueError for text that is no date, or a date like 3/4/2022, which could be two; it says what to write.
    """
    date = " ".join(text.split())
    try:
        return parse_date(date)
    except ValueError:
        written = parse_written_date(date)
    if written is None:
        raise ValueError(f"“{date}” is not a date: write it like {EXAMPLE}")
    if len(written) == 4 and re.search(r"\d[/.]\d", date):
        raise ValueError(f"In “{date}” the day and the month cannot be told apart: write the month as a word")
    return written


def shown(date: str | None) -> str:
    """A known date as the text of a field: "2023-06" is "June 2023", None is ""."""
    return date_words(date) if date else ""


def published(text: str, before: str | None) -> str | None:
    """A typed publication date as in `typed`: None for an empty field, `before` if the field still shows that date.

    Raises ValueError as `typed` does, and for a date in the future.
    """
    if text.strip() == shown(before):
        return before
    if not text.strip():
        return None
    date: str = checked_corrections({"published": typed(text)})["published"]
    return date
