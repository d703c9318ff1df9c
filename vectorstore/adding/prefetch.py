"""The reading thread of the pipeline: reads items in order, members behind their container, deferred items last."""

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
PATIENCE = 0.2  # seconds between two checks whether adding was stopped
CANCELLED = ("cancelled", "Cancelled")  # code and message


class AddObserver(Protocol):
    """What the pipeline asks and reports while it adds items. Called from several threads."""

    def tell(self, item: AddItem, state: ItemState, at: int = 0, of: int = 0) -> None:
        """Report that an item is at `state`; while embedding, `at` of its `of` passages are done."""

    def wanted(self, item: AddItem) -> bool:
        """False if the item has been cancelled."""

    def coming(self, identity: str) -> bool:
        """True while an item of this identity is queued or being added."""

    def members(self, read: ReadItem) -> Iterable[AddItem]:
        """The members of a container to read next. If this raises, that item fails and the others go on."""


@dataclass(frozen=True)
class EndOfItems:
    """The last entry of a queue: there are no more items, or the iterable that gives them failed."""

    error: Exception | None = None  # what the iterable raised


ReadQueue = queue.Queue[ReadItem | EndOfItems]


def read_ahead(
    store: Store,
    items: Iterable[AddItem],
    observer: AddObserver,
    allow_private: bool,
    read_items: ReadQueue,
    deferred: deque[AddItem],
    stop: threading.Event,
) -> None:
    """Read the items into the queue `read_items`, then put EndOfItems. Runs as a thread; closes its ledger connection.

    `deferred` collects items that must be read again after all others; the pipeline appends to it, too.
    """
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
                except Exception as caught:  # the items behind it are lost; those before it are still added
                    error = caught
            if item is None:
                _wait_until_settled(
                    last, stop
                )  # publishing may still defer it; then nothing else is being added
                if not deferred:
                    break
                pending.extend(deferred)
                deferred.clear()
                continue
            try:
                last, members = _read(store, item, observer, allow_private)
            except Deferred:
                deferred.append(replace(item, again=True))
                continue
            pending.extendleft(reversed(members))
            put_unless_stopped(read_items, last, stop)
            if last.hides:
                _wait_until_settled(last, stop)
    except Exception as caught:  # from `iter(items)`
        error = caught
    finally:
        put_unless_stopped(read_items, EndOfItems(error), stop)
        store.ledger.close()  # this thread's connection


def _read(
    store: Store, item: AddItem, observer: AddObserver, allow_private: bool
) -> tuple[ReadItem, Sequence[AddItem]]:
    """Read an item; returns it with the members to read next. Raises Deferred, and nothing else."""
    try:
        if not observer.wanted(item):
            return ReadItem(item, AddedDocument("failed", item.name, error=CANCELLED)), ()
        observer.tell(item, "reading")
        read = read_item(store, item, observer.coming, allow_private)
        return read, list(observer.members(read))
    except Deferred:
        raise
    except Exception as error:
        return ReadItem(item, AddedDocument("failed", item.name, error=failed_item(store, error))), ()


def _wait_until_settled(read: ReadItem | None, stop: threading.Event) -> None:
    """Wait until an item is published or has failed, and with it everything that was put before it."""
    while read is not None and not stop.is_set() and not read.settled.wait(PATIENCE):
        pass


def put_unless_stopped(entries: queue.Queue[T], entry: T, stop: threading.Event) -> None:
    """Put an entry into a queue as soon as there is room; give up once `stop` is set."""
    while not stop.is_set():
        try:
            entries.put(entry, timeout=PATIENCE)
            return
        except queue.Full:
            continue


def failed_item(store: Store, error: Exception) -> tuple[str, str]:
    """Code and message for an error inside the index, e.g. ("unwritable", "The index folder … cannot be used …").

    An unexpected error is logged and becomes "internal".
    """
    if isinstance(error, (StoreError, sqlite3.Error, OSError)):
        store_error = store.guard(error)
        return store_error.code, store_error.message
    log.exception("Adding failed", exc_info=error)
    return (
        "internal",
        f"Adding failed ({type(error).__name__}: {error}): try again, and report it if it stays",
    )
