"""Versions of documents: making one live, hiding one, correcting metadata.

Every change that readers can see happens in one transaction that also raises the revision.
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
from vectorstore.ledger import catalogue, near_duplicates
from vectorstore.ledger.catalogue import CORRECTABLE, text_hash
from vectorstore.ledger.database import Ledger, now

_INSERT_PASSAGE = (
    'INSERT INTO passages (generation, passage_id, start, "end", page, heading, text, context, vector_key) '
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True)
class NewVersion:
    """A version of a document that is ready to go live: the vectors of its passages are in the ledger."""

    document: Document
    original: str  # SHA-256 of the bytes it was read from
    spans: Sequence[Span]  # its passages
    contexts: Sequence[str]  # one per span: title and heading, embedded before its text
    keys: Sequence[bytes]  # one per span: key of its vector
    brought: Mapping[str, str] = field(default_factory=dict)  # see `attachments.brought_identities`


def stated_metadata(document: Document) -> dict[str, Any]:
    """The metadata that a document states of itself, as the ledger stores it (`generations.stated`)."""
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
    """Make a version the live one, with its full-text rows, and the former live version dead.

    `corrected` holds the fields that people set, out of CORRECTABLE and "tags". Returns the document's id.
    """
    document_id = catalogue.document_id(identity)
    with ledger.transaction() as connection:
        connection.execute(
            "INSERT INTO documents (document_id, identity, source, added, parent) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (document_id) DO UPDATE SET source = excluded.source, parent = excluded.parent",
            (document_id, identity, source, now(), parent),
        )
        retire_generation(connection, document_id)
        document = version.document
        generation = connection.execute(
            "INSERT INTO generations (document_id, state, original, text_hash, kind, text, pages, stated, "
            "created) VALUES (?, 'live', ?, ?, ?, ?, ?, ?, ?)",
            (
                document_id,
                version.original,
                text_hash(document.text),
                document.kind,
                document.text,
                document.pages,
                json.dumps(
                    {**stated_metadata(document), "brought": dict(version.brought)}, ensure_ascii=False
                ),
                now(),
            ),
        ).lastrowid
        assert generation is not None
        connection.executemany(
            _INSERT_PASSAGE,
            _passage_rows(document_id, generation, version),
        )
        _write_fulltext(connection, generation)
        near_duplicates.record_shingles(
            connection, generation, [document.text[span.start : span.end] for span in version.spans]
        )
        _set_metadata(connection, document_id, stated_metadata(document), corrected)
        ledger.bump(connection)
    return document_id


def copy_generation(
    ledger: Ledger, document_id: str, generation: int, contexts: Sequence[str], keys: Sequence[bytes]
) -> None:
    """Replace a live generation by a copy with other contexts and vectors, one each per passage.

    Raises NotFound if the document is not live.
    """
    with ledger.transaction() as connection:
        if not retire_generation(connection, document_id):
            raise NotFound(f"There is no document with the id {document_id!r}: `briefing list` shows the ids")
        copy = connection.execute(
            "INSERT INTO generations (document_id, state, original, text_hash, kind, text, pages, stated, "
            "created) SELECT document_id, 'live', original, text_hash, kind, text, pages, stated, ? "
            "FROM generations WHERE generation = ?",
            (now(), generation),
        ).lastrowid
        assert copy is not None
        passages = connection.execute(
            'SELECT passage_id, start, "end", page, heading, text FROM passages WHERE generation = ? '
            "ORDER BY row",
            (generation,),
        ).fetchall()
        connection.executemany(
            _INSERT_PASSAGE,
            [
                (copy, *tuple(row), context, key)
                for row, context, key in zip(passages, contexts, keys, strict=True)
            ],
        )
        _write_fulltext(connection, copy)
        near_duplicates.copy_shingles(connection, generation, copy)
        ledger.bump(connection)


def _passage_rows(document_id: str, generation: int, version: NewVersion) -> Iterable[tuple[Any, ...]]:
    content = text_hash(version.document.text)
    for span, context, key in zip(version.spans, version.contexts, version.keys, strict=True):
        seed = f"{document_id}\n{content}\n{span.start}\n{span.end}"
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
    """Rebuild the full-text index from the live passages alone."""
    with ledger.transaction() as connection:
        connection.execute("INSERT INTO passages_fts (passages_fts) VALUES ('delete-all')")
        connection.execute(
            "INSERT INTO passages_fts (rowid, text, context) SELECT p.row, p.text, p.context FROM passages p "
            "JOIN generations g ON g.generation = p.generation AND g.state = 'live'"
        )
        ledger.bump(connection)


def retire_generation(connection: sqlite3.Connection, document_id: str) -> bool:
    """Make the live generation of a document dead; returns False if there was none."""
    row = connection.execute(
        "SELECT generation FROM generations WHERE document_id = ? AND state = 'live'", (document_id,)
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


def _set_metadata(
    connection: sqlite3.Connection, document_id: str, stated: Mapping[str, Any], corrected: Mapping[str, Any]
) -> None:
    """Write the metadata in force: each field as corrected, or else as stated."""
    in_force = {field: corrected.get(field, stated.get(field)) for field in CORRECTABLE}
    connection.execute(
        "UPDATE documents SET title = ?, authors = ?, publisher = ?, published = ?, language = ?, tags = ?, "
        "corrections = ? WHERE document_id = ?",
        (
            in_force["title"],
            json.dumps(in_force["authors"] or [], ensure_ascii=False),
            in_force["publisher"],
            in_force["published"],
            in_force["language"],
            json.dumps(corrected.get("tags", stated.get("tags")) or [], ensure_ascii=False),
            json.dumps(dict(corrected), ensure_ascii=False),
            document_id,
        ),
    )


def store_corrections(ledger: Ledger, document_id: str, changes: Mapping[str, Any]) -> None:
    """Correct fields of a live document, out of CORRECTABLE, "tags" and "credibility".

    None takes a correction back; for a field without one, it empties what was read from the report.
    Raises NotFound if the document is not live.
    """
    with ledger.transaction() as connection:
        stated, corrected = _apply_changes(connection, document_id, changes)
        if "credibility" in changes:
            connection.execute(
                "UPDATE documents SET credibility = ? WHERE document_id = ?",
                (changes["credibility"], document_id),
            )
        _set_metadata(connection, document_id, stated, corrected)
        ledger.bump(connection)


def title_after(ledger: Ledger, document_id: str, changes: Mapping[str, Any]) -> str | None:
    """The title that would be in force after `store_corrections`. Raises NotFound if the document is not live."""
    stated, corrected = _apply_changes(ledger.connection, document_id, changes)
    title: str | None = corrected.get("title", stated.get("title"))
    return title


def _apply_changes(
    connection: sqlite3.Connection, document_id: str, changes: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The metadata that a live document states, and its corrections after the changes; writes nothing."""
    row = connection.execute(
        "SELECT d.corrections, g.stated FROM documents d JOIN generations g "
        "ON g.document_id = d.document_id AND g.state = 'live' WHERE d.document_id = ?",
        (document_id,),
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no document with the id {document_id!r}: `briefing list` shows the ids")
    corrected = dict(json.loads(row["corrections"]))
    for name, value in changes.items():
        if value is None and name in corrected:
            del corrected[name]
        elif name != "credibility":
            corrected[name] = value
    return dict(json.loads(row["stated"])), corrected


def grade(ledger: Ledger, publisher: str, letter: str | None) -> None:
    """Set the Admiralty letter (A to F) of a publisher, or delete it with None."""
    with ledger.transaction() as connection:
        connection.execute("DELETE FROM publishers WHERE publisher = ?", (publisher,))
        if letter is not None:
            connection.execute("INSERT INTO publishers VALUES (?, ?)", (publisher, letter))
        ledger.bump(connection)
