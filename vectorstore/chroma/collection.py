"""Chroma, seen through the few calls we make of it.

The only module that knows Chroma's units: cosine distances become similarities here, once. Rows
carry ids and generations and no text: the words, and what may be shown, are the ledger's business.
Lives in a process of its own (see chroma_worker.py and chroma_process.py).
"""

from __future__ import annotations

import base64
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import numpy as np

if TYPE_CHECKING:
    from vectorstore.embedding.types import Vectors

_PAGE = 1_000  # ids asked for at once: Chroma fails at about 40,000 SQL variables
# Above Chroma's defaults (100, 16, 100), with which up to 3 % of the passages of a made-up set did not find
# themselves among ten, and under 1 % of real ones.
_HNSW = {"space": "cosine", "ef_construction": 200, "max_neighbors": 32, "ef_search": 200}
_MOST = 5_000  # rows written at once; a server may allow fewer


class ChromaIndex:
    """A collection of vectors, in a folder or on a Chroma server. Raises whatever Chroma raises: its own errors,
    SQLite's, Rust's and httpx's."""

    def __init__(self, place: Path | str, collection: str) -> None:
        os.environ["ANONYMIZED_TELEMETRY"] = "False"
        import chromadb
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False)
        if isinstance(place, Path):
            place.mkdir(parents=True, exist_ok=True)
            self._client: Any = chromadb.PersistentClient(path=str(place), settings=settings)
        else:
            address = urlsplit(place)
            tls = address.scheme == "https"
            self._client = chromadb.HttpClient(
                host=address.hostname or "localhost",
                port=address.port or (443 if tls else 8000),
                ssl=tls,
                headers=_credentials(address.username, address.password),
                settings=settings,
            )
        self._collection = collection
        self._open()
        self._batch = min(int(self._client.get_max_batch_size()), _MOST)

    def _open(self) -> None:
        # embedding_function=None: Chroma's own default would fetch a model from the network.
        self._rows: Any = self._client.get_or_create_collection(
            self._collection, configuration={"hnsw": _HNSW}, embedding_function=None
        )

    def upsert(self, rows: Sequence[int], generations: Sequence[int], vectors: Vectors) -> None:
        """Write rows, each call's worth of them wholly or not at all. `vectors` has shape (rows, dimension)."""
        for at in range(0, len(rows), self._batch):
            part = slice(at, at + self._batch)
            self._rows.upsert(
                ids=[str(row) for row in rows[part]],
                embeddings=vectors[part],
                metadatas=[{"generation": generation} for generation in generations[part]],
            )

    def delete(self, rows: Sequence[int]) -> None:
        for at in range(0, len(rows), self._batch):
            self._rows.delete(ids=[str(row) for row in rows[at : at + self._batch]])

    def query(self, vectors: Vectors, n: int) -> list[list[tuple[int, float]]]:
        """For each vector the n nearest rows with their cosine similarity, best first (fewer where there are fewer)."""
        n = min(n, self.count())
        if n == 0:
            return [[] for _ in vectors]
        answer = self._rows.query(query_embeddings=list(vectors), n_results=n, include=["distances"])
        # Cosine space: distance = 1 - similarity.
        return [
            [(int(row), 1.0 - float(distance)) for row, distance in zip(rows, distances, strict=True)]
            for rows, distances in zip(answer["ids"], answer["distances"], strict=True)
        ]

    def page(self, offset: int) -> tuple[list[int], Vectors]:
        """Up to 1,000 rows from `offset` on and their vectors, shape (rows, dimension); none at the end."""
        found = self._rows.get(limit=_PAGE, offset=offset, include=["embeddings"])
        return [int(row) for row in found["ids"]], np.asarray(found["embeddings"], dtype=np.float32)

    def count(self) -> int:
        return int(self._rows.count())

    def clear(self) -> None:
        """Forget every vector (a server's way to start anew; a folder is simply replaced)."""
        self._client.delete_collection(self._collection)
        self._open()

    def close(self) -> None:
        """Let go of the files; Chroma writes what it holds back."""
        close = getattr(self._client, "close", None)
        if close is not None:
            close()


def _credentials(name: str | None, password: str | None) -> dict[str, str]:
    """What a server behind a password wants, from the name and password in its address."""
    if name is None:
        return {}
    pair = f"{unquote(name)}:{unquote(password or '')}"
    return {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}
