"""Exact search over the vectors of the ledger."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from putting import put

from vectorstore import Store
from vectorstore.embedding.types import Vectors
from vectorstore.search import exact
from vectorstore.search.exact import ExactIndex

THEMES = ["gold mines", "river floods", "school meals", "cattle markets", "radio stations"]


@pytest.fixture
def filled(store: Store) -> Store:
    for theme in THEMES:
        put(store, theme, f"This report is about {theme}.")
    return store


def model(store: Store) -> str:
    return store.model.identity.key


def question(store: Store, text: str) -> Vectors:
    return store.model.embed([text])[0]


def every_similarity(store: Store, vector: Vectors) -> list[tuple[int, float]]:
    """By one plain product with each vector of a live passage, best first."""
    rows = store.ledger.connection.execute(
        "SELECT p.row, v.vector FROM passages p JOIN generations g ON g.generation = p.generation "
        "AND g.state = 'live' JOIN vectors v ON v.key = p.vector_key AND v.model = ?",
        (model(store),),
    )
    hits = [(row["row"], float(np.frombuffer(row["vector"], dtype="<f4") @ vector)) for row in rows]
    return sorted(hits, key=lambda hit: (-hit[1], hit[0]))


@pytest.mark.parametrize("n", [0, 1, 3, 5, 100])
def test_the_n_nearest_rows_come_best_first(filled: Store, n: int) -> None:
    vector = question(filled, "floods of the river")
    hits = ExactIndex(filled.ledger).query(vector, n, model(filled))
    assert [row for row, _ in hits] == [row for row, _ in every_similarity(filled, vector)][:n]
    assert [score for _, score in hits] == pytest.approx(
        [score for _, score in every_similarity(filled, vector)][:n], abs=1e-5
    )


@pytest.mark.parametrize("share", [0.0, 1.0], ids=["all compared", "chosen ones copied"])
def test_only_the_generations_asked_for_answer(
    filled: Store, monkeypatch: pytest.MonkeyPatch, share: float
) -> None:
    monkeypatch.setattr(exact, "_SMALL_SHARE", share)
    vector = question(filled, "floods of the river")
    only = {record.generation for record in filled.documents() if "river" not in record.source}
    hits = ExactIndex(filled.ledger).query(vector, 2, model(filled), only)
    generations = dict(filled.ledger.connection.execute("SELECT row, generation FROM passages").fetchall())
    expected = [hit for hit in every_similarity(filled, vector) if generations[hit[0]] in only][:2]
    assert [row for row, _ in hits] == [row for row, _ in expected]


def test_a_generation_that_does_not_exist_has_no_hits(filled: Store) -> None:
    assert ExactIndex(filled.ledger).query(question(filled, "gold"), 5, model(filled), {10_000}) == []


def test_an_index_follows_what_is_added_replaced_and_removed(
    filled: Store, new_store: Callable[..., Store]
) -> None:
    index, vector = ExactIndex(filled.ledger), question(filled, "lanterns in the harbour")
    assert len(index.query(vector, 10, model(filled))) == 5
    late = put(new_store(), "late", "Lanterns light the old harbour.")
    put(filled, "gold mines", "Lanterns are sold at the gold mine.")
    radio = next(record for record in filled.documents() if record.source == "radio stations")
    filled.remove([radio.document_id])
    hits = index.query(vector, 10, model(filled))
    assert hits == [(row, pytest.approx(score, abs=1e-5)) for row, score in every_similarity(filled, vector)]
    assert len(hits) == 5 and late in {record.document_id for record in filled.documents()}


@pytest.mark.parametrize("few", [0, 100], ids=["in storage order", "by key"])
def test_rows_without_a_vector_are_left_out(filled: Store, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(exact, "_FEW", few)
    with filled.ledger.transaction() as connection:
        connection.execute(
            "DELETE FROM vectors WHERE key = (SELECT vector_key FROM passages ORDER BY row LIMIT 1)"
        )
    vector = question(filled, "gold")
    assert [row for row, _ in ExactIndex(filled.ledger).query(vector, 10, model(filled))] == [
        row for row, _ in every_similarity(filled, vector)
    ]


def test_another_model_s_vectors_are_never_mixed_in(filled: Store) -> None:
    index, vector = ExactIndex(filled.ledger), question(filled, "gold")
    assert len(index.query(vector, 10, model(filled))) == 5
    assert index.query(vector, 10, "another@model") == []
    assert len(index.query(vector, 10, model(filled))) == 5
