"""Chroma is kept up by a process that stays, whatever happens to it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from chroma_server import ChromaServer
from putting import put
from working import wait_until

from vectorstore import EmbeddingModel, Store
from vectorstore.upkeep.chroma_keeper import ChromaKeeper
from vectorstore.upkeep.purge import _UNFINISHED, unfinished_purge


@pytest.fixture
def keep() -> Iterator[Callable[[Store], ChromaKeeper]]:
    keepers: list[ChromaKeeper] = []

    def start(store: Store) -> ChromaKeeper:
        keepers.append(ChromaKeeper(store, "the app"))
        keepers[-1].start()
        return keepers[-1]

    yield start
    for keeper in keepers:
        keeper.stop()


def same(store: Store) -> bool:
    return store.dense.ready and not store.dense.compare().any


def test_chroma_is_taken_over_when_its_owner_lets_go(
    store: Store, new_store: Callable[..., Store], keep: Callable[[Store], ChromaKeeper]
) -> None:
    other = new_store()
    assert other.own("briefing add")
    keeper = keep(store)
    put(store, "herons", "The herons nest in March.")
    assert not store.dense.owned
    other.close()
    wait_until(lambda: keeper.settled)
    assert same(store)


def test_what_another_process_adds_and_removes_follows(
    store: Store, new_store: Callable[..., Store], keep: Callable[[Store], ChromaKeeper]
) -> None:
    which = put(store, "herons", "The herons nest in March.")
    keeper = keep(store)
    wait_until(lambda: keeper.settled)
    other = new_store()
    put(other, "otters", "The otters swim in May.")
    other.remove([which])
    keeper.wake()
    wait_until(lambda: same(store))


def test_chroma_that_crashes_is_opened_and_compared_again(
    store: Store, keep: Callable[[Store], ChromaKeeper]
) -> None:
    put(store, "herons", "The herons nest in March.")
    keeper = keep(store)
    wait_until(lambda: keeper.settled)
    assert store.dense._chroma is not None
    os.kill(store.dense._chroma.process_id, signal.SIGKILL)
    assert store.search("herons").passages[0].source == "herons"
    keeper.wake()
    wait_until(lambda: keeper.settled)
    assert same(store)


def test_vectors_lost_in_silence_are_found_after_opening(
    store: Store, new_store: Callable[..., Store], keep: Callable[[Store], ChromaKeeper]
) -> None:
    for number in range(200):
        put(store, f"r{number}", f"Report {number} counts the birds of lake {number}.")
    store.own("the test")
    assert store.dense._chroma is not None
    rows, vectors = next(store.dense._chroma.contents())
    store.dense._chroma.upsert(rows[:1], [1], -vectors[:1])  # one wrong vector: no sample need show it
    store.close()
    later = new_store()
    keeper = keep(later)
    wait_until(lambda: keeper.settled)
    assert same(later)


def test_a_purge_that_was_interrupted_is_finished(
    store: Store, keep: Callable[[Store], ChromaKeeper]
) -> None:
    put(store, "herons", "The herons nest in March.")
    store.ledger.set(_UNFINISHED, "1")
    keeper = keep(store)
    wait_until(lambda: keeper.settled)
    assert not unfinished_purge(store.ledger)


def test_a_server_that_was_away_is_filled_when_it_comes(
    tmp_path: Path, model: EmbeddingModel, keep: Callable[[Store], ChromaKeeper]
) -> None:
    server = ChromaServer(tmp_path / "server")
    store = Store(tmp_path / "data", model, server.url)
    put(store, "herons", "The herons nest in March.")
    keeper = keep(store)
    try:
        wait_until(lambda: store.dense.openings > 0)
        assert store.search("herons").passages[0].source == "herons"
        server.start()
        wait_until(lambda: keeper.settled)
        assert same(store)
    finally:
        keeper.stop()
        store.close()
        server.stop()
