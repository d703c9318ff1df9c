"""Documents of plain text, put into a store without reading a file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest import Block, Document, Metadata
from vectorstore import Store
from vectorstore.embedding.passages import IncomingDocument


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
