"""Chroma behind our own calls: in a folder, and on a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from chroma_server import ChromaServer, running_server
from putting import put

from vectorstore import Store
from vectorstore.chroma import collection
from vectorstore.chroma.collection import ChromaIndex, _credentials

pytestmark = pytest.mark.index

AXES = np.eye(4, dtype=np.float32)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    with running_server(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def index(tmp_path: Path) -> Iterator[ChromaIndex]:
    opened = ChromaIndex(tmp_path / "chroma", "passages")
    yield opened
    opened.close()


def test_nearest_rows_come_first_with_their_cosine_similarity(index: ChromaIndex) -> None:
    index.upsert([7, 8, 9], [1, 1, 2], np.array([[1, 0], [3, 4], [-1, 0]], dtype=np.float32))
    [hits] = index.query(np.array([[1, 0]], dtype=np.float32), 10)
    assert [row for row, _ in hits] == [7, 8, 9], "all there are, though ten were asked for"
    assert [similarity for _, similarity in hits] == pytest.approx([1, 0.6, -1], abs=1e-5)


def test_an_empty_index_has_no_hit_for_any_question(index: ChromaIndex) -> None:
    assert index.count() == 0 and index.query(AXES[:2], 5) == [[], []]


def test_a_row_written_again_takes_its_new_vector(index: ChromaIndex) -> None:
    index.upsert([1], [1], AXES[:1])
    index.upsert([1], [1], AXES[1:2])
    assert index.count() == 1
    rows, vectors = index.page(0)
    assert rows == [1] and vectors == pytest.approx(AXES[1:2])


def test_deleting_a_row_that_is_not_there_does_no_harm(index: ChromaIndex) -> None:
    index.upsert([1, 2], [1, 1], AXES[:2])
    index.delete([2, 3])
    assert index.page(0)[0] == [1]


def test_pages_hold_every_row_once(index: ChromaIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "_PAGE", 3)
    index.upsert([1, 2, 3, 4], [1] * 4, AXES)
    pages = [index.page(offset)[0] for offset in (0, 3, 6)]
    assert [len(page) for page in pages] == [3, 1, 0]
    assert sorted(pages[0] + pages[1]) == [1, 2, 3, 4]


def test_a_cleared_index_is_empty_and_takes_rows_again(index: ChromaIndex) -> None:
    index.upsert([1], [1], AXES[:1])
    index.clear()
    assert index.count() == 0
    index.upsert([2], [1], AXES[:1])
    assert index.page(0)[0] == [2]


@pytest.mark.parametrize(
    ("name", "password", "header"),
    [
        (None, None, {}),
        (None, "b", {}),
        ("a", "b", {"Authorization": "Basic YTpi"}),
        ("a", None, {"Authorization": "Basic YTo="}),
        ("a%40x", "%3A", {"Authorization": "Basic YUB4Ojo="}),
    ],
)
def test_the_address_s_name_and_password_are_sent_as_basic_credentials(
    name: str | None, password: str | None, header: dict[str, str]
) -> None:
    assert _credentials(name, password) == header


def test_chroma_rows_carry_ids_and_generations_and_no_text(store: Store) -> None:
    put(store, "gold", "The gold mine closed.")
    put(store, "ferry", "The ferry sank.")
    store.own("the test")
    folder = store.dense._folder()
    store.close()
    index = ChromaIndex(folder, store.dense._collection())
    rows = index._rows.get(include=["documents", "metadatas"])
    index.close()
    assert rows["documents"] in (None, [None, None])
    assert all(list(fields) == ["generation"] for fields in rows["metadatas"])


def test_no_more_rows_are_sent_at_once_than_the_server_allows(server: ChromaServer) -> None:
    index = ChromaIndex(server.url, "limits")
    assert 0 < index._batch <= index._client.get_max_batch_size()
    index._batch = 3
    vectors = np.eye(10, dtype=np.float32)
    index.upsert(list(range(10)), [1] * 10, vectors)
    assert index.count() == 10
    index.delete(list(range(7)))
    assert [hits[0][0] for hits in index.query(vectors[7:], 1)] == [7, 8, 9]
