"""What people correct of a report, checked before it is kept."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from ingest.text.cleaning import one_line
from vectorstore.records import first_day, parse_date

_AHEAD = datetime.timedelta(days=31)  # journals are dated to the month in which they will be on sale


def checked_corrections(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Changes that can be stored. Raises ValueError, in words, for one that cannot."""
    kept: dict[str, Any] = {}
    for field, value in changes.items():
        if value is None:
            kept[field] = None
        elif field == "published":
            kept[field] = _past(parse_date(str(value)))
        elif field in ("authors", "tags"):
            kept[field] = list(dict.fromkeys(name for one in value if (name := one_line(one))))
        elif field == "credibility":
            if value not in range(1, 7):
                raise ValueError(
                    f"{value!r} is not a credibility: give a number from 1 (confirmed) to 6 (cannot be judged)"
                )
            kept[field] = int(value)
        elif field in ("title", "publisher", "language"):
            kept[field] = one_line(str(value)) or None
        else:
            raise ValueError(f"There is no field {field!r} to correct")
    return kept


def _past(date: str) -> str:
    latest = datetime.datetime.now(datetime.UTC).date() + _AHEAD
    if first_day(date) > latest.isoformat():
        raise ValueError(f"{date} lies in the future: give the date on which the report was published")
    return date
