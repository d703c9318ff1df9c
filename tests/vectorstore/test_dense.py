from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import pytest
from putting import put

from vectorstore import Store
from vectorstore.vectors import model_key

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
    assert store.dense.compare() == (0, 0)
    assert store.search("harbour lanterns").passages[0].source == "late"


def test_replaced_and_removed_documents_leave_chroma(store: Store) -> None:
    first, second, *_ = fill(store, 4)
    store.own("the test")
    put(store, "r0", "An entirely different text about weaving.")
    store.remove([second])
    assert store.dense.compare() == (1, 2), "the new version waits, two dead ones linger"
    found = store.search("district", 20).passages
    assert len(found) == 3, "no reader sees what Chroma still holds"
    store.sync()
    assert store.dense.compare() == (0, 0)


def test_an_index_that_was_not_closed_is_made_anew(store: Store, new_store: Callable[..., Store]) -> None:
    fill(store)
    store.own("the test")
    folder = store.ledger.get("chroma_folder") or "1"
    store.dense._chroma = None  # a killed process closes nothing and leaves no stamp
    store.dense.lock.release()
    again = new_store()
    assert again.own("the next")
    assert again.ledger.get("chroma_folder") != folder
    assert again.dense.compare() == (0, 0)


def test_a_cleanly_closed_index_is_opened_as_it_is(store: Store, new_store: Callable[..., Store]) -> None:
    fill(store)
    store.own("the test")
    folder = store.ledger.get("chroma_folder")
    store.close()
    again = new_store()
    again.own("the next")
    assert again.ledger.get("chroma_folder") == folder
    assert again.dense.compare() == (0, 0)


def test_rebuild_runs_no_model_and_reads_no_file(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store)
    store.own("the test")
    before = rows(store, "cattle")
    monkeypatch.setattr(type(store.model), "_loaded", lambda *_: 1 / 0)
    assert store.rebuild() == 12
    monkeypatch.undo()
    assert store.dense.compare() == (0, 0)
    assert rows(store, "cattle") == before


def test_a_broken_chroma_does_not_take_the_answer_with_it(store: Store) -> None:
    fill(store)
    store.own("the test")
    expected = rows(store, "floods")
    assert store.dense._chroma is not None
    store.dense._chroma._rows = None
    assert rows(store, "floods") == expected


def test_the_lock_names_its_holder_and_ends_with_its_process(store: Store) -> None:
    script = (
        "import sys,time; from pathlib import Path; from vectorstore.owner import OwnerLock;"
        "lock=OwnerLock(Path(sys.argv[1])); print(lock.acquire('a stranger'), flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(store.folder)], stdout=subprocess.PIPE, text=True
    ) as stranger:
        assert stranger.stdout is not None and stranger.stdout.readline().strip() == "True"
        assert not store.own("the test")
        assert f"a stranger (process {stranger.pid}" in store.dense.lock.holder()
        stranger.kill()
        stranger.wait()
    assert store.own("the test", wait=5)


def test_chroma_rows_carry_ids_and_generations_and_no_text(store: Store) -> None:
    fill(store, 2)
    store.own("the test")
    assert store.dense._chroma is not None
    held = store.dense._chroma._rows.get(include=["documents", "metadatas"])
    assert held["documents"] in (None, [None, None])
    assert all(list(one) == ["generation"] for one in held["metadatas"])
    assert (
        json.loads(store.ledger.get("embedding_model") or "")["name"] == model_key(store.model).split("@")[0]
    )
