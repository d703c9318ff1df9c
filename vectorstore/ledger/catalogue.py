"""Documents as readers see them: what is live, and what it says of itself."""

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

MAILS = ("eml", "msg")  # kinds of documents that others come with
INSIDE = "!/"  # in an identity, between a container's and the name of what is in it
CORRECTABLE = ("title", "authors", "publisher", "published", "language")

LIVE = """
    SELECT d.*, g.generation, g.kind, g.pages, g.stated, g.original, p.grade,
           length(g.text) AS characters,
           (SELECT count(*) FROM passages WHERE generation = g.generation) AS passages
    FROM documents d
    JOIN generations g ON g.document_id = d.document_id AND g.state = 'live'
    LEFT JOIN publishers p ON p.publisher = d.publisher
"""


def document_id(identity: str) -> str:
    return hashlib.sha256(identity.encode("utf8", "surrogatepass")).hexdigest()[:12]


def text_hash(text: str) -> str:
    """Equal for texts that differ only in white space, compatibility forms or invisible characters."""
    plain = unicodedata.normalize("NFKC", text)
    return hashlib.sha256(re.sub(r"[\s\u200b-\u200f\ufeff]+", " ", plain).strip().encode("utf8")).hexdigest()


def records(ledger: Ledger) -> Sequence[DocumentRecord]:
    """All live documents, in the order in which they were first added, whatever the clock said."""

    def read() -> tuple[DocumentRecord, ...]:
        rows = ledger.connection.execute(LIVE + "ORDER BY d.rowid")
        family = _families(ledger)
        return tuple(as_record(row, family) for row in rows)

    return ledger.remembered("records", read)


def _families(ledger: Ledger) -> Mapping[str, str]:
    return ledger.remembered("families", lambda: near_duplicates.families(ledger.connection))


def record(ledger: Ledger, which: str) -> DocumentRecord:
    """One live document by its id, or by the beginning of its id where that is unambiguous."""
    which = one_line(which)
    rows = ledger.connection.execute(LIVE + "WHERE d.document_id = ?", (which,)).fetchall()
    if not rows and len(which) >= 4:
        rows = ledger.connection.execute(
            LIVE + "WHERE substr(d.document_id, 1, ?) = ? LIMIT 2", (len(which), which)
        ).fetchall()
    if len(rows) != 1:
        known = "more than one document" if rows else "no document"
        raise NotFound(f"There is {known} with the id {which!r}: `briefing list` shows the ids")
    return as_record(rows[0], _families(ledger))


def find_live(ledger: Ledger, identity: str) -> DocumentRecord | None:
    row = ledger.connection.execute(LIVE + "WHERE d.identity = ?", (identity,)).fetchone()
    return None if row is None else as_record(row)


def find_same(
    ledger: Ledger, *, original: str | None = None, text: str | None = None
) -> DocumentRecord | None:
    """The live document that was read from the same bytes, or holds the same text."""
    column, value = ("g.original", original) if original is not None else ("g.text_hash", text)
    row = ledger.connection.execute(LIVE + f"WHERE {column} = ? LIMIT 1", (value,)).fetchone()
    return None if row is None else as_record(row)


def identity_of(ledger: Ledger, which: str) -> str:
    row = ledger.connection.execute(
        "SELECT identity FROM documents WHERE document_id = ?", (which,)
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no document with the id {which!r}: `briefing list` shows the ids")
    return str(row["identity"])


def generation_text(ledger: Ledger, generation: int) -> str:
    """A version's extracted text, live or replaced: old citations still open until purge."""
    row = ledger.connection.execute(
        "SELECT text FROM generations WHERE generation = ?", (generation,)
    ).fetchone()
    if row is None:
        raise NotFound("The text of this version has been purged from the index")
    return str(row["text"])


def corrections(ledger: Ledger, identity: str) -> dict[str, Any]:
    """What people have corrected of a document, known or not: nothing, for one never seen."""
    row = ledger.connection.execute(
        "SELECT corrections FROM documents WHERE identity = ?", (identity,)
    ).fetchone()
    return {} if row is None else dict(json.loads(row["corrections"]))


def as_record(row: sqlite3.Row, family: Mapping[str, str] | None = None) -> DocumentRecord:
    corrected = json.loads(row["corrections"])
    read = json.loads(row["stated"])
    found = dict(read.get("found", {}))
    found.update({field: "corrected" for field in corrected if field in CORRECTABLE})
    return DocumentRecord(
        document_id=row["document_id"],
        title=row["title"],
        authors=tuple(json.loads(row["authors"])),
        publisher=row["publisher"],
        published=row["published"],
        source=row["source"],
        kind=row["kind"],
        language=row["language"],
        tags=tuple(json.loads(row["tags"]) or ()),  # null in ledgers that took none for a list of tags
        pages=row["pages"],
        passages=row["passages"],
        characters=row["characters"],
        added=row["added"],
        credibility=row["credibility"],
        grade=row["grade"],
        generation=row["generation"],
        found=found,
        original=row["original"],
        parent=row["parent"],
        family=(family or {}).get(row["document_id"]),
        address=read.get("address"),
    )
