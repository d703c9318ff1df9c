"""Chroma, seen through the few calls we make of it.

The only module that knows Chroma's units: cosine distances become similarities here, once. Rows
carry ids and generations and no text: the words, and what may be shown, are the ledger's business.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from vectorstore.errors import StoreError

if TYPE_CHECKING:
    from vectorstore.embeddings import ModelIdentity, Vectors

_PAGE = 1_000  # ids asked for at once: Chroma fails at about 40,000 SQL variables


class ChromaUnavailable(StoreError):
    code = "chroma"


class ChromaIndex:
    """A collection of vectors for one embedding model, in a folder or on a Chroma server."""

    def __init__(self, place: Path | str, identity: ModelIdentity) -> None:
        os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
        try:
            import chromadb
            from chromadb.config import Settings

            settings = Settings(anonymized_telemetry=False)
            if isinstance(place, Path):
                place.mkdir(parents=True, exist_ok=True)
                self._client = chromadb.PersistentClient(path=str(place), settings=settings)
            else:
                address = urlsplit(place)
                tls = address.scheme == "https"
                self._client = chromadb.HttpClient(
                    host=address.hostname or "localhost",
                    port=address.port or (443 if tls else 8000),
                    ssl=tls,
                    settings=settings,
                )
            # embedding_function=None: Chroma's own default would fetch a model from the network.
            self._rows: Any = self._client.get_or_create_collection(
                collection_name(identity),
                configuration={"hnsw": {"space": "cosine"}},
                embedding_function=None,
            )
            self._batch = min(int(self._client.get_max_batch_size()), 5_000)
        except Exception as error:  # Chroma raises its own, SQLite's, Rust's and httpx's
            raise ChromaUnavailable(f"Chroma cannot be opened at {place}: {error}") from error

    def upsert(self, rows: Sequence[int], generation: int, vectors: Vectors) -> None:
        for at in range(0, len(rows), self._batch):
            part = slice(at, at + self._batch)
            ids = [str(row) for row in rows[part]]
            self._rows.upsert(
                ids=ids, embeddings=vectors[part], metadatas=[{"generation": generation}] * len(ids)
            )

    def delete(self, rows: Sequence[int]) -> None:
        for at in range(0, len(rows), self._batch):
            self._rows.delete(ids=[str(row) for row in rows[at : at + self._batch]])

    def query(self, vector: Vectors, n: int) -> list[tuple[int, float]]:
        """The n nearest rows with their cosine similarity, best first (fewer where there are fewer)."""
        n = min(n, self.count())
        if n == 0:
            return []
        answer = self._rows.query(query_embeddings=[vector], n_results=n, include=["distances"])
        # Cosine space: distance = 1 - similarity.
        return [
            (int(row), 1.0 - float(distance))
            for row, distance in zip(answer["ids"][0], answer["distances"][0], strict=True)
        ]

    def rows(self) -> Iterator[int]:
        """Every row id it holds, read page by page."""
        offset = 0
        while ids := self._rows.get(limit=_PAGE, offset=offset, include=[])["ids"]:
            yield from (int(row) for row in ids)
            offset += len(ids)

    def count(self) -> int:
        return int(self._rows.count())

    def clear(self, identity: ModelIdentity) -> None:
        """Forget every vector (a server's way to start anew; a folder is simply replaced)."""
        self._client.delete_collection(collection_name(identity))
        self._rows = self._client.get_or_create_collection(
            collection_name(identity), configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
        )

    def close(self) -> None:
        """Let go of the files; Chroma writes what it holds back."""
        close = getattr(self._client, "close", None)
        if close is not None:
            close()


def collection_name(identity: ModelIdentity) -> str:
    name = re.sub(r"[^A-Za-z0-9]+", "-", identity.name.rsplit("/", 1)[-1]).strip("-")[:40]
    return f"passages-{name}-{identity.revision}"
