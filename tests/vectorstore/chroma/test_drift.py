"""How far Chroma is from the ledger."""

from __future__ import annotations

import numpy as np
import pytest
from putting import put

from vectorstore import Store
from vectorstore.chroma.drift import IndexDrift, compare_with_ledger, probe, self_recall
from vectorstore.chroma.process import ChromaProcess


@pytest.mark.parametrize(
    ("drift", "is_sound", "is_any"),
    [
        (IndexDrift((), (), (), 1.0), True, False),
        (IndexDrift((1,), (), (), 1.0), True, True),
        (IndexDrift((), (1,), (), 1.0), True, True),
        (IndexDrift((), (), (1,), 1.0), True, True),
        (IndexDrift((), (), (), 0.98), True, False),
        (IndexDrift((), (), (), 0.97), False, True),
    ],
)
def test_a_row_too_many_or_too_few_is_drift_and_so_is_a_lost_neighbour(
    drift: IndexDrift, is_sound: bool, is_any: bool
) -> None:
    assert (drift.sound, drift.any) == (is_sound, is_any)


@pytest.fixture
def indexed(store: Store) -> tuple[Store, ChromaProcess, str]:
    """Four passages that Chroma has."""
    for number, theme in enumerate(("gold mines", "river floods", "school meals", "cattle markets")):
        put(store, f"r{number}", f"This report is about {theme}.")
    store.own("the test")
    assert store.dense._chroma is not None
    return store, store.dense._chroma, store.model.identity.key


def test_each_kind_of_difference_is_named_by_its_rows(indexed: tuple[Store, ChromaProcess, str]) -> None:
    store, chroma, model = indexed
    assert not compare_with_ledger(store.ledger, chroma, model).any
    rows, vectors = next(chroma.contents())
    chroma.delete(rows[:1])
    chroma.upsert([999], [1], vectors[:1])
    chroma.upsert(rows[1:2], [1], -vectors[1:2])
    drift = compare_with_ledger(store.ledger, chroma, model)
    assert (drift.missing, drift.extra, drift.changed) == ((rows[0],), (999,), (rows[1],))
    assert drift.found == 1.0, "only rows with the right vector are sampled"


def test_an_index_with_rows_missing_or_misplaced_does_not_pass_the_probe(
    indexed: tuple[Store, ChromaProcess, str],
) -> None:
    store, chroma, model = indexed
    assert probe(store.ledger, chroma, model)
    rows, vectors = next(chroma.contents())
    chroma.upsert([999], [1], vectors[:1])
    assert not probe(store.ledger, chroma, model), "a row too many"
    chroma.delete([999, rows[0]])
    assert not probe(store.ledger, chroma, model), "a row too few"


def test_recall_counts_equal_texts_as_found_and_no_rows_as_sound(store: Store) -> None:
    for number in range(14):
        put(store, f"r{number}", "The very same words.", title="The same title")
    store.own("the test")
    chroma, model = store.dense._chroma, store.model.identity.key
    assert chroma is not None
    rows = sorted(row for page, _ in chroma.contents() for row in page)
    assert self_recall(store.ledger, chroma, model, rows) == 1.0
    assert self_recall(store.ledger, chroma, model, []) == 1.0
    chroma.upsert(rows, [1] * len(rows), np.eye(len(rows), 384, dtype=np.float32))
    assert self_recall(store.ledger, chroma, model, rows) < 1.0
