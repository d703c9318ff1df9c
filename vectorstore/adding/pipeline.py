"""Many items in: one thread reads ahead, one embeds the passages of several documents together, one publishes."""

from __future__ import annotations

import logging
import queue
import sqlite3
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from vectorstore.adding.intake import AddItem, Deferred, ReadItem, find_duplicate
from vectorstore.adding.outcome import AddedDocument
from vectorstore.adding.prefetch import (
    CANCELLED,
    PATIENCE,
    AddObserver,
    EndOfItems,
    ReadQueue,
    failed_item,
    put_until_taken,
    read_ahead,
)
from vectorstore.embedding.passages import PreparedDocument
from vectorstore.store import Store

log = logging.getLogger(__name__)

_ENOUGH = 64  # texts embedded together
_AHEAD = 64  # documents read and not yet embedded
_GROUPS_AHEAD = 2  # groups of documents embedded and not yet published
_JOINED = 10.0  # seconds to wait for the batch that is being embedded when adding is broken off


class _AddingStopped(Exception):
    """Adding was broken off."""


@dataclass(frozen=True)
class _ItemGroup:
    """Items read together, whose passages have their vectors; or why they have not."""

    items: Sequence[ReadItem]
    failed: tuple[str, str] | None = None  # code and message


def run_pipeline(
    store: Store, items: Iterable[AddItem], watch: AddObserver, allow_private: bool = False
) -> Iterator[tuple[AddItem, AddedDocument]]:
    """What became of each item, as it becomes so; what comes as added is safe in the ledger.

    Items are read in order; one that holds others is followed by them. One that repeats what is itself still to be
    added comes last. What `items` raises is raised here, after the items before it are done.
    """
    taken: ReadQueue = queue.Queue(maxsize=_AHEAD)
    embedded: queue.Queue[_ItemGroup | EndOfItems] = queue.Queue(maxsize=_GROUPS_AHEAD)
    late: deque[AddItem] = deque()
    stop = threading.Event()
    threading.Thread(
        target=read_ahead,
        args=(store, items, watch, allow_private, taken, late, stop),
        name="reading",
        daemon=True,
    ).start()
    embedder = threading.Thread(
        target=_embed_ahead, args=(store, watch, taken, embedded, stop), name="embedding", daemon=True
    )
    embedder.start()
    try:
        while not isinstance(group := embedded.get(), EndOfItems):
            ready = []
            for one in group.items:
                if isinstance(one.outcome, AddedDocument):
                    yield one.item, one.outcome
                    yield from ((one.item, member) for member in one.known)
                elif one.outcome is not None:
                    ready.append((one, one.outcome))
            yield from _publish_group(store, ready, group.failed, watch, late)
            for one in group.items:
                _note_members(store, one)
                one.settled.set()
        if group.error is not None:
            raise group.error
    finally:
        stop.set()
        embedder.join(_JOINED)  # what it writes is written when this returns


def _note_members(store: Store, one: ReadItem) -> None:
    """Note of what came with a mail what its publishing did not yet know; the mail itself is published by now."""
    item, outcome = one.item, one.outcome
    try:
        if outcome is None and item.parent is not None:
            store.note_unpacked(item.parent, item.identity, _bytes(one.members))
        elif isinstance(outcome, AddedDocument) and outcome.record is not None:
            if outcome.status == "unchanged":
                store.note_members(outcome.record, _bytes(one.members))
            elif outcome.status == "duplicate" and item.parent is not None:
                store.note_duplicate(item.parent, item.identity, outcome.record)
    except sqlite3.Error as error:
        log.warning("%s is read once more when it is added again (%s)", item.name, error)


def _bytes(members: Sequence[AddItem]) -> dict[str, bytes]:
    return {one.identity: one.data or b"" for one in members}


def _next_group(taken: ReadQueue, stop: threading.Event) -> list[ReadItem] | EndOfItems:
    """What has been read: at least one item, and no more than are embedded together; or that it is the end."""
    first: ReadItem | EndOfItems | None = None
    while first is None:
        try:
            first = taken.get(timeout=PATIENCE)
        except queue.Empty:
            if stop.is_set():
                return EndOfItems()
    if isinstance(first, EndOfItems):
        return first
    group, texts = [first], _texts(first)
    while texts < _ENOUGH:
        try:
            one = taken.get_nowait()
        except queue.Empty:
            break
        if isinstance(one, EndOfItems):
            taken.put(one)  # for the next call
            break
        group.append(one)
        texts += _texts(one)
    return group


def _texts(taken: ReadItem) -> int:
    return len(taken.outcome.texts) if isinstance(taken.outcome, PreparedDocument) else 0


def _embed_ahead(
    store: Store,
    watch: AddObserver,
    taken: ReadQueue,
    embedded: queue.Queue[_ItemGroup | EndOfItems],
    stop: threading.Event,
) -> None:
    end = EndOfItems()
    try:
        while not stop.is_set():
            group = _next_group(taken, stop)
            if isinstance(group, EndOfItems):
                end = group
                return
            put_until_taken(embedded, _ItemGroup(group, _embed(store, group, watch, stop)), stop)
    except Exception as error:
        end = EndOfItems(error)
    finally:
        put_until_taken(embedded, end, stop)
        store.ledger.close()  # this thread's connection


def _embed(
    store: Store, group: Sequence[ReadItem], watch: AddObserver, stop: threading.Event
) -> tuple[str, str] | None:
    """Have the vectors of a group's passages in the ledger; code and message of why they are not."""
    ready = [(one, one.outcome) for one in group if isinstance(one.outcome, PreparedDocument)]
    texts = [text for _, prepared in ready for text in prepared.texts]

    def tell(at: int, of: int) -> None:
        if stop.is_set():  # nobody waits for it: what is embedded so far is kept for the next time
            raise _AddingStopped
        begun = 0  # passages of the group before this document
        for one, prepared in ready:
            mine = len(prepared.texts)
            if begun <= at:
                watch.tell(one.item, "embedding", max(0, min(at - begun, mine)), mine)
            begun += mine

    try:
        tell(0, len(texts))
        store.embed(texts, tell)
    except _AddingStopped:
        return CANCELLED
    except Exception as error:
        return failed_item(store, error)
    return None


def _publish_group(
    store: Store,
    ready: Sequence[tuple[ReadItem, PreparedDocument]],
    failed: tuple[str, str] | None,
    watch: AddObserver,
    late: deque[AddItem],
) -> Iterator[tuple[AddItem, AddedDocument]]:
    for one, prepared in ready:
        if failed is not None:
            yield one.item, AddedDocument("failed", one.item.name, error=failed)
            continue
        try:
            yield one.item, _publish(store, one, prepared, watch)
        except Deferred:
            late.append(replace(one.item, again=True))


def _publish(store: Store, taken: ReadItem, prepared: PreparedDocument, watch: AddObserver) -> AddedDocument:
    item = taken.item
    try:
        if not watch.wanted(item):
            return AddedDocument("failed", item.name, error=CANCELLED)
        # A document of the same group may have brought the same text in the meantime.
        text = prepared.incoming.document.text
        first = None if taken.members else find_duplicate(store, item, watch.coming, text=text)
        if first is not None:
            if item.parent is not None:
                store.note_duplicate(item.parent, item.identity, first)
            else:
                store.retire(item.identity, first)
            return AddedDocument("duplicate", item.name, first)
        which, status = store.publish(prepared, _bytes(taken.members))
        return AddedDocument("added" if status == "added" else "replaced", item.name, store.document(which))
    except Deferred:
        raise
    except Exception as error:
        return AddedDocument("failed", item.name, error=failed_item(store, error))
