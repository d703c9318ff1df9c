"""A chronology as a CSV table that Excel opens without an import dialog."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from assistant.export import content
from assistant.results.answer import Citation
from assistant.results.briefing import Briefing, Event
from assistant.results.wording import date_words, source_name

COLUMNS = ("date", "precision", "place", "actor", "what happened", "casualties", "sources", "quotes")
# A spreadsheet takes a cell that begins with one of these for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def render(briefing: Briefing) -> bytes:
    """The chronology of a briefing as a CSV file; the header alone if it has no events."""
    return table(briefing.chronology, briefing.citations)


def table(events: Sequence[Event], citations: Sequence[Citation]) -> bytes:
    """One row per event under COLUMNS, lines ending in CRLF; sources and quotes of an event one per line in a cell.

    UTF-8 with a byte order mark: without it Excel reads the file in the system's code page. Raises KeyError if an
    event cites a number that `citations` does not have.
    """
    by_number = {citation.number: citation for citation in citations}
    file = io.StringIO(newline="")
    write = csv.writer(file, lineterminator="\r\n").writerow
    write(COLUMNS)
    for event in events:
        cited = [by_number[number] for number in event.citations]
        write(
            _safe(text)
            for text in (
                event.date,
                event.precision,
                event.place or "",
                event.actor or "",
                content.sentence_text(event.text),
                event.casualties or "",
                "\n".join(_source(citation) for citation in cited),
                "\n".join(content.quote(citation) for citation in cited),
            )
        )
    return file.getvalue().encode("utf-8-sig")


def _source(citation: Citation) -> str:
    """Publisher, title and date of a report on one line."""
    parts = (
        citation.publisher,
        source_name(citation.title, citation.source),
        date_words(citation.published),
    )
    return content.sentence_text(", ".join(part for part in parts if part))


def _safe(text: str) -> str:
    """The text of a cell; an apostrophe before what a spreadsheet would run: `_safe("=1+1")` is "'=1+1"."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
