"""Erasing what was removed or replaced, so that no byte of it stays in the data folder."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from vectorstore import catalogue
from vectorstore.originals import needed
from vectorstore.store import Store

REDACTED = "[erased with its source]"


@dataclass(frozen=True)
class PurgePlan:
    """What a purge will do."""

    documents: int  # removed or replaced versions to erase
    sentences: tuple[str, ...]  # saved sentences, of conversations and briefings, to redact


def plan(store: Store) -> PurgePlan:
    dead = _dead(store.ledger.connection)
    found: list[str] = []
    for _, saved in _saved(store.ledger.connection):
        _redact(saved, dead, found.append)
    return PurgePlan(len(dead), tuple(dict.fromkeys(found)))


def purge(store: Store) -> PurgePlan:
    """Erase dead generations, their vectors and originals, and redact what was quoted from them.

    The caller holds Chroma's lock: its files are written anew, the ledger is vacuumed.
    """
    planned = plan(store)
    ledger = store.ledger
    connection = ledger.connection
    connection.execute("PRAGMA secure_delete = ON")
    ledger.drop_copies()
    with ledger.transaction():
        dead = _dead(connection)
        for update, saved in _saved(connection):
            if _redact(saved, dead, lambda _: None):
                connection.execute(update[0], (json.dumps(saved, ensure_ascii=False), *update[1:]))
        _blank_redacted_turns(connection)
        connection.execute("DELETE FROM generations WHERE state = 'dead'")
        connection.execute(
            "DELETE FROM documents WHERE document_id NOT IN (SELECT document_id FROM generations)"
        )
        connection.execute("DELETE FROM vectors WHERE key NOT IN (SELECT vector_key FROM passages)")
        connection.execute("DELETE FROM jobs WHERE state IN ('done', 'failed')")
        catalogue.rebuild_fulltext(ledger)
    store.originals.drop_all_but(needed(connection))
    connection.execute("INSERT INTO passages_fts (passages_fts) VALUES ('optimize')")
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.rebuild()
    return planned


def _dead(connection: sqlite3.Connection) -> set[int]:
    rows = connection.execute("SELECT generation FROM generations WHERE state = 'dead'")
    return {row["generation"] for row in rows}


Update = tuple[Any, ...]  # SQL with the JSON first, then its other arguments


def _saved(connection: sqlite3.Connection) -> list[tuple[Update, dict[str, Any]]]:
    """Every saved answer and briefing, with the statement that writes it back."""
    answers = connection.execute("SELECT conversation_id, number, answer FROM turns WHERE answer IS NOT NULL")
    found: list[tuple[Update, dict[str, Any]]] = [
        (
            (
                "UPDATE turns SET answer = ? WHERE conversation_id = ? AND number = ?",
                row["conversation_id"],
                row["number"],
            ),
            json.loads(row["answer"]),
        )
        for row in answers.fetchall()
    ]
    briefings = connection.execute("SELECT briefing_id, briefing FROM briefings").fetchall()
    found += [
        (
            ("UPDATE briefings SET briefing = ? WHERE briefing_id = ?", row["briefing_id"]),
            json.loads(row["briefing"]),
        )
        for row in briefings
    ]
    return found


def _redact(saved: dict[str, Any], dead: set[int], tell: Callable[[str], None]) -> bool:
    """Redact, in place, everything that rests on a dead generation; says whether anything did."""
    gone = {one["number"] for one in saved.get("citations", []) if one.get("generation") in dead}
    nearest = [one for one in saved.get("nearest", []) if one.get("text")]
    if not gone and not nearest:
        return False
    saved.pop("nearest", None)  # whole passages, shown once with a refusal: not worth keeping
    for one in saved["citations"]:
        if one["number"] in gone:
            one["quote"], one["heading"], one["title"] = REDACTED, None, None
    for row in _rows_with_citations(saved):
        if gone & set(row["citations"]):
            tell(row["text"])
            row["text"] = REDACTED
    if "answer" in saved:
        saved["answer"] = " ".join(
            row["text"] + "".join(f" [{n}]" for n in row["citations"]) for row in saved["sentences"]
        )
    return True


def _rows_with_citations(saved: dict[str, Any]) -> list[dict[str, Any]]:
    rows = list(saved.get("sentences", [])) + list(saved.get("bottom_line", []))
    rows += [row for paragraph in saved.get("paragraphs", []) for row in paragraph["sentences"]]
    rows += saved.get("chronology", [])
    return rows + [side for conflict in saved.get("conflicts", []) for side in conflict["sides"]]


def _blank_redacted_turns(connection: sqlite3.Connection) -> None:
    """A turn's plain text repeats its answer: write it from the redacted answer again."""
    for row in connection.execute(
        "SELECT conversation_id, number, answer FROM turns WHERE answer LIKE ?", (f"%{REDACTED}%",)
    ).fetchall():
        connection.execute(
            "UPDATE turns SET content = ? WHERE conversation_id = ? AND number = ?",
            (json.loads(row["answer"])["answer"], row["conversation_id"], row["number"]),
        )
