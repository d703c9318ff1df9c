"""Exact dense search over the ledger's own vectors.

Serves every process that does not own Chroma, every narrow filter, and the time in which Chroma is
being made anew. The matrix is kept until the ledger's revision moves; 100,000 passages of 384
dimensions are 150 MB.
"""

from __future__ import annotations

import threading
from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np

from vectorstore.ledger import Ledger

if TYPE_CHECKING:
    from vectorstore.embeddings import Vectors


class ExactIndex:
    """All live vectors of one embedding model in memory."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self._key: tuple[int, str] | None = None
        self._rows = np.zeros(0, dtype=np.int64)
        self._generations = np.zeros(0, dtype=np.int64)
        self._matrix = np.zeros((0, 0), dtype=np.float32)

    def query(
        self, vector: Vectors, n: int, model: str, only: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        """The n nearest rows with their cosine similarity, best first.

        `only`, where given, names the generations that may answer.
        """
        rows, generations, matrix = self._load(model)
        if only is not None:
            chosen = np.isin(generations, np.fromiter(only, dtype=np.int64, count=len(only)))
            rows, matrix = rows[chosen], matrix[chosen]
        if not len(rows) or n < 1:
            return []
        similarities = matrix @ vector
        n = min(n, len(rows))
        best = np.argpartition(-similarities, n - 1)[:n]
        best = best[np.lexsort((rows[best], -similarities[best]))]  # ties by row: the same order each time
        return [(int(rows[i]), float(similarities[i])) for i in best]

    def _load(self, model: str) -> tuple[np.ndarray, np.ndarray, Vectors]:
        with self._lock:
            # Read before the rows: a change in between is then seen by the next call, never missed.
            key = (self._ledger.revision, model)
            if key != self._key:
                found = self._ledger.connection.execute(
                    "SELECT p.row, p.generation, v.vector FROM passages p "
                    "JOIN generations g ON g.generation = p.generation AND g.state = 'live' "
                    "JOIN vectors v ON v.model = ? AND v.key = p.vector_key ORDER BY p.row",
                    (model,),
                ).fetchall()
                self._rows = np.array([row["row"] for row in found], dtype=np.int64)
                self._generations = np.array([row["generation"] for row in found], dtype=np.int64)
                joined = b"".join(row["vector"] for row in found)
                self._matrix = (
                    np.frombuffer(joined, dtype="<f4").reshape(len(found), -1)
                    if found
                    else (np.zeros((0, 0), dtype=np.float32))
                )
                self._key = key
            return self._rows, self._generations, self._matrix
