"""A Chroma collection behind the few calls that we need; runs in a process of its own (`worker`, `process`).

The only module that knows Chroma's units: distances become similarities here, once. Rows carry an id, a generation
and a vector, but no text: texts, and which of them may be shown, are the ledger's business.
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

_PAGE = 1_000  # rows read at once; Chroma fails at about 40,000 SQL variables
# Above Chroma's defaults, which lose passages (share of passages not among the ten nearest to their own vector):
# ef_construction, max_neighbors, ef_search | data      | metric | value
# 100, 16, 100 (defaults)                   | synthetic | lost   | up to 3 %
# 100, 16, 100 (defaults)                   | real      | lost   | under 1 %
_HNSW = {"space": "cosine", "ef_construction": 200, "max_neighbors": 32, "ef_search": 200}
_MOST_ROWS = 5_000  # written at once; a server may allow fewer


class ChromaIndex:
    """A collection of vectors, in a folder (a Path) or on a Chroma server (a URL).

    Every method raises whatever Chroma raises: its own errors, SQLite's, Rust's and httpx's.
    """

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
        self._batch = min(int(self._client.get_max_batch_size()), _MOST_ROWS)

    def _open(self) -> None:
        # embedding_function=None, because Chroma's default would download a model.
        self._rows: Any = self._client.get_or_create_collection(
            self._collection, configuration={"hnsw": _HNSW}, embedding_function=None
        )

    def upsert(self, rows: Sequence[int], generations: Sequence[int], vectors: Vectors) -> None:
        """Write rows with their vectors, shape (len(rows), dimension). Each batch is written whole or not at all."""
        for at in range(0, len(rows), self._batch):
            part = slice(at, at + self._batch)
            self._rows.upsert(
                ids=[str(row) for row in rows[part]],
                embeddings=vectors[part],
                metadatas=[{"generation": generation} for generation in generations[part]],
            )

    def delete(self, rows: Sequence[int]) -> None:
        """Delete rows; rows that are not there do no harm."""
        for at in range(0, len(rows), self._batch):
            self._rows.delete(ids=[str(row) for row in rows[at : at + self._batch]])

    def query(self, vectors: Vectors, n: int) -> list[list[tuple[int, float]]]:
        """For each vector the n nearest rows with their cosine similarity, best first; all rows if there are fewer.

        `vectors` has shape (questions, dimension); similarities run from -1 to 1.
        """
        n = min(n, self.count())
        if n == 0:
            return [[] for _ in vectors]
        result = self._rows.query(query_embeddings=list(vectors), n_results=n, include=["distances"])
        # In cosine space Chroma's distance is 1 - similarity.
        return [
            [(int(row), 1.0 - float(distance)) for row, distance in zip(rows, distances, strict=True)]
            for rows, distances in zip(result["ids"], result["distances"], strict=True)
        ]

    def page(self, offset: int) -> tuple[list[int], Vectors]:
        """Up to 1,000 rows from `offset` on, and their vectors, shape (rows, dimension); no rows at the end."""
        result = self._rows.get(limit=_PAGE, offset=offset, include=["embeddings"])
        return [int(row) for row in result["ids"]], np.asarray(result["embeddings"], dtype=np.float32)

    def count(self) -> int:
        """How many rows there are."""
        return int(self._rows.count())

    def clear(self) -> None:
        """Delete every row. For a server; a folder is replaced instead."""
        self._client.delete_collection(self._collection)
        self._open()

    def close(self) -> None:
        """Close the files; Chroma writes what it still has in memory."""
        close = getattr(self._client, "close", None)
        if close is not None:
            close()


def _credentials(name: str | None, password: str | None) -> dict[str, str]:
    """The header for a server behind a password, from the user name and password in its URL.

    `_credentials("a", "b") == {"Authorization": "Basic YTpi"}`; {} without a user name.
    """
    if name is None:
        return {}
    pair = f"{unquote(name)}:{unquote(password or '')}"
    return {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}
