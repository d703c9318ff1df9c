"""Values in words, the same on every page and in every exported file."""

from __future__ import annotations

import datetime

from assistant.results.answer import Citation
from assistant.settings import EXTRACTIVE

LONGEST_ROW = 240  # characters of a row of the chronology; a longer sentence is cut at a clause
ELLIPSIS = "…"


def date_words(date: str | None) -> str:
    """A date (YYYY, YYYY-MM or YYYY-MM-DD) in words.

    >>> date_words("2023-07-21"), date_words("2023-07"), date_words("2023"), date_words(None)
    ('21 July 2023', 'July 2023', '2023', 'undated')
    """
    if date is None:
        return "undated"
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 1:
        return date
    month = f"{datetime.date(2000, parts[1], 1):%B} {parts[0]}"
    return month if len(parts) == 2 else f"{parts[2]} {month}"


def moment_words(moment: str) -> str:
    """A moment in ISO 8601 (UTC unless it has an offset), in local time: "21 July 2023, 14:05"; "" if malformed."""
    try:
        parsed = datetime.datetime.fromisoformat(moment)
    except ValueError:
        return ""
    local = (parsed if parsed.tzinfo else parsed.replace(tzinfo=datetime.UTC)).astimezone()
    return f"{local.day} {local:%B %Y, %H:%M}"


def count_words(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun.

    >>> count_words(1, "report"), count_words(1200, "report"), count_words(2, "country", "countries")
    ('1 report', '1,200 reports', '2 countries')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def kind_words(kind: str) -> str:
    """A file kind as users know it.

    >>> kind_words("docx"), kind_words("pdf")
    ('Word', 'PDF')
    """
    return {"docx": "Word", "html": "Web page", "md": "Markdown", "txt": "Text"}.get(kind, kind.upper())


def writer_words(model: str) -> str:
    """Who wrote an answer: the model's name, or that no model was used."""
    return "verbatim sentences from the sources – no model" if model == EXTRACTIVE else model


def place_words(citation: Citation) -> str:
    """Where in its report a citation stands, as far as known: "page 3 · Background"."""
    place = [f"page {citation.page}"] if citation.page is not None else []
    return " · ".join([*place, *([citation.heading] if citation.heading else [])])


def source_name(title: str | None, source: str) -> str:
    """The title of a report, or its file name or address if it has none."""
    return title or source


def shorten(text: str) -> str:
    """A text of at most 240 characters unchanged; a longer one cut at the end of a clause, with an ellipsis."""
    if len(text) <= LONGEST_ROW:
        return text
    cut = max(text.rfind(mark, 80, LONGEST_ROW) for mark in (", ", "; ", " – ", "—"))
    if cut < 0:
        cut = text.rfind(" ", 0, LONGEST_ROW)
    return text[:cut].rstrip(" ,;–—") + " " + ELLIPSIS
