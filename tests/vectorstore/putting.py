"""Documents of plain text, put into a store without reading a file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from ingest import Block, Document, Metadata
from vectorstore import Store
from vectorstore.store import Incoming


def document(text: str, title: str | None = "A report", **metadata: object) -> Document:
    """A document of one paragraph a line."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(at, at + len(line)))
        at += len(line) + 1
    return Document(text, tuple(blocks), "txt", Metadata(title=title, **metadata))  # type: ignore[arg-type]


def incoming(store: Store, name: str, text: str, **metadata: object) -> Incoming:
    """A text on its way into a store."""
    return Incoming(f"test:{name}", name, document(text, **metadata), store.originals.hold(text.encode()))


def put(store: Store, name: str, text: str, **metadata: object) -> str:
    """Put a text into a store as a live document; returns its id."""
    return store.put(incoming(store, name, text, **metadata))[0]


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
