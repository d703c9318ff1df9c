"""Near-duplicates: the same story on two sites, a corrected version of a report.

Candidates come from MinHash signatures in bands (Broder 1997; Leskovec, Rajaraman and Ullman, Mining of Massive
Datasets, chapter 3), kept in the ledger; each candidate is then compared by its words themselves.
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Sequence

import numpy as np

_SHINGLE = 5  # words
# 24 bands of 3: of two texts that share half of their shingles 96 % become candidates, of a tenth 2 %.
_BANDS, _ROWS = 24, 3
_FEWEST = 20  # shingles; of shorter texts likeness says nothing
_ALIKE = 0.5  # shared shingles, of those of both
_HELD = 0.8  # shared shingles, of the shorter text's: a story cut down
_MOST_CANDIDATES = 20  # of a large family the nearest suffice to belong to it
_PRIME = np.uint64((1 << 31) - 1)  # products of two numbers below it fit 64 bits
_WORD = re.compile(r"\w+", re.UNICODE)
_CHUNK = 4096  # shingles hashed at once: 72 numbers of 8 bytes each


def shingles(text: str) -> frozenset[int]:
    """Hashes of the runs of five words in a text, case and punctuation aside."""
    words = _WORD.findall(text.casefold())
    return frozenset(
        zlib.crc32(" ".join(words[at : at + _SHINGLE]).encode("utf8", "replace"))
        for at in range(len(words) - _SHINGLE + 1)
    )


def bands(found: Collection[int]) -> list[tuple[int, int]]:
    """(band, value) pairs of a text's signature; none for a short text. Texts with a pair in common may be alike."""
    if len(found) < _FEWEST:
        return []
    values = np.fromiter(found, dtype=np.uint64, count=len(found)) % _PRIME
    generator = np.random.default_rng(1)
    factors, offsets = generator.integers(1, int(_PRIME), (2, _BANDS * _ROWS, 1), dtype=np.uint64)
    least = np.full(_BANDS * _ROWS, _PRIME, dtype=np.uint64)
    for at in range(0, len(values), _CHUNK):
        part = (factors * values[None, at : at + _CHUNK] + offsets) % _PRIME
        least = np.minimum(least, part.min(axis=1))
    return [(band, zlib.crc32(least[band * _ROWS : (band + 1) * _ROWS].tobytes())) for band in range(_BANDS)]


def near_duplicates_of(one: Collection[int], other: Collection[int]) -> float | None:
    """The share of shingles that two texts have in common, 0 to 1; None where they are not alike."""
    if min(len(one), len(other)) < _FEWEST:
        return None
    common = len(set(one) & set(other))
    share = common / (len(one) + len(other) - common)
    return share if share >= _ALIKE or common / min(len(one), len(other)) >= _HELD else None


def record_shingles(connection: sqlite3.Connection, generation: int, texts: Sequence[str]) -> None:
    """Keep the signature of a version that goes live, and which live versions of other documents it is like."""
    mine = _of(texts)
    pairs = bands(mine)
    connection.executemany(
        "INSERT INTO bands (band, value, generation) VALUES (?, ?, ?)",
        [(band, value, generation) for band, value in pairs],
    )
    for other in _candidates(connection, generation, pairs):
        rows = connection.execute("SELECT text FROM passages WHERE generation = ? ORDER BY row", (other,))
        share = near_duplicates_of(mine, _of(row["text"] for row in rows))
        if share is not None:
            connection.execute(
                "INSERT INTO likenesses VALUES (?, ?, ?)", (generation, other, round(share, 3))
            )


def copy_shingles(connection: sqlite3.Connection, old: int, new: int) -> None:
    """Give a new version of the same text the old one's signature and likenesses."""
    connection.execute("INSERT INTO bands SELECT band, value, ? FROM bands WHERE generation = ?", (new, old))
    connection.execute(
        "INSERT INTO likenesses SELECT ?, CASE generation WHEN ? THEN other ELSE generation END, share "
        "FROM likenesses WHERE ? IN (generation, other)",
        (new, old, old),
    )


def families(connection: sqlite3.Connection) -> dict[str, str]:
    """Document to family, for live documents that are like another: a family is named by its first document."""
    pairs = connection.execute(
        "SELECT a.document_id AS one, b.document_id AS other FROM likenesses l "
        "JOIN generations a ON a.generation = l.generation AND a.state = 'live' "
        "JOIN generations b ON b.generation = l.other AND b.state = 'live'"
    ).fetchall()
    if not pairs:
        return {}
    order = {
        row["document_id"]: place
        for place, row in enumerate(connection.execute("SELECT document_id FROM documents ORDER BY rowid"))
    }
    family: dict[str, str] = {}
    for pair in pairs:
        joined = [family.get(pair["one"], pair["one"]), family.get(pair["other"], pair["other"])]
        first = min(joined, key=order.__getitem__)
        for document in [pair["one"], pair["other"], *(d for d, head in family.items() if head in joined)]:
            family[document] = first
    return family


def _of(texts: Iterable[str]) -> frozenset[int]:
    return frozenset().union(*map(shingles, texts))


def _candidates(
    connection: sqlite3.Connection, generation: int, pairs: Sequence[tuple[int, int]]
) -> list[int]:
    if not pairs:
        return []
    marks = " OR ".join(["(b.band = ? AND b.value = ?)"] * len(pairs))
    rows = connection.execute(
        "SELECT b.generation FROM bands b JOIN generations g ON g.generation = b.generation "
        "AND g.state = 'live' AND g.document_id != (SELECT document_id FROM generations WHERE generation = ?) "
        f"WHERE {marks} GROUP BY b.generation ORDER BY count(*) DESC LIMIT ?",
        [generation, *(number for pair in pairs for number in pair), _MOST_CANDIDATES],
    )
    return [int(row["generation"]) for row in rows]
