"""A chronology as a table for a spreadsheet: CSV as Excel reads it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from assistant.export import content
from assistant.results.answer import Citation
from assistant.results.briefing import Briefing, Event
from assistant.results.wording import date_words, source_name

COLUMNS = ("date", "precision", "place", "actor", "what happened", "casualties", "sources", "quotes")
# A cell that begins with one of these is a formula to a spreadsheet, whatever a report meant by it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def render(one: Briefing) -> bytes:
    return table(one.chronology, one.citations)


def table(events: Sequence[Event], citations: Sequence[Citation]) -> bytes:
    """One row an event, line ends CRLF, UTF-8 with a mark by which Excel knows it; sources and quotes one a line."""
    numbered = {one.number: one for one in citations}
    made = io.StringIO(newline="")
    write = csv.writer(made, lineterminator="\r\n").writerow
    write(COLUMNS)
    for event in events:
        cited = [numbered[number] for number in event.citations]
        write(
            _safe(text)
            for text in (
                event.date,
                event.precision,
                event.place or "",
                event.actor or "",
                content.sentence_text(event.text),
                event.casualties or "",
                "\n".join(_source(one) for one in cited),
                "\n".join(content.quote(one) for one in cited),
            )
        )
    return made.getvalue().encode("utf-8-sig")


def _source(one: Citation) -> str:
    parts = (one.publisher, source_name(one.title, one.source), date_words(one.published))
    return content.sentence_text(", ".join(part for part in parts if part))


def _safe(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
