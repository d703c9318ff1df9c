"""The panel beside a briefing: the source of the sentence under the pointer or the keyboard focus."""

from __future__ import annotations

from assistant.desk import Assistant
from assistant.pages.shared import common, markup
from assistant.results.briefing import Briefing
from assistant.results.wording import date_words, place_words, source_name
from vectorstore import StoreError


def show(desk: Assistant, briefing: Briefing) -> None:
    """Draw the panel. It holds the sources of all citations; components.follow shows the one that is pointed at.

    A quote is shown in its surroundings if the report still has it at its place, else alone.
    """
    texts: dict[tuple[str, int], str] = {}  # (document, generation) -> text, "" if it is gone
    rows = []
    for citation in briefing.citations:
        key = citation.document_id, citation.generation
        if key not in texts:
            try:
                texts[key] = desk.text(citation.document_id, citation.generation or None)
            except StoreError:
                texts[key] = ""
        text = texts[key]
        in_place = text[citation.start : citation.end] == citation.quote
        words = (
            markup.passage(text, citation.start, citation.end)
            if in_place
            else markup.passage(citation.quote, 0, len(citation.quote))
        )
        facts = [
            citation.publisher or "publisher unknown",
            date_words(citation.published),
            place_words(citation),
        ]
        credit = " · ".join(fact for fact in [*facts, f"grade {citation.grade}"] if fact)
        number, title = citation.number, common.escape(source_name(citation.title, citation.source))
        rows.append(
            f'<div class="bd-behind" data-behind="{number}">'
            f'<div><span class="bd-cite">{number}</span> <b>{title}</b></div>'
            f"{markup.small(credit)}{words}</div>"
        )
    common.show(
        '<div class="bd-panel"><div class="bd-label">Source</div>'
        '<p class="bd-small bd-hint">Point at a sentence to read the words it rests on.</p>'
        f"{''.join(rows)}</div>"
    )
