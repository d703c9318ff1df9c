"""Everything that was saved of what the desk has written: answers of conversations, and briefings."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Set
from dataclasses import asdict, dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class SavedPlace:
    """Where a saved answer or briefing is kept."""

    title: str  # of the conversation, or the topic
    conversation: str | None = None
    turn: int | None = None
    briefing: int | None = None


@dataclass(frozen=True)
class SavedSentence:
    """A sentence that somebody may have handed on."""

    kind: Literal["answer", "briefing"]
    id: str  # of the conversation or the briefing
    title: str
    text: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def saved_sentences(connection: sqlite3.Connection) -> Iterator[tuple[SavedPlace, dict[str, Any]]]:
    """Every saved answer and briefing, as JSON."""
    turns = connection.execute(
        "SELECT t.conversation_id, t.number, t.answer, c.title FROM turns t JOIN conversations c "
        "ON c.conversation_id = t.conversation_id WHERE t.answer IS NOT NULL"
    )
    for row in turns.fetchall():
        yield SavedPlace(row["title"], row["conversation_id"], row["number"]), json.loads(row["answer"])
    for row in connection.execute("SELECT briefing_id, topic, briefing FROM briefings").fetchall():
        yield SavedPlace(row["topic"], briefing=row["briefing_id"]), json.loads(row["briefing"])


def sentences_resting_on(connection: sqlite3.Connection, documents: Set[str]) -> list[SavedSentence]:
    """The saved sentences that cite one of these documents, each once a place."""
    found: dict[SavedSentence, None] = {}
    for place, row in saved_sentences(connection):
        cited = {one["number"] for one in row.get("citations", ()) if one.get("document_id") in documents}
        if not cited:
            continue
        for text in _citing(row, cited):
            if place.briefing is not None:
                found[SavedSentence("briefing", str(place.briefing), place.title, text)] = None
            else:
                found[SavedSentence("answer", str(place.conversation), place.title, text)] = None
    return list(found)


def _citing(row: Mapping[str, Any], numbers: Set[int]) -> Iterator[str]:
    lists = [
        row.get(name, ())
        for name in ("sentences", "bottom_line", "key_judgements", "alternatives", "chronology")
    ]
    lists += [one["sentences"] for one in row.get("paragraphs", ())]
    lists += [one["sides"] for one in row.get("conflicts", ())]
    for each in lists:
        yield from (one["text"] for one in each if not numbers.isdisjoint(one["citations"]))
