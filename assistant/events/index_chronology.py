"""The chronology of everything: the events that any report of an index, or of those a filter leaves, tells of."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from assistant.briefings.themes import is_whole
from assistant.events.chronology import TextOf, chronology
from assistant.evidence.scoring import sentences_of
from assistant.results.answer import CitationList
from assistant.results.briefing import Chronology
from vectorstore import Filters, Passage
from vectorstore.search.hybrid import admitted

if TYPE_CHECKING:
    from assistant.desk import Assistant

MOST = 2_000  # rows; whoever needs more narrows the reports


def all_events(desk: Assistant, filters: Filters) -> Chronology:
    """Every event by its date, with its sources, from reports that the filters admit."""
    records = desk.documents(filters)
    found = [
        one
        for record in records
        for one in sentences_of(desk.store.passages(record.generation))
        if is_whole(one)
    ]
    citations = CitationList()
    events = chronology(found, citations.number, filters.as_of, MOST, texts(desk))
    return Chronology(events, citations.citations, admitted(desk.store.ledger, filters)[1])


def texts(desk: Assistant) -> TextOf:
    """The extracted text of the report that a passage is of, each read once."""

    @cache
    def text(document: str, generation: int) -> str:
        return desk.text(document, generation)

    def text_of(passage: Passage) -> str:
        return text(passage.document_id, passage.generation)

    return text_of
