"""Whether Chroma holds what the ledger says, and finds it."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import dataclass

import numpy as np

from vectorstore.chroma.process import ChromaProcess
from vectorstore.ledger.database import Ledger

_NEIGHBOURS = 10  # among which a passage must find itself
# A sound index finds all of its passages: over 200 builds of 100 to 5,000 vectors none of 64 was missed. Approximate
# search may miss one where thousands lie close together, and damage loses far more.
_ENOUGH = 0.98
_SAME = 1e-3  # between a vector and its copy, which Chroma normalises again


@dataclass(frozen=True)
class IndexDrift:
    """Rows in which Chroma differs from the live passages of the ledger."""

    lacking: tuple[int, ...]
    beyond: tuple[int, ...]
    changed: tuple[int, ...]  # held with another vector
    found: float  # share of sampled passages that find themselves, 0 to 1

    @property
    def any(self) -> bool:
        return bool(self.lacking or self.beyond or self.changed) or not self.sound

    @property
    def sound(self) -> bool:
        return self.found >= _ENOUGH


def compare_with_ledger(ledger: Ledger, chroma: ChromaProcess, model: str, sample: int = 200) -> IndexDrift:
    """Read all that Chroma holds, and ask it for `sample` of the passages that it should."""
    want = {
        row["row"]
        for row in ledger.connection.execute(
            "SELECT p.row FROM passages p JOIN generations g ON g.generation = p.generation "
            "WHERE g.state = 'live'"
        )
    }
    have: set[int] = set()
    changed: list[int] = []
    for rows, held in chroma.contents():
        have.update(rows)
        known = _vectors(ledger, model, rows)
        changed += [
            row
            for row, vector in zip(rows, held, strict=True)
            if row in known and not np.allclose(known[row], vector, atol=_SAME)
        ]
    intact = sorted((want & have) - set(changed))
    found = self_recall(ledger, chroma, model, _some(intact, sample))
    return IndexDrift(
        tuple(sorted(want - have)),
        tuple(sorted(have - want)),
        tuple(row for row in changed if row in want),
        found,
    )


def probe(ledger: Ledger, chroma: ChromaProcess, model: str, sample: int = 64) -> bool:
    """A quick look at an index before it is trusted: whether it holds as many rows as it should, and passages that
    it should hold find themselves."""
    marked = ledger.connection.execute(
        "SELECT p.row, g.state = 'live' AND g.indexed = 2 AS there FROM passages p "
        "JOIN generations g ON g.generation = p.generation WHERE g.indexed != 0"
    ).fetchall()
    rows = [row["row"] for row in marked if row["there"]]
    # Of what was being written or deleted when a process was killed, either may be the case.
    if not len(rows) <= chroma.count() <= len(marked):
        return False
    return self_recall(ledger, chroma, model, _some(rows, sample)) >= _ENOUGH


def self_recall(ledger: Ledger, chroma: ChromaProcess, model: str, rows: list[int]) -> float:
    """Share of rows that Chroma finds when asked for their own vectors; 1 for none."""
    known = _vectors(ledger, model, rows)
    if not known:
        return 1.0
    hits = chroma.query(np.stack(list(known.values())), _NEIGHBOURS)
    # A passage whose very words stand elsewhere too may be crowded out by its equals.
    found = sum(
        row in dict(near) or bool(near and near[0][1] > 1 - _SAME)
        for row, near in zip(known, hits, strict=True)
    )
    return found / len(known)


def _some(rows: list[int], sample: int) -> list[int]:
    return rows if len(rows) <= sample else sorted(random.sample(rows, sample))


def _vectors(ledger: Ledger, model: str, rows: list[int]) -> dict[int, np.ndarray]:
    # Row numbers are our own integers: written out, they are not bound by SQLite's variable limit.
    numbers = ",".join(str(int(row)) for row in rows)
    found: list[sqlite3.Row] = ledger.connection.execute(
        "SELECT p.row, v.vector FROM passages p JOIN vectors v ON v.model = ? AND v.key = p.vector_key "
        f"WHERE p.row IN ({numbers})",
        (model,),
    ).fetchall()
    return {row["row"]: np.frombuffer(row["vector"], dtype="<f4") for row in found}
