"""Documents of plain text, put into a store or a ledger without reading a file."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest import Block, Document, Metadata, Span
from vectorstore import Store
from vectorstore.embedding.passages import IncomingDocument
from vectorstore.ledger import versions
from vectorstore.ledger.database import Ledger

HERONS = (
    "Herons of the delta\n\nThe herons of the inner delta nest in March. Rangers counted 412 nests in 2021.\n"
)
OTTERS = (
    "Otters of the delta\n\nThe otters of the inner delta hunt at dusk. Rangers saw nine of them in 2022.\n"
)
CRANES = "Cranes of the delta\n\nThe cranes of the inner delta leave in April.\n"


def document(text: str, title: str | None = "A report", **metadata: object) -> Document:
    """A document of one paragraph a line."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(at, at + len(line)))
        at += len(line) + 1
    return Document(text, tuple(blocks), "txt", Metadata(title=title, **metadata))  # type: ignore[arg-type]


def incoming(store: Store, name: str, text: str, **metadata: object) -> IncomingDocument:
    """A text on its way into a store."""
    return IncomingDocument(
        f"test:{name}", name, document(text, **metadata), store.originals.store(text.encode())
    )


def put(store: Store, name: str, text: str, **metadata: object) -> str:
    """Put a text into a store as a live document; returns its id."""
    return store.put(incoming(store, name, text, **metadata))[0]


def go_live(
    ledger: Ledger,
    name: str,
    text: str,
    *,
    kind: str = "txt",
    parent: str | None = None,
    brought: Mapping[str, str] | None = None,
    corrected: Mapping[str, object] | None = None,
    **metadata: object,
) -> str:
    """Make a text the live version of the document `test:NAME` in a ledger, one passage a line, without any model."""
    parts = document(text, **metadata)
    spans = [Span(block.start, block.end, None, None) for block in parts.blocks]
    version = versions.NewVersion(
        Document(parts.text, parts.blocks, kind, parts.metadata),
        sha256(text),
        spans,
        [""] * len(spans),
        [sha256(f"{name} {span.start}").encode() for span in spans],
        brought or {},
    )
    return versions.go_live(ledger, f"test:{name}", name, version, corrected or {}, parent)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Clock:
    """Stands in for a module's `now`; goes only as it is told to, forwards or back."""

    def __init__(self) -> None:
        self._at = datetime(2024, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> str:
        return self._at.isoformat().replace("+00:00", "Z")

    def go(self, seconds: float) -> None:
        self._at += timedelta(seconds=seconds)


def set_back(path: Path) -> None:
    """Make a ledger one of the first version, as the program of that time left it; nobody has it open."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in (
            "DROP TABLE bands",
            "DROP TABLE likenesses",
            "DROP INDEX documents_by_parent",
            "ALTER TABLE documents DROP COLUMN parent",
            "PRAGMA user_version = 1",
        ):
            connection.execute(statement)
        connection.commit()
