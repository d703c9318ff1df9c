"""Near-duplicates: the same story on two sites, or a corrected version of a report.

Candidates share a band of their MinHash signatures (Broder 1997; Leskovec, Rajaraman and Ullman, Mining of Massive
Datasets, chapter 3), stored in the ledger; each candidate is then compared shingle by shingle.
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Sequence

import numpy as np

_SHINGLE = 5  # words
# Chance that a pair of texts shares a band and so becomes a candidate, 1 - (1 - s^3)^24:
# shared shingles s | chance
# .5                | .96
# .1                | .02
_BANDS, _ROWS = 24, 3
_MIN_SHINGLES = 20  # shorter texts share shingles by chance, so they are compared with nothing
_ALIKE = 0.5  # Jaccard similarity from which two texts are near-duplicates
_CONTAINED = 0.8  # or this share of the shorter text's shingles: a story that was cut down
_MAX_CANDIDATES = 20  # joining a family takes one match, so the nearest candidates are enough
_PRIME = np.uint64((1 << 31) - 1)  # below 2^31, so that a product of two values fits 64 bits
_WORD = re.compile(r"\w+", re.UNICODE)
_CHUNK = 4096  # shingles hashed at once; each takes 72 values of 8 bytes


def shingles(text: str) -> frozenset[int]:
    """CRC-32 of every run of five words of a text, ignoring case and punctuation.

    Empty for fewer than five words: `shingles("Too short to say.") == frozenset()`.
    """
    words = _WORD.findall(text.casefold())
    return frozenset(
        zlib.crc32(" ".join(words[at : at + _SHINGLE]).encode("utf8", "replace"))
        for at in range(len(words) - _SHINGLE + 1)
    )


def bands(hashes: Collection[int]) -> list[tuple[int, int]]:
    """The MinHash signature of a text's shingles, as 24 pairs (band, value).

    Texts that have a pair in common are candidates for comparison. Empty for a text of fewer than 20 shingles, e.g.
    `bands(shingles("Too short to say.")) == []`.
    """
    if len(hashes) < _MIN_SHINGLES:
        return []
    values = np.fromiter(hashes, dtype=np.uint64, count=len(hashes)) % _PRIME
    generator = np.random.default_rng(1)
    factors, offsets = generator.integers(1, int(_PRIME), (2, _BANDS * _ROWS, 1), dtype=np.uint64)
    minima = np.full(_BANDS * _ROWS, _PRIME, dtype=np.uint64)
    for at in range(0, len(values), _CHUNK):
        part = (factors * values[None, at : at + _CHUNK] + offsets) % _PRIME
        minima = np.minimum(minima, part.min(axis=1))
    return [(band, zlib.crc32(minima[band * _ROWS : (band + 1) * _ROWS].tobytes())) for band in range(_BANDS)]


def near_duplicates_of(first: Collection[int], second: Collection[int]) -> float | None:
    """The Jaccard similarity of two sets of shingles, 0 to 1, if they are near-duplicates; else None.

    `near_duplicates_of(range(100), range(20, 120))` is 80 / 120; `near_duplicates_of(range(100), range(50, 150))` is
    None.
    """
    if min(len(first), len(second)) < _MIN_SHINGLES:
        return None
    common = len(set(first) & set(second))
    share = common / (len(first) + len(second) - common)
    return share if share >= _ALIKE or common / min(len(first), len(second)) >= _CONTAINED else None


def record_shingles(connection: sqlite3.Connection, generation: int, texts: Sequence[str]) -> None:
    """Store the signature of a version that goes live, and its likeness to live versions of other documents.

    `texts` are the passages of the version.
    """
    hashes = _all_shingles(texts)
    signature = bands(hashes)
    connection.executemany(
        "INSERT INTO bands (band, value, generation) VALUES (?, ?, ?)",
        [(band, value, generation) for band, value in signature],
    )
    for candidate in _candidates(connection, generation, signature):
        rows = connection.execute("SELECT text FROM passages WHERE generation = ? ORDER BY row", (candidate,))
        share = near_duplicates_of(hashes, _all_shingles(row["text"] for row in rows))
        if share is not None:
            connection.execute(
                "INSERT INTO likenesses VALUES (?, ?, ?)", (generation, candidate, round(share, 3))
            )


def _all_shingles(texts: Iterable[str]) -> frozenset[int]:
    return frozenset().union(*map(shingles, texts))


def _candidates(
    connection: sqlite3.Connection, generation: int, signature: Sequence[tuple[int, int]]
) -> list[int]:
    """Live generations of other documents that share a band, those with most bands in common first."""
    if not signature:
        return []
    marks = " OR ".join(["(b.band = ? AND b.value = ?)"] * len(signature))
    rows = connection.execute(
        "SELECT b.generation FROM bands b JOIN generations g ON g.generation = b.generation "
        "AND g.state = 'live' AND g.document_id != (SELECT document_id FROM generations WHERE generation = ?) "
        f"WHERE {marks} GROUP BY b.generation ORDER BY count(*) DESC LIMIT ?",
        [generation, *(number for pair in signature for number in pair), _MAX_CANDIDATES],
    )
    return [int(row["generation"]) for row in rows]


def copy_shingles(connection: sqlite3.Connection, old: int, new: int) -> None:
    """Copy signature and likenesses to a new generation of the same text (`old` and `new` are generations)."""
    connection.execute("INSERT INTO bands SELECT band, value, ? FROM bands WHERE generation = ?", (new, old))
    connection.execute(
        "INSERT INTO likenesses SELECT ?, CASE generation WHEN ? THEN other ELSE generation END, share "
        "FROM likenesses WHERE ? IN (generation, other)",
        (new, old, old),
    )


def families(connection: sqlite3.Connection) -> dict[str, str]:
    """Document id -> family, for every live document that has a near-duplicate.

    A family is the transitive closure of likeness, and is named by the id of its first document.
    """
    pairs = connection.execute(
        "SELECT a.document_id AS first, b.document_id AS second FROM likenesses l "
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
        heads = [family.get(pair["first"], pair["first"]), family.get(pair["second"], pair["second"])]
        head = min(heads, key=order.__getitem__)
        for document in [pair["first"], pair["second"], *(d for d, name in family.items() if name in heads)]:
            family[document] = head
    return family
