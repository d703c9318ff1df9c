"""Builds the chronology of a whole index, or of the reports that a filter admits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.events.chronology import chronology
from assistant.evidence.scoring import is_whole, sentences_of
from assistant.results.answer import CitationList
from assistant.results.briefing import Chronology
from vectorstore import Filters
from vectorstore.search.hybrid import admitted_generations

if TYPE_CHECKING:
    from assistant.workspace import Workspace

_MOST_ROWS = 2_000  # rows; a user who needs more narrows the reports


def all_events(workspace: Workspace, filters: Filters) -> Chronology:
    """All events of the reports that the filters admit, by date, with numbered citations."""
    records = workspace.documents(filters)
    sentences = [
        sentence
        for record in records
        for sentence in sentences_of(workspace.store.passages(record.generation))
        if is_whole(sentence)
    ]
    citations = CitationList()
    events = chronology(sentences, citations.number, filters.as_of, _MOST_ROWS, workspace.passage_texts())
    return Chronology(events, citations.citations, admitted_generations(workspace.store.ledger, filters)[1])
