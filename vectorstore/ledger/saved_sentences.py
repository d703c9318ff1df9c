"""The saved answers and briefings, and which of their sentences cite a given document."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Set
from dataclasses import asdict, dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class SavedPlace:
    """Where an answer (`conversation` and `turn`) or a `briefing` is saved."""

    title: str  # of the conversation, or the topic of the briefing
    conversation: str | None = None  # id
    turn: int | None = None  # 1-based
    briefing: int | None = None  # id


@dataclass(frozen=True)
class SavedSentence:
    """A sentence of a saved answer or briefing, which somebody may have passed on."""

    kind: Literal["answer", "briefing"]
    id: str  # of the conversation or the briefing
    title: str  # of the conversation, or the topic of the briefing
    text: str

    def to_json(self) -> dict[str, Any]:
        """The fields as JSON."""
        return asdict(self)


def saved_sentences(connection: sqlite3.Connection) -> Iterator[tuple[SavedPlace, dict[str, Any]]]:
    """Every saved answer and briefing as JSON, with the place it is saved at."""
    turns = connection.execute(
        "SELECT t.conversation_id, t.number, t.answer, c.title FROM turns t JOIN conversations c "
        "ON c.conversation_id = t.conversation_id WHERE t.answer IS NOT NULL"
    )
    for row in turns.fetchall():
        yield SavedPlace(row["title"], row["conversation_id"], row["number"]), json.loads(row["answer"])
    for row in connection.execute("SELECT briefing_id, topic, briefing FROM briefings").fetchall():
        yield SavedPlace(row["topic"], briefing=row["briefing_id"]), json.loads(row["briefing"])


def sentences_resting_on(connection: sqlite3.Connection, documents: Set[str]) -> list[SavedSentence]:
    """The saved sentences that cite one of these documents (by id), each once per conversation or briefing."""
    resting: dict[SavedSentence, None] = {}
    for place, row in saved_sentences(connection):
        numbers = {
            citation["number"]
            for citation in row.get("citations", ())
            if citation.get("document_id") in documents
        }
        if not numbers:
            continue
        for text in _citing(row, numbers):
            if place.briefing is not None:
                resting[SavedSentence("briefing", str(place.briefing), place.title, text)] = None
            else:
                resting[SavedSentence("answer", str(place.conversation), place.title, text)] = None
    return list(resting)


def _citing(row: Mapping[str, Any], numbers: Set[int]) -> Iterator[str]:
    """The sentences of an answer or a briefing that cite one of these numbers."""
    parts = [
        row.get(name, ())
        for name in ("sentences", "bottom_line", "key_judgements", "alternatives", "chronology")
    ]
    parts += [paragraph["sentences"] for paragraph in row.get("paragraphs", ())]
    parts += [conflict["sides"] for conflict in row.get("conflicts", ())]
    for sentences in parts:
        yield from (
            sentence["text"] for sentence in sentences if not numbers.isdisjoint(sentence["citations"])
        )
