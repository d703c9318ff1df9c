"""Values in words, the same on every page and in every file."""

from __future__ import annotations

import datetime

from assistant.results.answer import Citation
from assistant.settings import EXTRACTIVE


def date_words(date: str | None) -> str:
    """21 July 2023, July 2023, 2023, or undated."""
    if date is None:
        return "undated"
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 1:
        return date
    month = f"{datetime.date(2000, parts[1], 1):%B} {parts[0]}"
    return month if len(parts) == 2 else f"{parts[2]} {month}"


def moment_words(moment: str) -> str:
    """21 July 2023, 14:05, in the time of this machine, of a UTC moment in ISO 8601."""
    try:
        there = datetime.datetime.fromisoformat(moment)
    except ValueError:
        return ""
    here = (there if there.tzinfo else there.replace(tzinfo=datetime.UTC)).astimezone()
    return f"{here.day} {here:%B %Y, %H:%M}"


def count_words(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def kind_words(kind: str) -> str:
    return {"docx": "Word", "html": "Web page", "md": "Markdown", "txt": "Text"}.get(kind, kind.upper())


def writer_words(model: str) -> str:
    return "verbatim sentences from the sources – no model" if model == EXTRACTIVE else model


def place_words(citation: Citation) -> str:
    """Where in the report: page and heading, as far as they are known."""
    place = [f"page {citation.page}"] if citation.page is not None else []
    return " · ".join([*place, *([citation.heading] if citation.heading else [])])


def source_name(title: str | None, source: str) -> str:
    return title or source


_LONGEST = 240  # characters of a row; a longer sentence is cut at a clause


_ELLIPSIS = "…"


def shorten(text: str) -> str:
    """A long sentence up to the end of a clause, with an ellipsis."""
    if len(text) <= _LONGEST:
        return text
    cut = max(text.rfind(mark, 80, _LONGEST) for mark in (", ", "; ", " – ", "—"))
    if cut < 0:
        cut = text.rfind(" ", 0, _LONGEST)
    return text[:cut].rstrip(" ,;–—") + " " + _ELLIPSIS
