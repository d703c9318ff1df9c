from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest import Block, Document, Metadata
from vectorstore import EmbeddingModel, Store


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
    original = store.originals.keep(text.encode())
    assert original == hashlib.sha256(text.encode()).hexdigest()
    return store.put(f"test:{name}", name, document(text, **metadata), original)[0]


@pytest.fixture(scope="session")
def model() -> EmbeddingModel:
    return EmbeddingModel()


@pytest.fixture
def new_store(tmp_path: Path, model: EmbeddingModel) -> Iterator[Callable[[], Store]]:
    """Opens the same folder again and again, as other processes and later runs would."""
    opened: list[Store] = []

    def open_store() -> Store:
        opened.append(Store(tmp_path / "data", model))
        return opened[-1]

    yield open_store
    for store in opened:
        store.close()


@pytest.fixture
def store(new_store: Callable[[], Store]) -> Store:
    return new_store()
