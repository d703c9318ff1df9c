"""Conversations and saved briefings, stored in the ledger so that they survive a restart."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any, Literal

from vectorstore.errors import NotFound
from vectorstore.ledger.database import Ledger, now
from vectorstore.ledger.saved_sentences import SavedSentence, sentences_resting_on

_TITLE = 80  # longest title of a conversation, in characters


@dataclass(frozen=True)
class Conversation:
    """One conversation, without its turns."""

    conversation_id: str
    title: str  # at most 80 characters, one line
    created: str  # UTC, ISO 8601
    updated: str  # UTC, ISO 8601; unique and increasing, see `History._latest`


@dataclass(frozen=True)
class Turn:
    """One question or one answer of a conversation."""

    role: Literal["user", "assistant"]
    content: str
    answer: dict[str, Any] | None = None  # JSON of the Answer, for the assistant's turns


@dataclass(frozen=True)
class SavedBriefing:
    """A briefing as it was saved."""

    briefing_id: int
    topic: str
    created: str  # UTC, ISO 8601
    briefing: dict[str, Any]  # JSON of the Briefing


class History:
    """Conversations and saved briefings of one ledger. Safe to share between threads."""

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
        """All conversations, the one last written to first."""
        rows = self._ledger.connection.execute(
            "SELECT * FROM conversations ORDER BY updated DESC, created DESC"
        )
        return [Conversation(*tuple(row)) for row in rows]

    def turns(self, conversation_id: str) -> list[Turn]:
        """The turns of a conversation, oldest first. Raises NotFound if it does not exist."""
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
        """Add a turn; `answer` is the JSON of the Answer. Raises NotFound if the conversation does not exist."""
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
        """Give a conversation another title. Raises NotFound if it does not exist."""
        self._check(conversation_id)
        with self._ledger.transaction() as connection:
            connection.execute(
                "UPDATE conversations SET title = ? WHERE conversation_id = ?",
                (_short(title), conversation_id),
            )

    def delete(self, conversation_id: str) -> None:
        """Delete a conversation with its turns; does nothing if it does not exist."""
        with self._ledger.transaction() as connection:
            connection.execute("DELETE FROM conversations WHERE conversation_id = ?", (conversation_id,))

    def save_briefing(self, topic: str, briefing: Mapping[str, Any]) -> int:
        """Save a briefing (its JSON); returns its number, 1 or more."""
        with self._ledger.transaction() as connection:
            number = connection.execute(
                "INSERT INTO briefings (topic, created, briefing) VALUES (?, ?, ?)",
                (topic, now(), json.dumps(briefing, ensure_ascii=False)),
            ).lastrowid
        assert number is not None
        return number

    def update_briefing(self, briefing_id: int, briefing: Mapping[str, Any]) -> None:
        """Overwrite a saved briefing with its edited form. Raises NotFound if it does not exist."""
        with self._ledger.transaction() as connection:
            updated = connection.execute(
                "UPDATE briefings SET briefing = ? WHERE briefing_id = ?",
                (json.dumps(briefing, ensure_ascii=False), briefing_id),
            ).rowcount
        if not updated:
            raise NotFound(
                f"There is no saved briefing {briefing_id} (any more): `briefing saved` lists them"
            )

    def briefing(self, briefing_id: int) -> SavedBriefing:
        """A saved briefing by its number. Raises NotFound if it does not exist."""
        saved = next((row for row in self.briefings() if row.briefing_id == briefing_id), None)
        if saved is None:
            raise NotFound(f"There is no saved briefing {briefing_id}: `briefing saved` lists them")
        return saved

    def resting_on(self, documents: Set[str]) -> list[SavedSentence]:
        """Saved sentences, of conversations and briefings, that cite one of these documents (by id)."""
        return sentences_resting_on(self._ledger.connection, documents)

    def briefings(self) -> list[SavedBriefing]:
        """All saved briefings, newest first."""
        rows = self._ledger.connection.execute("SELECT * FROM briefings ORDER BY briefing_id DESC")
        return [
            SavedBriefing(row["briefing_id"], row["topic"], row["created"], json.loads(row["briefing"]))
            for row in rows
        ]

    def delete_briefing(self, briefing_id: int) -> None:
        """Delete a saved briefing; does nothing if it does not exist."""
        with self._ledger.transaction() as connection:
            connection.execute("DELETE FROM briefings WHERE briefing_id = ?", (briefing_id,))

    def _latest(self, conversation_id: str) -> str:
        """The present time, or one second after the latest update of any other conversation, whichever is later.

        Conversations are sorted by it, so it must grow even within one second or after the clock was set back.
        """
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
    """A title on one line, cut at 80 characters: `_short("What\nhappened?") == "What happened?"`."""
    line = " ".join(title.split())
    return line if len(line) <= _TITLE else line[: _TITLE - 1].rstrip() + "…"
