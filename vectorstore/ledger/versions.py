"""Versions of documents: what goes live, what is hidden, what people correct.

Every function that changes what a reader sees does so in one transaction and bumps the revision.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest import Document, Span
from vectorstore.errors import NotFound
from vectorstore.ledger import near_duplicates
from vectorstore.ledger.catalogue import CORRECTABLE, document_id, text_hash
from vectorstore.ledger.database import Ledger, now

_INSERT_PASSAGE = (
    'INSERT INTO passages (generation, passage_id, start, "end", page, heading, text, context, vector_key) '
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True)
class NewVersion:
    """A version of a document ready to go live: its passages' vectors are in the ledger."""

    document: Document
    original: str  # SHA-256 of the bytes read
    spans: Sequence[Span]
    contexts: Sequence[str]  # embedded before each passage's text
    keys: Sequence[bytes]  # of each passage's vector
    brought: Mapping[str, str] = field(default_factory=dict)  # see `brought`


def corrected_value(document: Document) -> dict[str, Any]:
    """A document's own metadata as the ledger keeps it."""
    meta = document.metadata
    return {
        "title": meta.title,
        "authors": list(meta.authors),
        "publisher": meta.publisher,
        "published": meta.published,
        "language": meta.language,
        "tags": list(meta.tags),
        "address": meta.address,
        "found": dict(meta.found),
    }


def go_live(
    ledger: Ledger,
    identity: str,
    source: str,
    version: NewVersion,
    corrected: Mapping[str, Any],
    parent: str | None = None,
) -> str:
    """Make a version the live one, its full-text rows included, and the former one dead.

    `corrected` holds the fields that people set, of CORRECTABLE and "tags". Returns the document's id.
    """
    which = document_id(identity)
    with ledger.transaction() as connection:
        connection.execute(
            "INSERT INTO documents (document_id, identity, source, added, parent) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (document_id) DO UPDATE SET source = excluded.source, parent = excluded.parent",
            (which, identity, source, now(), parent),
        )
        retire_generation(connection, which)
        document = version.document
        generation = connection.execute(
            "INSERT INTO generations (document_id, state, original, text_hash, kind, text, pages, stated, "
            "created) VALUES (?, 'live', ?, ?, ?, ?, ?, ?, ?)",
            (
                which,
                version.original,
                text_hash(document.text),
                document.kind,
                document.text,
                document.pages,
                json.dumps(
                    {**corrected_value(document), "brought": dict(version.brought)}, ensure_ascii=False
                ),
                now(),
            ),
        ).lastrowid
        assert generation is not None
        connection.executemany(
            _INSERT_PASSAGE,
            _passage_rows(which, generation, version),
        )
        _write_fulltext(connection, generation)
        near_duplicates.record_shingles(
            connection, generation, [document.text[span.start : span.end] for span in version.spans]
        )
        _put_in_force(connection, which, corrected_value(document), corrected)
        ledger.bump(connection)
    return which


def copy_generation(
    ledger: Ledger, which: str, generation: int, contexts: Sequence[str], keys: Sequence[bytes]
) -> None:
    """Replace a live generation by one of the same text and passages, with other contexts and vectors."""
    with ledger.transaction() as connection:
        if not retire_generation(connection, which):
            raise NotFound(f"There is no document with the id {which!r}: `briefing list` shows the ids")
        copy = connection.execute(
            "INSERT INTO generations (document_id, state, original, text_hash, kind, text, pages, stated, "
            "created) SELECT document_id, 'live', original, text_hash, kind, text, pages, stated, ? "
            "FROM generations WHERE generation = ?",
            (now(), generation),
        ).lastrowid
        assert copy is not None
        old = connection.execute(
            'SELECT passage_id, start, "end", page, heading, text FROM passages WHERE generation = ? '
            "ORDER BY row",
            (generation,),
        ).fetchall()
        connection.executemany(
            _INSERT_PASSAGE,
            [
                (copy, *tuple(row), context, key)
                for row, context, key in zip(old, contexts, keys, strict=True)
            ],
        )
        _write_fulltext(connection, copy)
        near_duplicates.copy_shingles(connection, generation, copy)
        ledger.bump(connection)


def _passage_rows(which: str, generation: int, version: NewVersion) -> Iterable[tuple[Any, ...]]:
    content = text_hash(version.document.text)
    for span, context, key in zip(version.spans, version.contexts, version.keys, strict=True):
        seed = f"{which}\n{content}\n{span.start}\n{span.end}"
        passage_id = hashlib.sha256(seed.encode()).hexdigest()[:16]
        text = version.document.text[span.start : span.end]
        yield generation, passage_id, span.start, span.end, span.page, span.heading, text, context, key


def _write_fulltext(connection: sqlite3.Connection, generation: int) -> None:
    connection.execute(
        "INSERT INTO passages_fts (rowid, text, context) "
        "SELECT row, text, context FROM passages WHERE generation = ?",
        (generation,),
    )


def rebuild_fulltext(ledger: Ledger) -> None:
    """Make the full-text index anew from the live passages; what it held of others is gone."""
    with ledger.transaction() as connection:
        connection.execute("INSERT INTO passages_fts (passages_fts) VALUES ('delete-all')")
        connection.execute(
            "INSERT INTO passages_fts (rowid, text, context) SELECT p.row, p.text, p.context FROM passages p "
            "JOIN generations g ON g.generation = p.generation AND g.state = 'live'"
        )
        ledger.bump(connection)


def retire_generation(connection: sqlite3.Connection, which: str) -> bool:
    """Make a document's live generation dead; says whether there was one."""
    row = connection.execute(
        "SELECT generation FROM generations WHERE document_id = ? AND state = 'live'", (which,)
    ).fetchone()
    if row is None:
        return False
    connection.execute(
        "INSERT INTO passages_fts (passages_fts, rowid, text, context) "
        "SELECT 'delete', row, text, context FROM passages WHERE generation = ?",
        (row["generation"],),
    )
    connection.execute("UPDATE generations SET state = 'dead' WHERE generation = ?", (row["generation"],))
    return True


def _put_in_force(
    connection: sqlite3.Connection, which: str, read: Mapping[str, Any], corrected: Mapping[str, Any]
) -> None:
    force = {field: corrected.get(field, read.get(field)) for field in CORRECTABLE}
    connection.execute(
        "UPDATE documents SET title = ?, authors = ?, publisher = ?, published = ?, language = ?, tags = ?, "
        "corrections = ? WHERE document_id = ?",
        (
            force["title"],
            json.dumps(force["authors"] or [], ensure_ascii=False),
            force["publisher"],
            force["published"],
            force["language"],
            json.dumps(corrected.get("tags", read.get("tags")) or [], ensure_ascii=False),
            json.dumps(dict(corrected), ensure_ascii=False),
            which,
        ),
    )


def store_corrections(ledger: Ledger, which: str, changes: Mapping[str, Any]) -> None:
    """Set fields of a live document, of CORRECTABLE, "tags" and "credibility".

    None takes a correction back; where there is none, it takes out what was read, which may be wrong.
    """
    with ledger.transaction() as connection:
        read, corrected = _corrected(connection, which, changes)
        if "credibility" in changes:
            connection.execute(
                "UPDATE documents SET credibility = ? WHERE document_id = ?", (changes["credibility"], which)
            )
        _put_in_force(connection, which, read, corrected)
        ledger.bump(connection)


def title_after(ledger: Ledger, which: str, changes: Mapping[str, Any]) -> str | None:
    """The title that `store_corrections` would put in force."""
    read, corrected = _corrected(ledger.connection, which, changes)
    title: str | None = corrected.get("title", read.get("title"))
    return title


def _corrected(
    connection: sqlite3.Connection, which: str, changes: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a live document states, and its corrections with the changes made."""
    row = connection.execute(
        "SELECT d.corrections, g.stated FROM documents d JOIN generations g "
        "ON g.document_id = d.document_id AND g.state = 'live' WHERE d.document_id = ?",
        (which,),
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no document with the id {which!r}: `briefing list` shows the ids")
    corrected = dict(json.loads(row["corrections"]))
    for name, value in changes.items():
        if value is None and name in corrected:
            del corrected[name]
        elif name != "credibility":
            corrected[name] = value
    return dict(json.loads(row["stated"])), corrected


def grade(ledger: Ledger, publisher: str, letter: str | None) -> None:
    """Set, or with None take back, the Admiralty letter of a publisher."""
    with ledger.transaction() as connection:
        connection.execute("DELETE FROM publishers WHERE publisher = ?", (publisher,))
        if letter is not None:
            connection.execute("INSERT INTO publishers VALUES (?, ?)", (publisher, letter))
        ledger.bump(connection)
