"""A text is embedded once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from putting import put

from vectorstore import EmbeddingModel, Store
from vectorstore.embedding import vector_cache
from vectorstore.embedding.types import Vectors
from vectorstore.ledger.database import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path)


@pytest.fixture
def embedded(model: EmbeddingModel, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that the model embeds in a test, in order."""
    texts: list[str] = []
    embed = model.embed

    def counting(batch: Sequence[str]) -> Vectors:
        texts.extend(batch)
        return embed(batch)

    monkeypatch.setattr(model, "embed", counting)
    return texts


def test_only_texts_without_a_vector_are_embedded(
    ledger: Ledger, model: EmbeddingModel, embedded: list[str]
) -> None:
    vector_cache.ensure_vectors(ledger, model, ["gold", "ferry"])
    keys = vector_cache.ensure_vectors(ledger, model, ["ferry", "well", "well"])
    assert embedded == ["gold", "ferry", "well"]
    assert keys == [vector_cache.text_key(text) for text in ("ferry", "well", "well")]


def test_an_interrupted_run_goes_on_where_it_stopped(
    ledger: Ledger, model: EmbeddingModel, embedded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_cache, "_CHUNK", 2)
    texts = ["gold", "ferry", "well", "market", "road"]

    def stop(done: int, total: int) -> None:
        if done >= 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        vector_cache.ensure_vectors(ledger, model, texts, stop)
    steps: list[tuple[int, int]] = []
    vector_cache.ensure_vectors(ledger, model, texts, lambda done, total: steps.append((done, total)))
    assert embedded == texts and steps == [(4, 5), (5, 5)]


def test_vectors_come_in_the_order_of_the_texts(ledger: Ledger, model: EmbeddingModel) -> None:
    vector_cache.ensure_vectors(ledger, model, ["ferry"])
    vectors = vector_cache.vectors_for(ledger, model, ["gold", "ferry", "gold"])
    assert np.array_equal(vectors, model.embed(["gold", "ferry", "gold"]))


def test_a_question_is_answered_where_nothing_can_be_written(ledger: Ledger, model: EmbeddingModel) -> None:
    ledger.connection.execute("PRAGMA query_only = 1")
    assert vector_cache.vectors_for(ledger, model, ["gold"]).shape == (1, 384)
    ledger.connection.execute("PRAGMA query_only = 0")
    assert vector_cache.stored_vectors(ledger, model.identity.key, [vector_cache.text_key("gold")]) == {}


def test_more_keys_than_sqlite_binds_are_looked_up(
    ledger: Ledger, model: EmbeddingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_cache, "_VARIABLES", 2)
    keys = vector_cache.ensure_vectors(ledger, model, ["gold", "ferry", "well"])
    stored = vector_cache.stored_vectors(ledger, vector_cache.model_key(model), [*keys, b"no such key"])
    assert list(stored) == keys
    assert vector_cache.stored_vectors(ledger, "another@model", keys) == {}


def test_live_passages_without_a_vector_are_counted(store: Store) -> None:
    put(store, "gold", "The gold mine closed.")
    model = vector_cache.model_key(store.model)
    assert vector_cache.count_missing_vectors(store.ledger.connection, model) == 0
    with store.ledger.transaction() as connection:
        connection.execute("DELETE FROM vectors")
    assert vector_cache.count_missing_vectors(store.ledger.connection, model) == 1
    store.remove([store.documents()[0].document_id])
    assert vector_cache.count_missing_vectors(store.ledger.connection, model) == 0
