"""Erase removed and replaced versions so that no byte of them stays in the data folder."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from vectorstore.errors import StoreError
from vectorstore.ledger import versions
from vectorstore.ledger.database import BUSY_MS, Ledger
from vectorstore.ledger.originals import needed_originals
from vectorstore.ledger.redaction import redact
from vectorstore.ledger.saved_sentences import saved_sentences
from vectorstore.store import Store

_UNFINISHED = "purge_unfinished"  # key in the ledger: rows are deleted, but files may still hold their bytes
_PATIENCE_MS = 10_000  # milliseconds to wait for readers before the ledger's log is emptied


class PurgeUnfinished(StoreError):
    """Everything is deleted, but a reader keeps old bytes in the files."""

    code = "purge_unfinished"


@dataclass(frozen=True)
class PurgePlan:
    """What a purge will do."""

    documents: int  # removed or replaced versions (dead generations) to erase
    sentences: tuple[str, ...]  # saved sentences, of conversations and briefings, to redact


def plan_purge(store: Store) -> PurgePlan:
    """What `purge` would do now; changes nothing."""
    dead = _dead_generations(store.ledger.connection)
    sentences: list[str] = []
    for _, saved in saved_sentences(store.ledger.connection):
        redact(saved, dead, sentences.append)
    return PurgePlan(len(dead), tuple(dict.fromkeys(sentences)))


def unfinished_purge(ledger: Ledger) -> bool:
    """True if a purge was interrupted before its last byte was erased."""
    return ledger.get(_UNFINISHED) is not None


def purge(store: Store) -> PurgePlan:
    """Erase dead generations, their vectors and originals, and redact what was quoted from them.

    The caller must own Chroma, whose files are rewritten; the ledger is vacuumed. If a purge is interrupted, the next
    one finishes it. Raises PurgeUnfinished if a reader keeps old bytes from being overwritten.
    """
    plan = plan_purge(store)
    store.ledger.connection.execute("PRAGMA secure_delete = ON")
    with store.ledger.transaction() as connection:
        store.ledger.set(_UNFINISHED, "1")
        _redact_saved(connection)
        _delete(connection)
        versions.rebuild_fulltext(store.ledger)
    _erase(store)
    with store.ledger.transaction() as connection:
        connection.execute("DELETE FROM meta WHERE key = ?", (_UNFINISHED,))
    return plan


def _redact_saved(connection: sqlite3.Connection) -> None:
    dead = _dead_generations(connection)
    for place, saved in saved_sentences(connection):
        if not redact(saved, dead):
            continue
        text = json.dumps(saved, ensure_ascii=False)
        if place.briefing is not None:
            connection.execute(
                "UPDATE briefings SET briefing = ? WHERE briefing_id = ?", (text, place.briefing)
            )
        else:  # the plain text of a turn repeats its answer
            connection.execute(
                "UPDATE turns SET answer = ?, content = ? WHERE conversation_id = ? AND number = ?",
                (text, saved["answer"], place.conversation, place.turn),
            )


def _delete(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM generations WHERE state = 'dead'")
    connection.execute("DELETE FROM documents WHERE document_id NOT IN (SELECT document_id FROM generations)")
    connection.execute("DELETE FROM vectors WHERE key NOT IN (SELECT vector_key FROM passages)")
    connection.execute("DELETE FROM jobs WHERE state IN ('done', 'failed')")


def _erase(store: Store) -> None:
    """Rewrite the files from which rows were deleted."""
    connection = store.ledger.connection
    store.ledger.drop_copies()
    with (
        store.ledger.transaction()
    ):  # so that nobody stores an original, or begins to refer to one, meanwhile
        store.originals.drop_all_but(needed_originals(connection))
    connection.execute("INSERT INTO passages_fts (passages_fts) VALUES ('optimize')")
    connection.execute("VACUUM")
    _empty_log(connection)
    store.rebuild()
    _empty_log(connection)


def _empty_log(connection: sqlite3.Connection) -> None:
    """Write the log into the main file and truncate it, which is impossible while somebody reads old pages.

    Raises PurgeUnfinished after waiting `_PATIENCE_MS`.
    """
    connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
    try:
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    if busy:
        raise PurgeUnfinished(
            "What was removed is erased, but somebody who is reading the index keeps old bytes in its files: "
            "run `briefing purge` again when nothing else uses it"
        )


def _dead_generations(connection: sqlite3.Connection) -> set[int]:
    rows = connection.execute("SELECT generation FROM generations WHERE state = 'dead'")
    return {row["generation"] for row in rows}
