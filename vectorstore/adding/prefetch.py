"""The thread that reads ahead of the embedding: items in order, their members after them, repeaters last."""

from __future__ import annotations

import logging
import queue
import sqlite3
import threading
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol, TypeVar

from vectorstore.adding.intake import AddItem, Deferred, ReadItem, read_item
from vectorstore.adding.outcome import AddedDocument
from vectorstore.errors import StoreError
from vectorstore.store import Store

log = logging.getLogger(__name__)

T = TypeVar("T")

ItemState = Literal["reading", "embedding"]
PATIENCE = 0.2  # seconds between looks whether anyone still waits for what is read
CANCELLED = ("cancelled", "Cancelled")


class AddObserver(Protocol):
    """Who wants to know, and to say, how adding goes on. Called from several threads."""

    def tell(self, item: AddItem, state: ItemState, at: int = 0, of: int = 0) -> None:
        """The item is at `state`; while embedding, `at` of `of` passages are done."""

    def wanted(self, item: AddItem) -> bool:
        """Whether to go on with it."""

    def coming(self, identity: str) -> bool:
        """Whether an item of this identity is not finished."""

    def members(self, taken: ReadItem) -> Iterable[AddItem]:
        """What of an item's members to add next. Where this raises, the item fails; the others go on."""


@dataclass(frozen=True)
class EndOfItems:
    """Nothing more is read: there are no more items, or where they come from failed."""

    error: Exception | None = None


ReadQueue = queue.Queue[ReadItem | EndOfItems]


def read_ahead(
    store: Store,
    items: Iterable[AddItem],
    watch: AddObserver,
    allow_private: bool,
    taken: ReadQueue,
    late: deque[AddItem],
    stop: threading.Event,
) -> None:
    """Read the items into `taken`, then an End; those that `late` gathers come last. Closes the thread's ledger."""
    pending: deque[AddItem] = deque()
    last: ReadItem | None = None
    error = None
    try:
        source = iter(items)
        while not stop.is_set():
            item = pending.popleft() if pending else None
            if item is None and error is None:
                try:
                    item = next(source, None)
                except Exception as caught:  # nobody knows what else it held
                    error = caught
            if item is None:
                _wait_for(last, stop)  # it may be put off, and nothing is added any more that it waited for
                if not late:
                    break
                pending.extend(late)
                late.clear()
                continue
            try:
                last, members = _take(store, item, watch, allow_private)
            except Deferred:
                late.append(replace(item, again=True))
                continue
            pending.extendleft(reversed(members))
            put_until_taken(taken, last, stop)
            if last.hides:
                _wait_for(last, stop)
    except Exception as caught:  # by whatever gives the items, before the first
        error = caught
    finally:
        put_until_taken(taken, EndOfItems(error), stop)
        store.ledger.close()  # this thread's connection


def _wait_for(one: ReadItem | None, stop: threading.Event) -> None:
    """Until it is settled, and with it all that was handed on before it."""
    while one is not None and not stop.is_set() and not one.settled.wait(PATIENCE):
        pass


def _take(
    store: Store, item: AddItem, watch: AddObserver, allow_private: bool
) -> tuple[ReadItem, Sequence[AddItem]]:
    """An item read, and which of its members to read next. Raises Later."""
    try:
        if not watch.wanted(item):
            return ReadItem(item, AddedDocument("failed", item.name, error=CANCELLED)), ()
        watch.tell(item, "reading")
        one = read_item(store, item, watch.coming, allow_private)
        return one, list(watch.members(one))
    except Deferred:
        raise
    except Exception as error:
        return ReadItem(item, AddedDocument("failed", item.name, error=failed_item(store, error))), ()


def put_until_taken(waiting: queue.Queue[T], one: T, stop: threading.Event) -> None:
    """Put it into a queue as soon as there is room, unless all is broken off."""
    while not stop.is_set():
        try:
            waiting.put(one, timeout=PATIENCE)
            return
        except queue.Full:
            continue


def failed_item(store: Store, error: Exception) -> tuple[str, str]:
    """Code and message of what went wrong inside the index."""
    if isinstance(error, (StoreError, sqlite3.Error, OSError)):
        told = store.guard(error)
        return told.code, told.message
    log.exception("Adding failed", exc_info=error)
    return (
        "internal",
        f"Adding failed ({type(error).__name__}: {error}): try again, and report it if it stays",
    )
