"""Files, folders and addresses into the index, one bad one never stopping the rest."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ingest import expand
from vectorstore.adding.intake import AddItem, ReadItem
from vectorstore.adding.outcome import AddedDocument, AddReport
from vectorstore.adding.pipeline import run_pipeline
from vectorstore.adding.prefetch import ItemState
from vectorstore.store import Store


@dataclass(frozen=True)
class AddProgress:
    """Where adding is: `done` of `total` sources are finished; `name` is at `state`."""

    done: int
    total: int
    name: str
    state: Literal["reading", "embedding", "done"]
    passages_done: int = 0  # of the source at hand, while embedding
    passages: int = 0


def add(
    store: Store,
    inputs: Sequence[str],
    *,
    corrected: Mapping[str, Any] | None = None,
    allow_private: bool = False,
    progress: Callable[[AddProgress], None] | None = None,
) -> AddReport:
    """Add what the inputs name; every source gets a line in the report, in order.

    `corrected` (title, authors, publisher, published, tags) overrides what is read of each. What is
    reported as added is safe in the ledger.
    """
    items = [
        AddItem((place,), source.identity, source.name, corrected or {}, source)
        for place, source in enumerate(expand(inputs))
    ]
    return add_items(store, items, allow_private=allow_private, progress=progress)


def add_items(
    store: Store,
    items: Sequence[AddItem],
    *,
    allow_private: bool = False,
    progress: Callable[[AddProgress], None] | None = None,
) -> AddReport:
    """Add items and what they hold. Raises StoreError for an index that can take none."""
    began = time.monotonic()
    store.claim_model()
    watch = _ProgressCounter(items, progress)
    rows = []
    for item, became in run_pipeline(store, items, watch, allow_private):
        rows.append((item.order, became))
        watch.finished(item)
    rows.sort(key=lambda row: row[0])
    return AddReport(tuple(became for _, became in rows), time.monotonic() - began)


class _ProgressCounter:
    """Counts what is finished, and adds members as they come."""

    def __init__(self, items: Sequence[AddItem], progress: Callable[[AddProgress], None] | None) -> None:
        self._total = len(items)
        self._coming = {item.identity for item in items}
        self._done: set[tuple[int, ...]] = set()
        self._progress = progress
        self._lock = threading.Lock()

    def tell(self, item: AddItem, state: ItemState, at: int = 0, of: int = 0) -> None:
        self._say(item.name, state, at, of)

    def wanted(self, item: AddItem) -> bool:
        return True

    def coming(self, identity: str) -> bool:
        return identity in self._coming

    def members(self, taken: ReadItem) -> Iterable[AddItem]:
        self._total += len(taken.members)
        self._coming.update(item.identity for item in taken.members)
        if taken.outcome is None:  # an archive is finished once it is unpacked
            self.finished(taken.item)
        return taken.members

    def finished(self, item: AddItem) -> None:
        self._done.add(item.order)
        self._coming.discard(item.identity)
        self._say(item.name, "done")

    def _say(
        self, name: str, state: Literal["reading", "embedding", "done"], at: int = 0, of: int = 0
    ) -> None:
        if self._progress is not None:
            with self._lock:
                self._progress(AddProgress(len(self._done), self._total, name, state, at, of))


__all__ = ["AddProgress", "AddReport", "AddedDocument", "add", "add_items"]
