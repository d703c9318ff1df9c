"""Checks what people correct about a report before it is stored."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from ingest.text.cleaning import one_line
from vectorstore.records import first_day, parse_date

_AHEAD = datetime.timedelta(days=31)  # journals are dated ahead, to the month in which they are sold


def checked_corrections(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes in the form in which they are stored; None takes a correction back.

    Fields: `title`, `publisher`, `language`, `published` (YYYY, YYYY-MM or YYYY-MM-DD, at most 31 days ahead),
    `authors` and `tags` (lists), `credibility` (1 to 6). Raises ValueError for an unknown field or a bad value.
    `checked_corrections({"tags": [" floods ", "floods"]})` is `{"tags": ["floods"]}`.
    """
    checked: dict[str, Any] = {}
    for field, value in changes.items():
        if value is None:
            checked[field] = None
        elif field == "published":
            checked[field] = _past(parse_date(str(value)))
        elif field in ("authors", "tags"):
            checked[field] = list(dict.fromkeys(name for text in value if (name := one_line(text))))
        elif field == "credibility":
            if value not in range(1, 7):
                raise ValueError(
                    f"{value!r} is not a credibility: give a number from 1 (confirmed) to 6 (cannot be judged)"
                )
            checked[field] = int(value)
        elif field in ("title", "publisher", "language"):
            checked[field] = one_line(str(value)) or None
        else:
            raise ValueError(f"There is no field {field!r} to correct")
    return checked


def _past(date: str) -> str:
    """The date. Raises ValueError if it lies more than `_AHEAD` in the future."""
    latest = datetime.datetime.now(datetime.UTC).date() + _AHEAD
    if first_day(date) > latest.isoformat():
        raise ValueError(f"{date} lies in the future: give the date on which the report was published")
    return date
