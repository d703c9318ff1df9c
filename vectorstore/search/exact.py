"""Exact dense search over the ledger's vectors, held in memory: 150 MB for 100,000 passages of 384 dimensions.

It serves every process that does not own Chroma, every question with a filter, and all questions while Chroma is away.
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

_SMALL_SHARE = (
    0.2  # of all passages: so few are copied and compared; else all are, which costs less than copying
)
_FEW = 2_000  # new passages whose vectors are looked up by key; for more, all vectors are read in order


class ExactIndex:
    """All live vectors of one embedding model. A change of the index makes it read the new ones only. Thread-safe."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self._key: tuple[int, str] | None = None  # revision and model of the three arrays
        self._rows = np.zeros(0, dtype=np.int64)  # of live passages, ascending
        self._generations = np.zeros(0, dtype=np.int64)  # of these passages
        self._matrix = np.zeros((0, 0), dtype=np.float32)  # their vectors, shape (passages, dimension)

    def query(
        self, vector: Vectors, n: int, model: str, only: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        """The n nearest rows with their cosine similarity, -1 to 1, best first; equal ones by row.

        `vector` has shape (dimension,), `model` is a `ModelIdentity.key`, `only` are the generations that may answer
        (None: all).
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
            few = len(chosen) < _SMALL_SHARE * len(rows)
            similarities = matrix[chosen] @ vector if few else (matrix @ vector)[chosen]
            rows = rows[chosen]
        n = min(n, len(rows))
        if n < 1:
            return []
        best = np.argpartition(-similarities, n - 1)[:n]
        best = best[np.lexsort((rows[best], -similarities[best]))]
        return [(int(rows[i]), float(similarities[i])) for i in best]

    def _load(self, model: str) -> tuple[np.ndarray, np.ndarray, Vectors]:
        """Rows, generations and vectors as of now."""
        with self._lock:
            # The revision is read before the rows: a change in between is read twice, but never missed.
            key = (self._ledger.revision, model)
            if key != self._key:
                if self._key is None or self._key[1] != model:
                    self._rows, self._matrix = self._rows[:0], np.zeros((0, 0), dtype=np.float32)
                self._key = None  # if the update raises, the next call starts it again
                self._update(model)
                self._key = key
            return self._rows, self._generations, self._matrix

    def _update(self, model: str) -> None:
        """Drop rows that are no longer live and read new ones. A row number is never used for a second passage."""
        live, generations = self._live()
        still_live = np.isin(self._rows, live, assume_unique=True)
        if not still_live.all():
            self._rows, self._matrix = self._rows[still_live], self._matrix[still_live]
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
        cursor.row_factory = None  # plain tuples: there may be a hundred thousand
        results = cursor.execute(
            "SELECT p.row, p.generation FROM generations g CROSS JOIN passages p ON p.generation = g.generation "
            "WHERE g.state = 'live'"
        ).fetchall()
        pairs = np.array(results, dtype=np.int64).reshape(-1, 2)
        pairs = pairs[np.argsort(pairs[:, 0])]
        return pairs[:, 0], pairs[:, 1]

    def _read(self, rows: np.ndarray, model: str) -> tuple[np.ndarray, Vectors]:
        """Those rows of which the ledger has a vector, and the vectors, shape (rows, dimension)."""
        cursor = self._ledger.connection.cursor()
        cursor.row_factory = None
        places = {row: place for place, row in enumerate(rows.tolist())}
        results: Iterable[tuple[int, bytes]]
        if len(rows) <= _FEW:
            numbers = ",".join(map(str, rows.tolist()))
            results = cursor.execute(
                "SELECT p.row, v.vector FROM passages p CROSS JOIN vectors v "
                f"ON v.model = ? AND v.key = p.vector_key WHERE p.row IN ({numbers})",
                (model,),
            )
        else:
            results = _read_in_storage_order(cursor, places, model)
        filled = np.zeros(len(rows), dtype=bool)
        matrix = np.zeros((0, 0), dtype=np.float32)
        for row, vector in results:
            if not len(matrix):
                matrix = np.empty((len(rows), len(vector) // 4), dtype="<f4")
            place = places[row]
            matrix[place] = np.frombuffer(vector, dtype="<f4")
            filled[place] = True
        return (rows, matrix) if filled.all() else (rows[filled], matrix[filled[: len(matrix)]])


def _read_in_storage_order(
    cursor: sqlite3.Cursor, rows: Collection[int], model: str
) -> Iterator[tuple[int, bytes]]:
    """Rows with their vectors' bytes. Reading all vectors as they are stored is four times as fast as by key."""
    rows_by_key: dict[bytes, list[int]] = {}
    for row, key in cursor.execute("SELECT row, vector_key FROM passages"):
        if row in rows:
            rows_by_key.setdefault(key, []).append(row)
    for key, vector in cursor.execute("SELECT key, vector FROM vectors WHERE model = ?", (model,)):
        for row in rows_by_key.get(key, ()):
            yield row, vector
