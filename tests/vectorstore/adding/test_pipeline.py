"""Items go through reading, embedding and publishing; what fails on the way takes nothing else along."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from putting import CRANES, HERONS, OTTERS, put
from working import Everything

from vectorstore import EmbeddingModel, ModelMismatch, Store
from vectorstore.adding.intake import AddItem, ReadItem
from vectorstore.adding.pipeline import run_pipeline


def test_what_is_put_off_is_added_where_the_sources_fail(store: Store) -> None:
    class Coming(Everything):
        def coming(self, identity: str) -> bool:
            return identity == "test:otters" and not done

    def items() -> Iterator[AddItem]:
        yield AddItem((0,), "test:moved", "moved.txt", data=OTTERS.encode())
        yield AddItem((1,), "test:otters", "otters.txt", data=CRANES.encode())
        raise OSError("the list of sources cannot be read any further")

    done: list[str] = []
    statuses_of = {}
    put(store, "otters", OTTERS)
    with pytest.raises(OSError, match="any further"):
        for item, one in run_pipeline(store, items(), Coming()):
            done.append(item.name)
            statuses_of[item.name] = one.status
    assert statuses_of == {"otters.txt": "replaced", "moved.txt": "added"}


def test_where_sources_come_from_may_fail_and_what_came_before_is_added(store: Store) -> None:
    def items() -> Iterator[AddItem]:
        yield AddItem((0,), "test:herons", "herons.txt", data=HERONS.encode())
        yield AddItem((1,), "test:otters", "otters.txt", data=OTTERS.encode())
        raise OSError("the list of sources cannot be read any further")

    became = []
    with pytest.raises(OSError, match="any further"):
        for item, one in run_pipeline(store, items(), Everything()):
            became.append((item.name, one.status))
    assert became == [("herons.txt", "added"), ("otters.txt", "added")]


def test_an_item_that_the_watch_fails_on_is_the_only_one_to_fail(store: Store) -> None:
    class Failing(Everything):
        def wanted(self, item: AddItem) -> bool:
            if item.name == "herons.txt":
                raise OSError("no room to look")
            return True

        def members(self, taken: ReadItem) -> Sequence[AddItem]:
            if taken.item.name == "otters.txt":
                raise OSError("no room for members")
            return ()

    items = [
        AddItem((place,), f"test:{name}", f"{name}.txt", data=text.encode())
        for place, (name, text) in enumerate({"herons": HERONS, "otters": OTTERS, "cranes": CRANES}.items())
    ]
    became = {item.name: one.error and one.error[0] for item, one in run_pipeline(store, items, Failing())}
    assert became == {"herons.txt": "unwritable", "otters.txt": "unwritable", "cranes.txt": None}


def test_what_was_embedded_before_the_model_was_changed_is_not_added(
    store: Store, new_store: Callable[..., Store], other_model: str
) -> None:
    class Changing(Everything):
        """Between embedding and publishing, another process changes the model."""

        embedded = False

        def tell(self, item: AddItem, state: str, at: int = 0, of: int = 0) -> None:
            self.embedded |= state == "embedding"

        def wanted(self, item: AddItem) -> bool:
            if self.embedded:
                other.rebuild(EmbeddingModel(other_model))
            return True

    other = new_store()
    put(store, "otters", OTTERS)
    items = [AddItem((0,), "test:herons", "herons.txt", data=HERONS.encode())]
    [(_, became)] = run_pipeline(store, items, Changing())
    assert became.error is not None and became.error[0] == "model_mismatch"
    assert "briefing rebuild" in became.error[1]
    with pytest.raises(ModelMismatch):
        store.edit(store.documents()[0].document_id, {"title": "Otters"})
    assert [one.source for one in other.documents()] == ["otters"] and other.search("otters").passages
    assert put(other, "herons", HERONS)
