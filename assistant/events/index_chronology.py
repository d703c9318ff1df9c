"""The chronology of everything: the events that any report of an index, or of those a filter leaves, tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.events.chronology import chronology
from assistant.evidence.scoring import is_whole, sentences_of
from assistant.results.answer import CitationList
from assistant.results.briefing import Chronology
from vectorstore import Filters
from vectorstore.search.hybrid import admitted

if TYPE_CHECKING:
    from assistant.workspace import Workspace

MOST = 2_000  # rows; whoever needs more narrows the reports


def all_events(workspace: Workspace, filters: Filters) -> Chronology:
    """Every event by its date, with its sources, from reports that the filters admit."""
    records = workspace.documents(filters)
    found = [
        one
        for record in records
        for one in sentences_of(workspace.store.passages(record.generation))
        if is_whole(one)
    ]
    citations = CitationList()
    events = chronology(found, citations.number, filters.as_of, MOST, workspace.passage_texts())
    return Chronology(events, citations.citations, admitted(workspace.store.ledger, filters)[1])
