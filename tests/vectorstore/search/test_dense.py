"""Dense search: Chroma for its owner, exact search for everybody else, and the repair of what differs."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from putting import put

from vectorstore import Store
from vectorstore.chroma.process import ChromaProcess

THEMES = ["gold mines", "river floods", "school meals", "border patrols", "cattle markets", "radio stations"]


def fill(store: Store, count: int = 12) -> list[str]:
    return [
        put(
            store,
            f"r{i}",
            f"Report {i} is about {THEMES[i % 6]} in district {i}.\nNothing else happened there.",
        )
        for i in range(count)
    ]


def rows(store: Store, question: str) -> list[str]:
    return [passage.passage_id for passage in store.search(question, 12).passages]


def test_chroma_and_exact_search_give_the_same_answer(store: Store, new_store: Callable[..., Store]) -> None:
    fill(store)
    assert store.own("the test")
    reader = new_store()
    assert not reader.own("another")
    assert store.dense.owned and not reader.dense.owned
    for theme in THEMES:
        assert rows(store, theme) == rows(reader, theme)


def test_the_owner_sees_what_another_process_added_before_chroma_does(
    store: Store, new_store: Callable[..., Store]
) -> None:
    fill(store, 3)
    store.own("the test")
    put(new_store(), "late", "Lanterns light the old harbour.")
    assert store.search("harbour lanterns").passages[0].source == "late"
    assert store.sync() == 1
    assert store.dense.compare().any is False
    assert store.search("harbour lanterns").passages[0].source == "late"


def test_replaced_and_removed_documents_leave_chroma(store: Store) -> None:
    first, second, *_ = fill(store, 4)
    store.own("the test")
    put(store, "r0", "An entirely different text about weaving.")
    store.remove([second])
    found = store.dense.compare()
    assert (len(found.missing), len(found.extra)) == (1, 2), "the new version waits, two dead ones linger"
    found = store.search("district", 20).passages
    assert len(found) == 3, "no reader sees what Chroma still holds"
    store.sync()
    assert store.dense.compare().any is False


def test_an_index_that_was_not_closed_is_used_where_known_passages_find_themselves(
    store: Store, new_store: Callable[..., Store]
) -> None:
    fill(store)
    folder = _leave_unclosed(store)
    put(store, "late", "Lanterns light the old harbour.")
    again = new_store()
    assert again.own("the next")
    assert again.dense._folder() == folder
    assert not again.dense.compare().any


def test_an_index_that_was_not_closed_and_lost_its_vectors_is_made_anew(
    store: Store, new_store: Callable[..., Store]
) -> None:
    fill(store)
    folder = _leave_unclosed(store)
    for file in folder.rglob("*"):
        if file.is_file():
            file.write_bytes(b"")
    again = new_store()
    assert again.own("the next")
    assert again.dense._folder() != folder
    assert not again.dense.compare().any


def test_chroma_that_crashes_costs_no_answer_and_is_opened_again(store: Store) -> None:
    fill(store)
    store.own("the test")
    expected = rows(store, "floods")
    assert store.dense._chroma is not None
    os.kill(store.dense._chroma.process_id, signal.SIGSEGV)
    assert rows(store, "floods") == expected
    assert store.dense.owned and not store.dense.ready
    put(store, "late", "Lanterns light the old harbour.")
    assert store.own("the test") and store.dense.ready
    assert not store.dense.compare().any


def test_chroma_that_crashes_while_it_is_written_loses_nothing(store: Store) -> None:
    fill(store)
    store.own("the test")
    put(store, "late", "Lanterns light the old harbour.")
    assert store.dense._chroma is not None
    os.kill(store.dense._chroma.process_id, signal.SIGKILL)
    assert store.sync() == 0
    assert store.search("harbour lanterns").passages[0].source == "late"
    assert store.own("the test")
    assert not store.dense.compare().any


def test_a_question_does_not_wait_for_chroma_while_it_is_at_work(store: Store) -> None:
    fill(store)
    store.own("the test")
    expected = rows(store, "floods")
    assert store.dense._chroma is not None
    with store.dense._chroma._turn:  # as a long write holds it
        assert rows(store, "floods") == expected
    assert store.dense.ready


def test_small_drift_is_mended_row_by_row(store: Store) -> None:
    fill(store)
    store.own("the test")
    chroma, folder = store.dense._chroma, store.dense._folder()
    assert chroma is not None
    held, vectors = next(chroma.contents())
    chroma.delete(held[:2])
    chroma.upsert([9_999], [1], vectors[:1])
    chroma.upsert([held[3]], [1], -vectors[3:4])
    found = store.dense.mend()
    assert (len(found.missing), found.extra, found.changed) == (2, (9_999,), (held[3],))
    assert not store.dense.compare().any
    assert store.dense._folder() == folder


def test_an_index_that_no_longer_finds_what_it_holds_is_made_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)
    store.own("the test")
    folder = store.dense._folder()
    monkeypatch.setattr(ChromaProcess, "query", lambda self, vectors, n, patience=None: [[] for _ in vectors])
    assert not store.dense.mend().sound
    monkeypatch.undo()
    assert store.dense._folder() != folder
    assert not store.dense.compare().any


def test_a_cleanly_closed_index_is_opened_as_it_is(store: Store, new_store: Callable[..., Store]) -> None:
    fill(store)
    store.own("the test")
    folder = store.ledger.get("chroma_folder")
    store.close()
    again = new_store()
    again.own("the next")
    assert again.ledger.get("chroma_folder") == folder
    assert again.dense.compare().any is False


def test_rebuild_runs_no_model_and_reads_no_file(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store)
    store.own("the test")
    before = rows(store, "cattle")
    monkeypatch.setattr(type(store.model), "_loaded", lambda *_: 1 / 0)
    assert store.rebuild() == 12
    monkeypatch.undo()
    assert store.dense.compare().any is False
    assert rows(store, "cattle") == before


def _leave_unclosed(store: Store) -> Path:
    """As a killed process leaves Chroma: nothing closed, no stamp."""
    store.own("the test")
    assert store.dense._chroma is not None
    folder = store.dense._folder()
    store.dense._drop()
    store.dense.lock.release()
    return folder
