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

_CHUNK = 64  # texts embedded between two reports of progress, and saved together: half a second
_VARIABLES = 900  # SQLite allowed 999 bound variables for long


def model_key(model: EmbeddingModel) -> str:
    return model.identity.key


def text_key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf8")).digest()


def ensure_vectors(
    ledger: Ledger,
    model: EmbeddingModel,
    texts: Sequence[str],
    progress: Callable[[int, int], None] | None = None,
) -> list[bytes]:
    """Have the vector of every text in the ledger; returns their keys, in order.

    Only texts never seen are embedded, and each batch is saved as it is done: an interrupted run goes
    on where it stopped. `progress` is called with texts done and texts in all.
    """
    keys = [text_key(text) for text in texts]
    name = model_key(model)
    known = stored_vectors(ledger, name, keys)
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    todo = list(missing.items())
    for at in range(0, len(todo), _CHUNK):
        part = dict(todo[at : at + _CHUNK])
        _save(ledger, name, dict(zip(part, model.embed(list(part.values())), strict=True)))
        if progress:
            progress(len(texts) - len(todo) + at + len(part), len(texts))
    return keys


def vectors_for(ledger: Ledger, model: EmbeddingModel, texts: Sequence[str]) -> Vectors:
    """The vectors of texts, shape (len(texts), dimension), for a question.

    They are kept for the next time, but a question is answered all the same where nothing can be written.
    """
    keys = [text_key(text) for text in texts]
    name = model_key(model)
    known = stored_vectors(ledger, name, keys)
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if missing:
        made = dict(zip(missing, model.embed(list(missing.values())), strict=True))
        known.update(made)
        try:
            _save(ledger, name, made)
        except sqlite3.Error as error:
            log.info("Vectors were not kept: %s", error)
    return np.stack([known[key] for key in keys])


def _save(ledger: Ledger, model: str, made: Mapping[bytes, Vectors]) -> None:
    with ledger.transaction() as connection:
        connection.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
            [(model, key, vector.astype("<f4").tobytes()) for key, vector in made.items()],
        )


def missing_keys(connection: sqlite3.Connection, model: str) -> int:
    """How many live passages have no vector of this model."""
    return int(
        connection.execute(
            "SELECT count(*) FROM passages p JOIN generations g ON g.generation = p.generation "
            "WHERE g.state = 'live' "
            "AND NOT EXISTS (SELECT 1 FROM vectors v WHERE v.model = ? AND v.key = p.vector_key)",
            (model,),
        ).fetchone()[0]
    )


def stored_vectors(ledger: Ledger, model: str, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
    """The vectors of those keys that the ledger has."""
    found: dict[bytes, Vectors] = {}
    for at in range(0, len(keys), _VARIABLES):
        part = list(keys[at : at + _VARIABLES])
        marks = ",".join("?" * len(part))
        for row in ledger.connection.execute(
            f"SELECT key, vector FROM vectors WHERE model = ? AND key IN ({marks})", [model, *part]
        ):
            found[row["key"]] = np.frombuffer(row["vector"], dtype="<f4")
    return found
