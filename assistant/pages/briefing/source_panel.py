"""Beside a briefing: the words behind the sentence under the cursor, or the one that the keyboard is at."""

from __future__ import annotations

from assistant.desk import Assistant
from assistant.pages.shared import common, markup
from assistant.results.briefing import Briefing
from assistant.results.wording import date_words, place_words, source_name
from vectorstore import StoreError


def show(desk: Assistant, one: Briefing) -> None:
    """The panel with the sources of all citations, each shown when its sentence is pointed at; see scripts.follow."""
    texts: dict[tuple[str, int], str] = {}
    rows = []
    for citation in one.citations:
        key = citation.document_id, citation.generation
        if key not in texts:
            try:
                texts[key] = desk.text(citation.document_id, citation.generation or None)
            except StoreError:
                texts[key] = ""
        text = texts[key]
        there = text[citation.start : citation.end] == citation.quote
        words = (
            markup.passage(text, citation.start, citation.end)
            if there
            else markup.passage(citation.quote, 0, len(citation.quote))
        )
        facts = [
            citation.publisher or "publisher unknown",
            date_words(citation.published),
            place_words(citation),
        ]
        told = " · ".join(fact for fact in [*facts, f"grade {citation.grade}"] if fact)
        number, title = citation.number, common.escape(source_name(citation.title, citation.source))
        rows.append(
            f'<div class="bd-behind" data-behind="{number}">'
            f'<div><span class="bd-cite">{number}</span> <b>{title}</b></div>'
            f"{markup.small(told)}{words}</div>"
        )
    common.show(
        '<div class="bd-panel"><div class="bd-label">Source</div>'
        '<p class="bd-small bd-hint">Point at a sentence to read the words it rests on.</p>'
        f"{''.join(rows)}</div>"
    )
