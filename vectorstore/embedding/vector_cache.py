"""Vectors in the ledger: the vector of a text is computed once, whoever asks for it again."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from vectorstore.embedding.model import EmbeddingModel
from vectorstore.embedding.types import Vectors
from vectorstore.ledger.database import Ledger

log = logging.getLogger(__name__)

_CHUNK = 64  # texts embedded and saved together, about half a second of work between two progress calls
_VARIABLES = 900  # bound to one statement; older SQLite allows 999


def ensure_vectors(
    ledger: Ledger,
    model: EmbeddingModel,
    texts: Sequence[str],
    progress: Callable[[int, int], None] | None = None,
) -> list[bytes]:
    """Make sure that the ledger has the vector of every text; returns their keys, in order.

    Only texts without a vector are embedded, and each chunk is saved when it is done, so an interrupted run goes on
    where it stopped. `progress` is called with texts done and texts in all.
    """
    keys = [text_key(text) for text in texts]
    name = model_key(model)
    stored = stored_vectors(ledger, name, keys)
    missing = list({key: text for key, text in zip(keys, texts, strict=True) if key not in stored}.items())
    for at in range(0, len(missing), _CHUNK):
        chunk = dict(missing[at : at + _CHUNK])
        _save(ledger, name, dict(zip(chunk, model.embed(list(chunk.values())), strict=True)))
        if progress:
            progress(len(texts) - len(missing) + at + len(chunk), len(texts))
    return keys


def vectors_for(ledger: Ledger, model: EmbeddingModel, texts: Sequence[str]) -> Vectors:
    """The vectors of texts, shape (len(texts), dimension), for a question; needs at least one text.

    They are saved for the next time, but a question is answered even if nothing can be written.
    """
    keys = [text_key(text) for text in texts]
    name = model_key(model)
    vectors = stored_vectors(ledger, name, keys)
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in vectors}
    if missing:
        computed = dict(zip(missing, model.embed(list(missing.values())), strict=True))
        vectors.update(computed)
        try:
            _save(ledger, name, computed)
        except sqlite3.Error as error:
            log.info("Vectors were not kept: %s", error)
    return np.stack([vectors[key] for key in keys])


def stored_vectors(ledger: Ledger, model: str, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
    """The vectors, each of shape (dimension,), that the ledger has for these keys."""
    vectors: dict[bytes, Vectors] = {}
    for at in range(0, len(keys), _VARIABLES):
        part = list(keys[at : at + _VARIABLES])
        marks = ",".join("?" * len(part))
        for row in ledger.connection.execute(
            f"SELECT key, vector FROM vectors WHERE model = ? AND key IN ({marks})", [model, *part]
        ):
            vectors[row["key"]] = np.frombuffer(row["vector"], dtype="<f4")
    return vectors


def count_missing_vectors(connection: sqlite3.Connection, model: str) -> int:
    """How many live passages have no vector of this model."""
    return int(
        connection.execute(
            "SELECT count(*) FROM passages p JOIN generations g ON g.generation = p.generation "
            "WHERE g.state = 'live' "
            "AND NOT EXISTS (SELECT 1 FROM vectors v WHERE v.model = ? AND v.key = p.vector_key)",
            (model,),
        ).fetchone()[0]
    )


def model_key(model: EmbeddingModel) -> str:
    """The name under which the ledger keeps a model's vectors."""
    return model.identity.key


def text_key(text: str) -> bytes:
    """The key of a text's vector: its SHA-256, 32 bytes."""
    return hashlib.sha256(text.encode("utf8")).digest()


def _save(ledger: Ledger, model: str, vectors: Mapping[bytes, Vectors]) -> None:
    with ledger.transaction() as connection:
        connection.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
            [(model, key, vector.astype("<f4").tobytes()) for key, vector in vectors.items()],
        )
