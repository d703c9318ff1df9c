"""What came with what: attachments and the mails that brought them, and what goes when one is removed."""

from __future__ import annotations

import json
import sqlite3
from collections import deque
from collections.abc import Iterable, Mapping, Sequence, Set

from vectorstore.errors import NotFound
from vectorstore.ledger.catalogue import INSIDE, LIVE, MAILS, as_record
from vectorstore.ledger.database import Ledger
from vectorstore.ledger.versions import retire_generation
from vectorstore.records import DocumentRecord

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


def attachments_of(ledger: Ledger, parent: str) -> list[DocumentRecord]:
    """The live documents that came with a mail itself."""
    return [as_record(row) for row in ledger.connection.execute(LIVE + "WHERE d.parent = ?", (parent,))]


def parent_of(ledger: Ledger, which: str) -> list[DocumentRecord]:
    """The live documents that came with a mail, each followed by what came with it in turn."""
    rows = ledger.connection.execute(
        _CAME_WITH + LIVE + "JOIN came c ON c.document_id = d.document_id ORDER BY c.place", (which,)
    )
    return [as_record(row) for row in rows]


def brought_identities(ledger: Ledger, which: str) -> dict[str, str] | None:
    """What a live document's present version brought with it: id -> SHA-256 of the bytes, whatever became of them.

    Of a duplicate they are the first's bytes, so that they are those of a live document where nothing is missing.
    What archives hold stands in their place. None for a version of an older program, which did not note it.
    """
    row = ledger.connection.execute(
        "SELECT stated FROM generations WHERE document_id = ? AND state = 'live'", (which,)
    ).fetchone()
    noted = json.loads(row["stated"]).get("brought") if row is not None else {}
    return None if noted is None else dict(noted)


def record_brought(
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


def remove(ledger: Ledger, which: Sequence[str]) -> None:
    """Hide documents, and all that came with them; their text stays until purge.

    What another live mail brought as well stays, with that mail. Raises NotFound, and hides none, for an unknown id.
    """
    named = list(dict.fromkeys(which))
    with ledger.transaction() as connection:
        for one in named:
            if not retire_generation(connection, one):
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
        retire_generation(connection, one)
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
