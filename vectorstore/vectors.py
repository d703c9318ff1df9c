"""Vectors in the ledger: the vector of a text is computed once, whoever asks for it again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np

from vectorstore.embeddings import EmbeddingModel, Vectors
from vectorstore.ledger import Ledger

_CHUNK = 16  # texts embedded between two reports of progress, and saved together: well under a second
_VARIABLES = 900  # SQLite allowed 999 bound variables for long


def model_key(model: EmbeddingModel) -> str:
    return f"{model.identity.name}@{model.identity.revision}"


def text_key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf8")).digest()


def ensure(
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
    known = stored(ledger, name, keys)
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    todo = list(missing.items())
    for at in range(0, len(todo), _CHUNK):
        part = todo[at : at + _CHUNK]
        vectors = model.embed([text for _, text in part])
        with ledger.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                [
                    (name, key, vector.astype("<f4").tobytes())
                    for (key, _), vector in zip(part, vectors, strict=True)
                ],
            )
        if progress:
            progress(len(texts) - len(todo) + at + len(part), len(texts))
    return keys


def stored(ledger: Ledger, model: str, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
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
