"""Documents as readers see them: which are live, and the metadata in force for each."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from ingest.text.cleaning import one_line
from vectorstore.errors import NotFound
from vectorstore.ledger import near_duplicates
from vectorstore.ledger.database import Ledger
from vectorstore.records import DocumentRecord

MAILS = ("eml", "msg")  # kinds of documents that bring attachments
MEMBER_SEPARATOR = "!/"  # in an identity, between a container's identity and the name of a member
CORRECTABLE = ("title", "authors", "publisher", "published", "language")  # fields of a document's metadata
_SHORTEST_PREFIX = 4  # characters of an id that a user may shorten it to

LIVE = """
    SELECT d.*, g.generation, g.kind, g.pages, g.stated, g.original, p.grade,
           length(g.text) AS characters,
           (SELECT count(*) FROM passages WHERE generation = g.generation) AS passages
    FROM documents d
    JOIN generations g ON g.document_id = d.document_id AND g.state = 'live'
    LEFT JOIN publishers p ON p.publisher = d.publisher
"""


def document_id(identity: str) -> str:
    """The id of a document: 12 hex digits of the SHA-256 of its identity, so adding twice gives one document."""
    return hashlib.sha256(identity.encode("utf8", "surrogatepass")).hexdigest()[:12]


def text_hash(text: str) -> str:
    """SHA-256 of a text, ignoring white space, compatibility forms and invisible characters.

    `text_hash("10 km²\\n") == text_hash(" 10   km2")` is True.
    """
    plain = unicodedata.normalize("NFKC", text)
    return hashlib.sha256(re.sub(r"[\s\u200b-\u200f\ufeff]+", " ", plain).strip().encode("utf8")).hexdigest()


def records(ledger: Ledger) -> Sequence[DocumentRecord]:
    """All live documents, in the order in which they were first added (by row, so the clock plays no part)."""

    def read() -> tuple[DocumentRecord, ...]:
        rows = ledger.connection.execute(LIVE + "ORDER BY d.rowid")
        family = _families(ledger)
        return tuple(as_record(row, family) for row in rows)

    return ledger.cached("records", read)


def _families(ledger: Ledger) -> Mapping[str, str]:
    return ledger.cached("families", lambda: near_duplicates.families(ledger.connection))


def record(ledger: Ledger, id_or_prefix: str) -> DocumentRecord:
    """One live document by its id, or by the first four or more characters of it if they are unambiguous.

    Raises NotFound if no document, or more than one, matches.
    """
    prefix = one_line(id_or_prefix)
    rows = ledger.connection.execute(LIVE + "WHERE d.document_id = ?", (prefix,)).fetchall()
    if not rows and len(prefix) >= _SHORTEST_PREFIX:
        rows = ledger.connection.execute(
            LIVE + "WHERE substr(d.document_id, 1, ?) = ? LIMIT 2", (len(prefix), prefix)
        ).fetchall()
    if len(rows) != 1:
        count = "more than one document" if rows else "no document"
        raise NotFound(f"There is {count} with the id {prefix!r}: `briefing list` shows the ids")
    return as_record(rows[0], _families(ledger))


def find_live(ledger: Ledger, identity: str) -> DocumentRecord | None:
    """The live document of an identity, or None."""
    row = ledger.connection.execute(LIVE + "WHERE d.identity = ?", (identity,)).fetchone()
    return None if row is None else as_record(row)


def find_same(
    ledger: Ledger, *, original: str | None = None, text: str | None = None
) -> DocumentRecord | None:
    """A live document read from the same bytes (`original`, a SHA-256), or of the same `text` (a `text_hash`)."""
    column, value = ("g.original", original) if original is not None else ("g.text_hash", text)
    row = ledger.connection.execute(LIVE + f"WHERE {column} = ? LIMIT 1", (value,)).fetchone()
    return None if row is None else as_record(row)


def identity_of(ledger: Ledger, document_id: str) -> str:
    """The identity (path, address, upload name) of a document, live or not. Raises NotFound for an unknown id."""
    row = ledger.connection.execute(
        "SELECT identity FROM documents WHERE document_id = ?", (document_id,)
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no document with the id {document_id!r}: `briefing list` shows the ids")
    return str(row["identity"])


def generation_text(ledger: Ledger, generation: int) -> str:
    """The extracted text of a version, live or replaced: old citations still open until purge.

    Raises NotFound once the version has been purged.
    """
    row = ledger.connection.execute(
        "SELECT text FROM generations WHERE generation = ?", (generation,)
    ).fetchone()
    if row is None:
        raise NotFound("The text of this version has been purged from the index")
    return str(row["text"])


def corrections(ledger: Ledger, identity: str) -> dict[str, Any]:
    """The fields of a document that people have corrected; empty for a document that was never added."""
    row = ledger.connection.execute(
        "SELECT corrections FROM documents WHERE identity = ?", (identity,)
    ).fetchone()
    return {} if row is None else dict(json.loads(row["corrections"]))


def as_record(row: sqlite3.Row, family: Mapping[str, str] | None = None) -> DocumentRecord:
    """The record of a row of the `LIVE` query; `family` maps document ids to families of near-duplicates."""
    corrected = json.loads(row["corrections"])
    stated = json.loads(row["stated"])
    found_by = dict(stated.get("found", {}))
    found_by.update({field: "corrected" for field in corrected if field in CORRECTABLE})
    return DocumentRecord(
        document_id=row["document_id"],
        title=row["title"],
        authors=tuple(json.loads(row["authors"])),
        publisher=row["publisher"],
        published=row["published"],
        source=row["source"],
        kind=row["kind"],
        language=row["language"],
        tags=tuple(json.loads(row["tags"]) or ()),  # older programs could write null for no tags
        pages=row["pages"],
        passages=row["passages"],
        characters=row["characters"],
        added=row["added"],
        credibility=row["credibility"],
        grade=row["grade"],
        generation=row["generation"],
        found=found_by,
        original=row["original"],
        parent=row["parent"],
        family=(family or {}).get(row["document_id"]),
        address=stated.get("address"),
    )
