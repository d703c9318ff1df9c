"""Conversations and saved briefings, in the ledger."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any, Literal

from vectorstore.errors import NotFound
from vectorstore.ledger.database import Ledger, now
from vectorstore.ledger.saved_sentences import SavedSentence, sentences_resting_on

_TITLE = 80  # characters of a conversation's title


@dataclass(frozen=True)
class Conversation:
    conversation_id: str
    title: str
    created: str  # UTC, ISO 8601
    updated: str


@dataclass(frozen=True)
class Turn:
    role: Literal["user", "assistant"]
    content: str
    answer: dict[str, Any] | None = None  # JSON of the Answer, for the assistant's turns


@dataclass(frozen=True)
class SavedBriefing:
    briefing_id: int
    topic: str
    created: str
    briefing: dict[str, Any]  # JSON of the Briefing


class History:
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def start(self, title: str) -> str:
        """Begin a conversation; returns its id, which cannot be guessed."""
        conversation_id = secrets.token_urlsafe(12)
        with self._ledger.transaction() as connection:
            connection.execute(
                "INSERT INTO conversations VALUES (?, ?, ?, ?)",
                (conversation_id, _short(title), now(), self._latest(conversation_id)),
            )
        return conversation_id

    def conversations(self) -> list[Conversation]:
        """All of them, the one that was last written to first."""
        rows = self._ledger.connection.execute(
            "SELECT * FROM conversations ORDER BY updated DESC, created DESC"
        )
        return [Conversation(*tuple(row)) for row in rows]

    def turns(self, conversation_id: str) -> list[Turn]:
        """Raises NotFound for a conversation that does not exist."""
        self._check(conversation_id)
        rows = self._ledger.connection.execute(
            "SELECT role, content, answer FROM turns WHERE conversation_id = ? ORDER BY number",
            (conversation_id,),
        )
        return [
            Turn(row["role"], row["content"], json.loads(row["answer"]) if row["answer"] else None)
            for row in rows
        ]

    def append(
        self, conversation_id: str, role: str, content: str, answer: Mapping[str, Any] | None = None
    ) -> None:
        with self._ledger.transaction() as connection:
            self._check(conversation_id)
            connection.execute(
                "INSERT INTO turns SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ? FROM turns "
                "WHERE conversation_id = ?",
                (
                    conversation_id,
                    role,
                    content,
                    None if answer is None else json.dumps(answer, ensure_ascii=False),
                    conversation_id,
                ),
            )
            connection.execute(
                "UPDATE conversations SET updated = ? WHERE conversation_id = ?",
                (self._latest(conversation_id), conversation_id),
            )

    def rename(self, conversation_id: str, title: str) -> None:
        self._check(conversation_id)
        with self._ledger.transaction() as connection:
            connection.execute(
                "UPDATE conversations SET title = ? WHERE conversation_id = ?",
                (_short(title), conversation_id),
            )

    def delete(self, conversation_id: str) -> None:
        with self._ledger.transaction() as connection:
            connection.execute("DELETE FROM conversations WHERE conversation_id = ?", (conversation_id,))

    def save_briefing(self, topic: str, briefing: Mapping[str, Any]) -> int:
        with self._ledger.transaction() as connection:
            number = connection.execute(
                "INSERT INTO briefings (topic, created, briefing) VALUES (?, ?, ?)",
                (topic, now(), json.dumps(briefing, ensure_ascii=False)),
            ).lastrowid
        assert number is not None
        return number

    def keep_briefing(self, briefing_id: int, briefing: Mapping[str, Any]) -> None:
        """Put an edited briefing in the place of the saved one. Raises NotFound where that is gone."""
        with self._ledger.transaction() as connection:
            kept = connection.execute(
                "UPDATE briefings SET briefing = ? WHERE briefing_id = ?",
                (json.dumps(briefing, ensure_ascii=False), briefing_id),
            ).rowcount
        if not kept:
            raise NotFound(
                f"There is no saved briefing {briefing_id} (any more): `briefing saved` lists them"
            )

    def briefing(self, briefing_id: int) -> SavedBriefing:
        """Raises NotFound for one that does not exist."""
        found = next((one for one in self.briefings() if one.briefing_id == briefing_id), None)
        if found is None:
            raise NotFound(f"There is no saved briefing {briefing_id}: `briefing saved` lists them")
        return found

    def resting_on(self, documents: Set[str]) -> list[SavedSentence]:
        """Saved sentences, of conversations and briefings, that cite one of these documents."""
        return sentences_resting_on(self._ledger.connection, documents)

    def briefings(self) -> list[SavedBriefing]:
        """All of them, newest first."""
        rows = self._ledger.connection.execute("SELECT * FROM briefings ORDER BY briefing_id DESC")
        return [
            SavedBriefing(row["briefing_id"], row["topic"], row["created"], json.loads(row["briefing"]))
            for row in rows
        ]

    def delete_briefing(self, briefing_id: int) -> None:
        with self._ledger.transaction() as connection:
            connection.execute("DELETE FROM briefings WHERE briefing_id = ?", (briefing_id,))

    def _latest(self, conversation_id: str) -> str:
        """The time, but later than at any other conversation, even where two fall into one second or the clock
        was set back: conversations are ordered by it."""
        latest: str = self._ledger.connection.execute(
            "SELECT max(?, coalesce(max(CASE conversation_id WHEN ? THEN updated "
            "ELSE strftime('%Y-%m-%dT%H:%M:%SZ', updated, '+1 second') END), '')) FROM conversations",
            (now(), conversation_id),
        ).fetchone()[0]
        return latest

    def _check(self, conversation_id: str) -> None:
        if not self._ledger.connection.execute(
            "SELECT 1 FROM conversations WHERE conversation_id = ?", (conversation_id,)
        ).fetchone():
            raise NotFound("This conversation does not exist (any more): start a new one")


def _short(title: str) -> str:
    line = " ".join(title.split())
    return line if len(line) <= _TITLE else line[: _TITLE - 1].rstrip() + "…"
