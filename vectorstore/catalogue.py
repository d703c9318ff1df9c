"""Documents and their generations in the ledger: what is live, what it says of itself, what flips.

Every function that changes what a reader sees does so in one transaction and bumps the revision.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import unicodedata
from collections import deque
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from ingest import Document, Span
from ingest.cleaning import one_line
from vectorstore import likeness
from vectorstore.errors import NotFound
from vectorstore.ledger import Ledger, now
from vectorstore.records import DocumentRecord

MAILS = ("eml", "msg")  # kinds of documents that others come with
INSIDE = "!/"  # in an identity, between a container's and the name of what is in it
CORRECTABLE = ("title", "authors", "publisher", "published", "language")

_LIVE = """
    SELECT d.*, g.generation, g.kind, g.pages, g.stated, g.original, p.grade,
           length(g.text) AS characters,
           (SELECT count(*) FROM passages WHERE generation = g.generation) AS passages
    FROM documents d
    JOIN generations g ON g.document_id = d.document_id AND g.state = 'live'
    LEFT JOIN publishers p ON p.publisher = d.publisher
"""

# What came with a mail and with the mails within it, live or not. `place` sorts each behind the mail that it came
# with, and leads through no document twice.
_CAME_WITH = """
    WITH RECURSIVE came (document_id, place) AS (
        SELECT document_id, printf('%012d', rowid) FROM documents WHERE parent = ?
        UNION ALL
        SELECT d.document_id, c.place || printf('/%012d', d.rowid)
        FROM documents d JOIN came c ON d.parent = c.document_id
        WHERE instr(c.place, printf('%012d', d.rowid)) = 0
    )
"""

_INSERT_PASSAGE = (
    'INSERT INTO passages (generation, passage_id, start, "end", page, heading, text, context, vector_key) '
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True)
class Version:
    """A version of a document ready to go live: its passages' vectors are in the ledger."""

    document: Document
    original: str  # SHA-256 of the bytes read
    spans: Sequence[Span]
    contexts: Sequence[str]  # embedded before each passage's text
    keys: Sequence[bytes]  # of each passage's vector
    brought: Mapping[str, str] = field(default_factory=dict)  # see `brought`


def document_id(identity: str) -> str:
    return hashlib.sha256(identity.encode("utf8", "surrogatepass")).hexdigest()[:12]


def text_hash(text: str) -> str:
    """Equal for texts that differ only in white space, compatibility forms or invisible characters."""
    plain = unicodedata.normalize("NFKC", text)
    return hashlib.sha256(re.sub(r"[\s\u200b-\u200f\ufeff]+", " ", plain).strip().encode("utf8")).hexdigest()


def records(ledger: Ledger) -> list[DocumentRecord]:
    """All live documents, in the order in which they were first added, whatever the clock said."""
    family = likeness.families(ledger.connection)
    rows = ledger.connection.execute(_LIVE + "ORDER BY d.rowid")
    return [_record(row, family) for row in rows]


def record(ledger: Ledger, which: str) -> DocumentRecord:
    """One live document by its id, or by the beginning of its id where that is unambiguous."""
    which = one_line(which)
    rows = ledger.connection.execute(_LIVE + "WHERE d.document_id = ?", (which,)).fetchall()
    if not rows and len(which) >= 4:
        rows = ledger.connection.execute(
            _LIVE + "WHERE substr(d.document_id, 1, ?) = ? LIMIT 2", (len(which), which)
        ).fetchall()
    if len(rows) != 1:
        known = "more than one document" if rows else "no document"
        raise NotFound(f"There is {known} with the id {which!r}: `briefing list` shows the ids")
    return _record(rows[0], likeness.families(ledger.connection))


def find_live(ledger: Ledger, identity: str) -> DocumentRecord | None:
    row = ledger.connection.execute(_LIVE + "WHERE d.identity = ?", (identity,)).fetchone()
    return None if row is None else _record(row)


def members(ledger: Ledger, parent: str) -> list[DocumentRecord]:
    """The live documents that came with a mail itself."""
    return [_record(row) for row in ledger.connection.execute(_LIVE + "WHERE d.parent = ?", (parent,))]


def came_with(ledger: Ledger, which: str) -> list[DocumentRecord]:
    """The live documents that came with a mail, each followed by what came with it in turn."""
    rows = ledger.connection.execute(
        _CAME_WITH + _LIVE + "JOIN came c ON c.document_id = d.document_id ORDER BY c.place", (which,)
    )
    return [_record(row) for row in rows]


def brought(ledger: Ledger, which: str) -> dict[str, str] | None:
    """What a live document's present version brought with it: id -> SHA-256 of the bytes, whatever became of them.

    Of a duplicate they are the first's bytes, so that they are those of a live document where nothing is missing.
    What archives hold stands in their place. None for a version of an older program, which did not note it.
    """
    row = ledger.connection.execute(
        "SELECT stated FROM generations WHERE document_id = ? AND state = 'live'", (which,)
    ).fetchone()
    noted = json.loads(row["stated"]).get("brought") if row is not None else {}
    return None if noted is None else dict(noted)


def note_brought(
    ledger: Ledger, which: str, changes: Mapping[str, str], instead_of: str | None = None
) -> None:
    """Change what a live document brought with it; `instead_of` is an archive that was unpacked.

    Does nothing where the document is gone. No reader sees this.
    """
    with ledger.transaction() as connection:
        row = connection.execute(
            "SELECT generation, stated FROM generations WHERE document_id = ? AND state = 'live'", (which,)
        ).fetchone()
        if row is None:
            return
        read = json.loads(row["stated"])
        noted = {**(read.get("brought") or {}), **changes}
        noted.pop(instead_of or "", None)
        connection.execute(
            "UPDATE generations SET stated = ? WHERE generation = ?",
            (json.dumps({**read, "brought": noted}, ensure_ascii=False), row["generation"]),
        )


def find_same(
    ledger: Ledger, *, original: str | None = None, text: str | None = None
) -> DocumentRecord | None:
    """The live document that was read from the same bytes, or holds the same text."""
    column, value = ("g.original", original) if original is not None else ("g.text_hash", text)
    row = ledger.connection.execute(_LIVE + f"WHERE {column} = ? LIMIT 1", (value,)).fetchone()
    return None if row is None else _record(row)


def identity_of(ledger: Ledger, which: str) -> str:
    row = ledger.connection.execute(
        "SELECT identity FROM documents WHERE document_id = ?", (which,)
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no document with the id {which!r}: `briefing list` shows the ids")
    return str(row["identity"])


def origins(ledger: Ledger, which: str) -> set[str]:
    """Identities of all whose adding may change or hide a document: itself, what it was in, the mails that have it."""
    found: set[str] = set()
    parent: str | None = which
    while parent is not None:
        row = ledger.connection.execute(
            "SELECT identity, parent FROM documents WHERE document_id = ?", (parent,)
        ).fetchone()
        if row is None or row["identity"] in found:
            break
        parts = row["identity"].split(INSIDE)
        found |= {INSIDE.join(parts[:depth]) for depth in range(1, len(parts) + 1)}
        parent = row["parent"]
    return found


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


def stated(document: Document) -> dict[str, Any]:
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
    version: Version,
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
        _bury(connection, which)
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
                json.dumps({**stated(document), "brought": dict(version.brought)}, ensure_ascii=False),
                now(),
            ),
        ).lastrowid
        assert generation is not None
        connection.executemany(
            _INSERT_PASSAGE,
            _passage_rows(which, generation, version),
        )
        _write_fulltext(connection, generation)
        likeness.record(
            connection, generation, [document.text[span.start : span.end] for span in version.spans]
        )
        _put_in_force(connection, which, stated(document), corrected)
        ledger.bump(connection)
    return which


def copy_generation(
    ledger: Ledger, which: str, generation: int, contexts: Sequence[str], keys: Sequence[bytes]
) -> None:
    """Replace a live generation by one of the same text and passages, with other contexts and vectors."""
    with ledger.transaction() as connection:
        if not _bury(connection, which):
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
        likeness.copy(connection, generation, copy)
        ledger.bump(connection)


def _passage_rows(which: str, generation: int, version: Version) -> Iterable[tuple[Any, ...]]:
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


def _bury(connection: sqlite3.Connection, which: str) -> bool:
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


def correct(ledger: Ledger, which: str, changes: Mapping[str, Any]) -> None:
    """Set fields of a live document, of CORRECTABLE, "tags" and "credibility".

    None takes a correction back; where there is none, it takes out what was read, which may be wrong.
    """
    with ledger.transaction() as connection:
        row = connection.execute(
            "SELECT d.corrections, g.stated FROM documents d JOIN generations g "
            "ON g.document_id = d.document_id AND g.state = 'live' WHERE d.document_id = ?",
            (which,),
        ).fetchone()
        if row is None:
            raise NotFound(f"There is no document with the id {which!r}: `briefing list` shows the ids")
        corrected = dict(json.loads(row["corrections"]))
        for field, value in changes.items():
            if field == "credibility":
                connection.execute(
                    "UPDATE documents SET credibility = ? WHERE document_id = ?", (value, which)
                )
            elif value is None and field in corrected:
                del corrected[field]
            else:
                corrected[field] = value
        _put_in_force(connection, which, json.loads(row["stated"]), corrected)
        ledger.bump(connection)


def remove(ledger: Ledger, which: Sequence[str]) -> None:
    """Hide documents, and all that came with them; their text stays until purge.

    What another live mail brought as well stays, with that mail. Raises NotFound, and hides none, for an unknown id.
    """
    named = list(dict.fromkeys(which))
    with ledger.transaction() as connection:
        for one in named:
            if not _bury(connection, one):
                raise NotFound(f"There is no document with the id {one!r}: `briefing list` shows the ids")
        _let_go(connection, [child for one in named for child in _children(connection, one)], named)
        ledger.bump(connection)


def keep_members(ledger: Ledger, which: str, staying: Set[str]) -> None:
    """Hide what came with a live mail's older versions, as by `remove`, but for the ids that stay."""
    with ledger.transaction() as connection:
        leaving = [one for one in _children(connection, which) if one not in staying]
        if leaving:
            _let_go(connection, leaving, [which], {which, *leaving})
            ledger.bump(connection)


def _let_go(
    connection: sqlite3.Connection,
    leaving: Iterable[str],
    done: Iterable[str],
    besides: Set[str] = frozenset(),
) -> None:
    """Hide documents that came with mails, and what came with them in turn, but for what another mail brought too.

    `done` has been seen to; `besides` are mails that count for nothing.
    """
    waiting, seen = deque(leaving), set(done)
    gone = {*waiting, *seen, *besides}
    for one in list(waiting):
        gone |= {
            row["document_id"]
            for row in connection.execute(_CAME_WITH + "SELECT document_id FROM came", (one,))
        }
    elsewhere = _brought_by(connection, gone) if waiting else {}
    while waiting:
        one = waiting.popleft()
        if one in seen:
            continue
        seen.add(one)
        row = connection.execute(
            "SELECT original FROM generations WHERE document_id = ? AND state = 'live'", (one,)
        ).fetchone()
        if row is not None and row["original"] in elsewhere:
            # It stays, and so does what came with it. That mail did not come with it, so there is no circle.
            connection.execute(
                "UPDATE documents SET parent = ? WHERE document_id = ?", (elsewhere[row["original"]], one)
            )
            continue
        _bury(connection, one)
        waiting.extend(_children(connection, one))


def _children(connection: sqlite3.Connection, which: str) -> list[str]:
    """Ids of what came with a mail itself, live or not."""
    rows = connection.execute("SELECT document_id FROM documents WHERE parent = ? ORDER BY rowid", (which,))
    return [row["document_id"] for row in rows]


def _brought_by(connection: sqlite3.Connection, gone: Set[str]) -> dict[str, str]:
    """SHA-256 of what came with live mails -> the first of these mails, but for those that go."""
    rows = connection.execute(
        "SELECT g.document_id, b.value FROM generations g, json_each(g.stated, '$.brought') b "
        f"WHERE g.state = 'live' AND g.kind IN {MAILS} ORDER BY g.generation DESC"
    )
    return {row["value"]: row["document_id"] for row in rows if row["document_id"] not in gone}


def grade(ledger: Ledger, publisher: str, letter: str | None) -> None:
    """Set, or with None take back, the Admiralty letter of a publisher."""
    with ledger.transaction() as connection:
        connection.execute("DELETE FROM publishers WHERE publisher = ?", (publisher,))
        if letter is not None:
            connection.execute("INSERT INTO publishers VALUES (?, ?)", (publisher, letter))
        ledger.bump(connection)


def _record(row: sqlite3.Row, family: Mapping[str, str] | None = None) -> DocumentRecord:
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
