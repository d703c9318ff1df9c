"""Many items in: one thread reads ahead while the passages of several documents are embedded together."""

from __future__ import annotations

import logging
import queue
import sqlite3
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol

from vectorstore.errors import StoreError
from vectorstore.intake import Item, Taken, take
from vectorstore.outcome import AddedDocument
from vectorstore.store import Prepared, Store

log = logging.getLogger(__name__)

State = Literal["reading", "embedding"]
_ENOUGH = 32  # texts embedded together: two batches of the model
_AHEAD = 64  # documents read and not yet embedded
CANCELLED = ("cancelled", "Cancelled")


class Watch(Protocol):
    """Who wants to know, and to say, how adding goes on. Called from two threads."""

    def tell(self, item: Item, state: State, at: int = 0, of: int = 0) -> None:
        """The item is at `state`; while embedding, `at` of `of` passages are done."""

    def wanted(self, item: Item) -> bool:
        """Whether to go on with it."""

    def members(self, taken: Taken) -> Iterable[Item]:
        """What of an item's members to add next."""


def run(
    store: Store, items: Iterable[Item], watch: Watch, allow_private: bool = False
) -> Iterator[tuple[Item, AddedDocument]]:
    """What became of each item, as it becomes so; what comes as added is safe in the ledger.

    Items are read in order; one that holds others is followed by them.
    """
    taken: queue.Queue[Taken | None] = queue.Queue(maxsize=_AHEAD)
    stop = threading.Event()
    reader = threading.Thread(
        target=_read_ahead,
        args=(store, items, watch, allow_private, taken, stop),
        name="reading",
        daemon=True,
    )
    reader.start()
    try:
        while (group := _next_group(taken)) is not None:
            ready = []
            for one in group:
                if isinstance(one.outcome, AddedDocument):
                    yield one.item, one.outcome
                    yield from ((one.item, member) for member in one.known)
                elif one.outcome is not None:
                    ready.append((one, one.outcome))
            yield from _add_group(store, ready, watch)
    finally:
        stop.set()


def _next_group(taken: queue.Queue[Taken | None]) -> list[Taken] | None:
    """What has been read: at least one item, and no more than are embedded together; None at the end."""
    first = taken.get()
    if first is None:
        return None
    group, texts = [first], _texts(first)
    while texts < _ENOUGH:
        try:
            one = taken.get_nowait()
        except queue.Empty:
            break
        if one is None:
            taken.put(None)  # the end, for the next call
            break
        group.append(one)
        texts += _texts(one)
    return group


def _texts(taken: Taken) -> int:
    return len(taken.outcome.texts) if isinstance(taken.outcome, Prepared) else 0


def _add_group(
    store: Store, ready: Sequence[tuple[Taken, Prepared]], watch: Watch
) -> Iterator[tuple[Item, AddedDocument]]:
    texts = [text for _, prepared in ready for text in prepared.texts]

    def tell(at: int, of: int) -> None:
        begun = 0  # passages of the group before this document
        for one, prepared in ready:
            mine = len(prepared.texts)
            if begun <= at:
                watch.tell(one.item, "embedding", max(0, min(at - begun, mine)), mine)
            begun += mine

    try:
        tell(0, len(texts))
        store.embed(texts, tell)
    except Exception as error:
        failed = _failure(store, error)
        for one, _ in ready:
            yield one.item, AddedDocument("failed", one.item.name, error=failed)
        return
    for one, prepared in ready:
        yield one.item, _publish(store, one, prepared, watch)


def _publish(store: Store, taken: Taken, prepared: Prepared, watch: Watch) -> AddedDocument:
    item = taken.item
    if not watch.wanted(item):
        return AddedDocument("failed", item.name, error=CANCELLED)
    try:
        # A document of the same group may have brought the same text in the meantime.
        first = store.same_elsewhere(item.identity, text=prepared.document.text)
        if first is not None:
            return AddedDocument("duplicate", item.name, first)
        which, status = store.publish(prepared, [member.identity for member in taken.members])
        return AddedDocument("added" if status == "added" else "replaced", item.name, store.document(which))
    except Exception as error:
        return AddedDocument("failed", item.name, error=_failure(store, error))


def _read_ahead(
    store: Store,
    items: Iterable[Item],
    watch: Watch,
    allow_private: bool,
    taken: queue.Queue[Taken | None],
    stop: threading.Event,
) -> None:
    pending: deque[Item] = deque()
    source = iter(items)
    try:
        while not stop.is_set():
            item = pending.popleft() if pending else next(source, None)
            if item is None:
                break
            one = _take(store, item, watch, allow_private)
            pending.extendleft(reversed(list(watch.members(one))))
            _hand_on(taken, one, stop)
    except Exception:
        log.exception("Reading ended")
    finally:
        _hand_on(taken, None, stop)
        store.ledger.close()  # this thread's connection


def _take(store: Store, item: Item, watch: Watch, allow_private: bool) -> Taken:
    if not watch.wanted(item):
        return Taken(item, AddedDocument("failed", item.name, error=CANCELLED))
    try:
        watch.tell(item, "reading")
        return take(store, item, allow_private)
    except Exception as error:
        return Taken(item, AddedDocument("failed", item.name, error=_failure(store, error)))


def _hand_on(taken: queue.Queue[Taken | None], one: Taken | None, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            taken.put(one, timeout=0.2)
            return
        except queue.Full:
            continue


def _failure(store: Store, error: Exception) -> tuple[str, str]:
    """Code and message of what went wrong inside the index."""
    if isinstance(error, (StoreError, sqlite3.Error, OSError)):
        told = store.guard(error)
        return told.code, told.message
    log.exception("Adding failed", exc_info=error)
    return (
        "internal",
        f"Adding failed ({type(error).__name__}: {error}): try again, and report it if it stays",
    )
