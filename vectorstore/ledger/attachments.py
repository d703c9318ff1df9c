"""Which documents came with which mail, and which of them are hidden when a mail is removed or replaced."""

from __future__ import annotations

import json
import sqlite3
from collections import deque
from collections.abc import Iterable, Mapping, Sequence, Set

from vectorstore.errors import NotFound
from vectorstore.ledger.catalogue import LIVE, MAILS, MEMBER_SEPARATOR, as_record
from vectorstore.ledger.database import Ledger
from vectorstore.ledger.versions import retire_generation
from vectorstore.records import DocumentRecord

# All documents that came with a mail, directly or through mails inside it, live or not. `place` is the path of row
# ids from the mail down: it sorts each document behind the one that brought it, and stops the recursion at a
# document that is already on the path.
_CAME_WITH = """
    WITH RECURSIVE came (document_id, place) AS (
        SELECT document_id, printf('%012d', rowid) FROM documents WHERE parent = ?
        UNION ALL
        SELECT d.document_id, c.place || printf('/%012d', d.rowid)
        FROM documents d JOIN came c ON d.parent = c.document_id
        WHERE instr(c.place, printf('%012d', d.rowid)) = 0
    )
"""


def attachments_of(ledger: Ledger, document_id: str) -> list[DocumentRecord]:
    """The live documents that came with a mail, each followed by those that came with it in turn."""
    rows = ledger.connection.execute(
        _CAME_WITH + LIVE + "JOIN came c ON c.document_id = d.document_id ORDER BY c.place", (document_id,)
    )
    return [as_record(row) for row in rows]


def brought_identities(ledger: Ledger, document_id: str) -> dict[str, str] | None:
    """What the live version of a document brought with it: document id -> SHA-256 of the bytes.

    Lists all attachments, also those that failed or were removed later. A duplicate is listed with the bytes of the
    document that it repeats, so every hash is that of a live document unless something is missing. An archive is
    replaced by its contents. None for a version written by an older program, which did not record this.
    """
    row = ledger.connection.execute(
        "SELECT stated FROM generations WHERE document_id = ? AND state = 'live'", (document_id,)
    ).fetchone()
    brought = json.loads(row["stated"]).get("brought") if row is not None else {}
    return None if brought is None else dict(brought)


def record_brought(
    ledger: Ledger, document_id: str, changes: Mapping[str, str], instead_of: str | None = None
) -> None:
    """Update what a live document brought with it (document id -> SHA-256).

    `instead_of` is the id of an archive that `changes` replace, now that it is unpacked. Does nothing if the document
    is no longer live. Readers never see this record, so the revision stays as it is.
    """
    with ledger.transaction() as connection:
        row = connection.execute(
            "SELECT generation, stated FROM generations WHERE document_id = ? AND state = 'live'",
            (document_id,),
        ).fetchone()
        if row is None:
            return
        stated = json.loads(row["stated"])
        brought = {**(stated.get("brought") or {}), **changes}
        brought.pop(instead_of or "", None)
        connection.execute(
            "UPDATE generations SET stated = ? WHERE generation = ?",
            (json.dumps({**stated, "brought": brought}, ensure_ascii=False), row["generation"]),
        )


def origins(ledger: Ledger, document_id: str) -> set[str]:
    """Identities of everything that, when added again, may change or hide a document.

    These are the document itself, the containers it came in, and the mails above them.
    """
    identities: set[str] = set()
    current: str | None = document_id
    while current is not None:
        row = ledger.connection.execute(
            "SELECT identity, parent FROM documents WHERE document_id = ?", (current,)
        ).fetchone()
        if row is None or row["identity"] in identities:
            break
        parts = row["identity"].split(MEMBER_SEPARATOR)
        identities |= {MEMBER_SEPARATOR.join(parts[:depth]) for depth in range(1, len(parts) + 1)}
        current = row["parent"]
    return identities


def remove(ledger: Ledger, document_ids: Sequence[str]) -> None:
    """Hide documents and everything that came with them; their text stays until purge.

    An attachment that another live mail brought as well stays, and belongs to that mail from then on.
    Raises NotFound for an unknown id, and then hides nothing.
    """
    unique_ids = list(dict.fromkeys(document_ids))
    with ledger.transaction() as connection:
        for document_id in unique_ids:
            if not retire_generation(connection, document_id):
                raise NotFound(
                    f"There is no document with the id {document_id!r}: `briefing list` shows the ids"
                )
        attached = [child for document_id in unique_ids for child in _children(connection, document_id)]
        _hide_attachments(connection, attached, unique_ids)
        ledger.bump(connection)


def hide_attachments_except(ledger: Ledger, document_id: str, staying: Set[str]) -> None:
    """Hide what came with older versions of a live mail, as `remove` does, except for the ids in `staying`."""
    with ledger.transaction() as connection:
        leaving = [child for child in _children(connection, document_id) if child not in staying]
        if leaving:
            _hide_attachments(connection, leaving, [document_id], {document_id, *leaving})
            ledger.bump(connection)


def _hide_attachments(
    connection: sqlite3.Connection,
    leaving: Iterable[str],
    handled: Iterable[str],
    ignored_mails: Set[str] = frozenset(),
) -> None:
    """Hide attachments, and what came with them in turn, unless another mail brought them too.

    `handled` are documents that the caller has hidden or keeps; `ignored_mails` do not count as another mail.
    """
    waiting, seen = deque(leaving), set(handled)
    leaving_ids = {*waiting, *seen, *ignored_mails}
    for document_id in list(waiting):
        leaving_ids |= {
            row["document_id"]
            for row in connection.execute(_CAME_WITH + "SELECT document_id FROM came", (document_id,))
        }
    other_mails = _brought_by(connection, leaving_ids) if waiting else {}
    while waiting:
        document_id = waiting.popleft()
        if document_id in seen:
            continue
        seen.add(document_id)
        row = connection.execute(
            "SELECT original FROM generations WHERE document_id = ? AND state = 'live'", (document_id,)
        ).fetchone()
        if row is not None and row["original"] in other_mails:
            # Stays, with everything that came with it. Those documents are all in `leaving_ids`, and the other mail
            # is not, so the new parent makes no circle.
            connection.execute(
                "UPDATE documents SET parent = ? WHERE document_id = ?",
                (other_mails[row["original"]], document_id),
            )
            continue
        retire_generation(connection, document_id)
        waiting.extend(_children(connection, document_id))


def _children(connection: sqlite3.Connection, document_id: str) -> list[str]:
    """Ids of the documents that came directly with a mail, live or not, oldest first."""
    rows = connection.execute(
        "SELECT document_id FROM documents WHERE parent = ? ORDER BY rowid", (document_id,)
    )
    return [row["document_id"] for row in rows]


def _brought_by(connection: sqlite3.Connection, leaving_ids: Set[str]) -> dict[str, str]:
    """SHA-256 of an attachment -> id of the oldest live mail that brought it; mails in `leaving_ids` do not count."""
    rows = connection.execute(
        "SELECT g.document_id, b.value FROM generations g, json_each(g.stated, '$.brought') b "
        f"WHERE g.state = 'live' AND g.kind IN {MAILS} ORDER BY g.generation DESC"
    )
    return {row["value"]: row["document_id"] for row in rows if row["document_id"] not in leaving_ids}
