"""Add files, folders and addresses to the index in the foreground; one that fails never stops the rest."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ingest import expand
from vectorstore.adding.intake import AddItem, ReadItem
from vectorstore.adding.outcome import AddReport
from vectorstore.adding.pipeline import run_pipeline
from vectorstore.adding.prefetch import ItemState
from vectorstore.store import Store


@dataclass(frozen=True)
class AddProgress:
    """How far adding is: `done` of `total` sources are finished, and the source `name` is at `state`."""

    done: int  # 0 to `total`
    total: int  # grows when a mail or archive turns out to hold more files
    name: str  # file name or address
    state: Literal["reading", "embedding", "done"]
    passages_done: int = 0  # passages of this source embedded so far; 0 except while embedding
    passages: int = 0  # all passages of this source; 0 except while embedding


def add(
    store: Store,
    inputs: Sequence[str],
    *,
    corrected: Mapping[str, Any] | None = None,
    allow_private: bool = False,
    progress: Callable[[AddProgress], None] | None = None,
) -> AddReport:
    """Add the files, folders and addresses named by `inputs`; the report has a line for each source, in order.

    `corrected` (title, authors, publisher, published, tags) overrides what is read from every source. `allow_private`
    permits addresses in private networks. What is reported as added is safe in the ledger. Raises StoreError if the
    index can take nothing; what is wrong with one source is in the report.
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
    """Add items and the files inside them. Raises StoreError if the index can take nothing."""
    began = time.monotonic()
    store.claim_model()
    observer = _ProgressCounter(items, progress)
    rows = []
    for item, outcome in run_pipeline(store, items, observer, allow_private):
        rows.append((item.order, outcome))
        observer.finished(item)
    rows.sort(key=lambda row: row[0])
    return AddReport(tuple(outcome for _, outcome in rows), time.monotonic() - began)


class _ProgressCounter:
    """The AddObserver of a foreground addition: counts finished items, and follows containers with their members."""

    def __init__(self, items: Sequence[AddItem], progress: Callable[[AddProgress], None] | None) -> None:
        self._total = len(items)
        self._pending = {item.identity for item in items}
        self._done: set[tuple[int, ...]] = set()
        self._progress = progress
        self._lock = threading.Lock()

    def tell(self, item: AddItem, state: ItemState, at: int = 0, of: int = 0) -> None:
        """Pass the state of an item on to the progress callback."""
        self._report(item.name, state, at, of)

    def wanted(self, item: AddItem) -> bool:
        """True: what is added in the foreground is stopped as a whole, never item by item."""
        return True

    def coming(self, identity: str) -> bool:
        """True while an item of this identity, or a member found so far, is not finished."""
        return identity in self._pending

    def members(self, read: ReadItem) -> Iterable[AddItem]:
        """All members, which are counted from now on."""
        self._total += len(read.members)
        self._pending.update(item.identity for item in read.members)
        if read.outcome is None:  # an archive is finished once it is unpacked
            self.finished(read.item)
        return read.members

    def finished(self, item: AddItem) -> None:
        """Count an item as finished; counting it twice changes nothing."""
        self._done.add(item.order)
        self._pending.discard(item.identity)
        self._report(item.name, "done")

    def _report(
        self, name: str, state: Literal["reading", "embedding", "done"], at: int = 0, of: int = 0
    ) -> None:
        if self._progress is not None:
            with self._lock:
                self._progress(AddProgress(len(self._done), self._total, name, state, at, of))


__all__ = ["AddProgress", "AddReport", "add", "add_items"]
