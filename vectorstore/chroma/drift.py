"""Compares Chroma with the ledger: whether it holds the right rows, and whether it finds them."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import dataclass

import numpy as np

from vectorstore.chroma.process import ChromaProcess
from vectorstore.ledger.database import Ledger

_NEIGHBOURS = 10  # a passage must be among so many nearest to its own vector
# Lowest share of sampled passages that must find themselves. Approximate search may miss one where thousands lie
# close together; a damaged index misses far more.
# index  | data                               | metric                  | value
# sound  | 200 builds of 100 to 5,000 vectors | missed of a sample of 64 | 0
_SOUND_RECALL = 0.98
_TOLERANCE = 1e-3  # between the numbers of a vector and of its copy, which Chroma normalises again


@dataclass(frozen=True)
class IndexDrift:
    """Rows in which Chroma differs from the live passages of the ledger."""

    missing: tuple[int, ...]  # live, but not in Chroma; ascending
    extra: tuple[int, ...]  # in Chroma, but not live; ascending
    changed: tuple[int, ...]  # in Chroma with another vector than the ledger's
    found: float  # share of sampled passages that find themselves, 0 to 1

    @property
    def any(self) -> bool:
        """Whether there is anything to repair."""
        return bool(self.missing or self.extra or self.changed) or not self.sound

    @property
    def sound(self) -> bool:
        """Whether Chroma finds what it holds: `IndexDrift((), (), (), 0.97).sound is False`."""
        return self.found >= _SOUND_RECALL


def compare_with_ledger(ledger: Ledger, chroma: ChromaProcess, model: str, sample: int = 200) -> IndexDrift:
    """Compare every row, and query `sample` of the rows that should be found. `model` is a `ModelIdentity.key`.

    Raises ChromaUnavailable.
    """
    expected = {
        row["row"]
        for row in ledger.connection.execute(
            "SELECT p.row FROM passages p JOIN generations g ON g.generation = p.generation "
            "WHERE g.state = 'live'"
        )
    }
    present: set[int] = set()
    changed: list[int] = []
    for rows, copies in chroma.contents():
        present.update(rows)
        vectors = _vectors(ledger, model, rows)
        changed += [
            row
            for row, copy in zip(rows, copies, strict=True)
            if row in vectors and not np.allclose(vectors[row], copy, atol=_TOLERANCE)
        ]
    intact = sorted((expected & present) - set(changed))
    return IndexDrift(
        missing=tuple(sorted(expected - present)),
        extra=tuple(sorted(present - expected)),
        changed=tuple(row for row in changed if row in expected),
        found=self_recall(ledger, chroma, model, _sample(intact, sample)),
    )


def probe(ledger: Ledger, chroma: ChromaProcess, model: str, sample: int = 64) -> bool:
    """A quick check before an index is trusted: whether its row count fits, and a sample of rows finds itself.

    Raises ChromaUnavailable.
    """
    marked = ledger.connection.execute(
        "SELECT p.row, g.state = 'live' AND g.indexed = 2 AS present FROM passages p "
        "JOIN generations g ON g.generation = p.generation WHERE g.indexed != 0"
    ).fetchall()
    rows = [row["row"] for row in marked if row["present"]]
    # The other marked rows were being written or deleted when a process ended: they may be there or not.
    if not len(rows) <= chroma.count() <= len(marked):
        return False
    return self_recall(ledger, chroma, model, _sample(rows, sample)) >= _SOUND_RECALL


def self_recall(ledger: Ledger, chroma: ChromaProcess, model: str, rows: list[int]) -> float:
    """Share, 0 to 1, of rows that Chroma finds when queried with their own vectors; 1 for no rows.

    Raises ChromaUnavailable.
    """
    vectors = _vectors(ledger, model, rows)
    if not vectors:
        return 1.0
    neighbours = chroma.query(np.stack(list(vectors.values())), _NEIGHBOURS)
    # More than ten passages with the same text have the same vector and crowd each other out: any of them counts.
    hits = sum(
        row in dict(nearest) or bool(nearest and nearest[0][1] > 1 - _TOLERANCE)
        for row, nearest in zip(vectors, neighbours, strict=True)
    )
    return hits / len(vectors)


def _sample(rows: list[int], size: int) -> list[int]:
    return rows if len(rows) <= size else sorted(random.sample(rows, size))


def _vectors(ledger: Ledger, model: str, rows: list[int]) -> dict[int, np.ndarray]:
    """The ledger's vectors of rows, each of shape (dimension,)."""
    # Written into the statement, because SQLite limits bound variables; row numbers are our own integers.
    numbers = ",".join(str(int(row)) for row in rows)
    results: list[sqlite3.Row] = ledger.connection.execute(
        "SELECT p.row, v.vector FROM passages p JOIN vectors v ON v.model = ? AND v.key = p.vector_key "
        f"WHERE p.row IN ({numbers})",
        (model,),
    ).fetchall()
    return {row["row"]: np.frombuffer(row["vector"], dtype="<f4") for row in results}
