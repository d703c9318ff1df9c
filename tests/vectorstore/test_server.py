"""The same index with its vectors on a Chroma server."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from chroma_server import ChromaServer, running_server
from putting import put

from vectorstore import EmbeddingModel, Store

BIRDS = "heron otter crane stork pelican egret ibis cormorant".split()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    with running_server(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def open_store(tmp_path: Path, model: EmbeddingModel, server: ChromaServer) -> Iterator[Callable[..., Store]]:
    opened: list[Store] = []

    def new(name: str = "data") -> Store:
        opened.append(Store(tmp_path / name, model, server.url))
        return opened[-1]

    yield new
    for store in opened:
        store.close()


def fill(store: Store, birds: list[str] = BIRDS) -> dict[str, str]:
    return {bird: put(store, bird, f"The {bird} nests in March.") for bird in birds}


def finds_all(store: Store, documents: dict[str, str]) -> bool:
    return all(
        store.search(f"the {bird} nests").passages[0].document_id == document
        for bird, document in documents.items()
    )


def test_a_server_holds_what_the_ledger_says_and_answers_as_exact_search_does(
    open_store: Callable[..., Store],
) -> None:
    store = open_store()
    documents = fill(store)
    exact = [one.passage_id for one in store.search("a bird by the water").passages]
    assert store.own("the test") and store.dense.ready
    assert not store.dense.compare().any
    assert [one.passage_id for one in store.search("a bird by the water").passages] == exact
    put(store, "heron", "The heron has moved to the lake.")
    store.remove([documents["otter"]])
    assert store.sync() == 3
    assert not store.dense.compare().any


def test_two_indexes_on_one_server_do_not_mix(open_store: Callable[..., Store]) -> None:
    one, other = open_store("one"), open_store("other")
    put(one, "a", "The river rises in May.")
    put(other, "b", "The market opens on Friday.")
    assert one.own("the test") and other.own("the test")
    assert not one.dense.compare().any and not other.dense.compare().any
    assert [hit.source for hit in one.search("river").passages] == ["a"]


def test_a_server_that_is_away_at_the_start_costs_no_answer(
    open_store: Callable[..., Store], server: ChromaServer
) -> None:
    server.stop()
    try:
        store = open_store()
        documents = fill(store)
        assert store.own("the test") and not store.dense.ready
        assert finds_all(store, documents)
    finally:
        server.start()
    assert store.own("the test") and store.dense.ready
    assert not store.dense.compare().any


def test_a_server_lost_in_the_middle_of_adding_gets_what_it_missed(
    open_store: Callable[..., Store], server: ChromaServer
) -> None:
    store = open_store()
    documents = fill(store, BIRDS[:4])
    assert store.own("the test")
    server.stop()
    try:
        documents |= fill(store, BIRDS[4:])
        assert store.sync() == 0 and not store.dense.ready
        assert finds_all(store, documents)
    finally:
        server.start()
    assert store.own("the test")
    assert not store.dense.compare().any
    assert finds_all(store, documents)


def test_a_server_that_comes_back_empty_is_filled_again(
    open_store: Callable[..., Store], server: ChromaServer
) -> None:
    store = open_store()
    fill(store)
    assert store.own("the test")
    server.stop()
    shutil.rmtree(server.folder)
    server.start()
    assert len(store.search("the heron nests").passages) == len(BIRDS)
    assert store.own("the test")
    assert not store.dense.compare().any


def test_rebuilding_and_purging_reach_the_server(open_store: Callable[..., Store]) -> None:
    from vectorstore.upkeep.purge import purge

    store = open_store()
    documents = fill(store)
    assert store.own("the test")
    store.remove([documents["otter"]])
    purge(store)
    assert not store.dense.compare().any
    assert store.rebuild() == len(BIRDS) - 1
    assert not store.dense.compare().any
