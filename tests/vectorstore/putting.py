"""Documents of plain text, put into a store without reading a file."""

from __future__ import annotations

from ingest import Block, Document, Metadata
from vectorstore import Store


def document(text: str, title: str | None = "A report", **metadata: object) -> Document:
    """A document of one paragraph a line."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(at, at + len(line)))
        at += len(line) + 1
    return Document(text, tuple(blocks), "txt", Metadata(title=title, **metadata))  # type: ignore[arg-type]


def put(store: Store, name: str, text: str, **metadata: object) -> str:
    """Put a text into a store as a live document; returns its id."""
    original = store.originals.hold(text.encode())
    return store.put(f"test:{name}", name, document(text, **metadata), original)[0]
