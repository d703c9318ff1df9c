"""Exact dense search over the ledger's own vectors.

Serves every process that does not own Chroma, every narrow filter, and the time in which Chroma is
being made anew. 100,000 passages of 384 dimensions are 150 MB.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from vectorstore.ledger.database import Ledger

if TYPE_CHECKING:
    from vectorstore.embedding.types import Vectors

_FEW_OF_ALL = 0.2  # a share of the passages
_FEW = 2_000  # passages whose vectors are looked up one by one


class ExactIndex:
    """All live vectors of one embedding model in memory; after a change, only what is new is read. Thread-safe."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self._key: tuple[int, str] | None = None  # revision and model of what is in memory
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
        if not len(rows):
            return []
        if only is None:
            similarities = matrix @ vector
        else:
            allowed = np.zeros(max(int(generations.max()), *only) + 1, dtype=bool)
            allowed[np.fromiter(only, dtype=np.int64, count=len(only))] = True
            (chosen,) = np.nonzero(allowed[generations])
            few = len(chosen) < _FEW_OF_ALL * len(rows)  # to compare all is cheaper than to copy most
            similarities = matrix[chosen] @ vector if few else (matrix @ vector)[chosen]
            rows = rows[chosen]
        n = min(n, len(rows))
        if n < 1:
            return []
        best = np.argpartition(-similarities, n - 1)[:n]
        best = best[np.lexsort((rows[best], -similarities[best]))]  # ties by row: the same order each time
        return [(int(rows[i]), float(similarities[i])) for i in best]

    def _load(self, model: str) -> tuple[np.ndarray, np.ndarray, Vectors]:
        with self._lock:
            # Read before the rows: a change in between is then seen by the next call, never missed.
            key = (self._ledger.revision, model)
            if key != self._key:
                if self._key is None or self._key[1] != model:
                    self._rows, self._matrix = self._rows[:0], np.zeros((0, 0), dtype=np.float32)
                self._key = None  # an error in between leaves nothing that counts as known
                self._follow(model)
                self._key = key
            return self._rows, self._generations, self._matrix

    def _follow(self, model: str) -> None:
        """Let go of what is no longer live and read what is new: a row never stands for two passages."""
        live, generations = self._live()
        kept = np.isin(self._rows, live, assume_unique=True)
        if not kept.all():
            self._rows, self._matrix = self._rows[kept], self._matrix[kept]
        new = live[~np.isin(live, self._rows, assume_unique=True)]
        if len(new):
            rows, vectors = self._read(new, model)
            if len(rows):
                self._matrix = np.concatenate([self._matrix, vectors]) if len(self._rows) else vectors
                self._rows = np.concatenate([self._rows, rows])
                order = np.argsort(self._rows)
                if (np.diff(order) < 0).any():
                    self._rows, self._matrix = self._rows[order], self._matrix[order]
        self._generations = generations[np.searchsorted(live, self._rows)]

    def _live(self) -> tuple[np.ndarray, np.ndarray]:
        """Rows of all live passages, ascending, and their generations."""
        cursor = self._ledger.connection.cursor()
        cursor.row_factory = None  # plain pairs: there may be a hundred thousand
        found = cursor.execute(
            "SELECT p.row, p.generation FROM generations g CROSS JOIN passages p ON p.generation = g.generation "
            "WHERE g.state = 'live'"
        ).fetchall()
        pairs = np.array(found, dtype=np.int64).reshape(-1, 2)
        pairs = pairs[np.argsort(pairs[:, 0])]
        return pairs[:, 0], pairs[:, 1]

    def _read(self, rows: np.ndarray, model: str) -> tuple[np.ndarray, Vectors]:
        """The vectors of rows, where the ledger has them, and the rows that these are."""
        cursor = self._ledger.connection.cursor()
        cursor.row_factory = None
        places = {row: place for place, row in enumerate(rows.tolist())}
        found: Iterable[tuple[int, bytes]]
        if len(rows) <= _FEW:
            listed = ",".join(map(str, rows.tolist()))
            found = cursor.execute(
                "SELECT p.row, v.vector FROM passages p CROSS JOIN vectors v "
                f"ON v.model = ? AND v.key = p.vector_key WHERE p.row IN ({listed})",
                (model,),
            )
        else:
            found = _in_the_order_kept(cursor, places, model)
        filled = np.zeros(len(rows), dtype=bool)
        matrix = np.zeros((0, 0), dtype=np.float32)
        for row, vector in found:
            if not len(matrix):
                matrix = np.empty((len(rows), len(vector) // 4), dtype="<f4")
            place = places[row]
            matrix[place] = np.frombuffer(vector, dtype="<f4")
            filled[place] = True
        return (rows, matrix) if filled.all() else (rows[filled], matrix[filled[: len(matrix)]])


def _in_the_order_kept(
    cursor: sqlite3.Cursor, rows: Collection[int], model: str
) -> Iterator[tuple[int, bytes]]:
    """Rows with their vectors, by one reading of all vectors from first to last: four times as fast as by keys."""
    wanted: dict[bytes, list[int]] = {}
    for row, key in cursor.execute("SELECT row, vector_key FROM passages"):
        if row in rows:
            wanted.setdefault(key, []).append(row)
    for key, vector in cursor.execute("SELECT key, vector FROM vectors WHERE model = ?", (model,)):
        for row in wanted.get(key, ()):
            yield row, vector
