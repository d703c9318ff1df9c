"""Add many items in three stages: one thread reads, one embeds passages of several documents, the caller publishes."""

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
    put_unless_stopped,
    read_ahead,
)
from vectorstore.embedding.passages import PreparedDocument
from vectorstore.store import Store

log = logging.getLogger(__name__)

_GROUP_TEXTS = 64  # passages from which a group is large enough to be embedded
_MAX_READ = 64  # documents that may be read and not yet embedded
_MAX_GROUPS = 2  # groups of documents that may be embedded and not yet published
_JOIN_TIMEOUT = 10.0  # seconds to wait for the batch that is being embedded when adding is stopped


class _AddingStopped(Exception):
    """Adding was stopped while a group was being embedded."""


@dataclass(frozen=True)
class _ItemGroup:
    """Items embedded together: the vectors of their passages are in the ledger, unless `failed`."""

    items: Sequence[ReadItem]
    failed: tuple[str, str] | None = None  # code and message


def run_pipeline(
    store: Store, items: Iterable[AddItem], observer: AddObserver, allow_private: bool = False
) -> Iterator[tuple[AddItem, AddedDocument]]:
    """Add items; yields each with its outcome as soon as it has one. What comes as added is safe in the ledger.

    Items are read in order, the members of a container directly after it; an item that duplicates one still queued
    comes last. What iterating `items` raises is raised here, after the items before it are done. Closing the iterator
    stops both threads.
    """
    read_items: ReadQueue = queue.Queue(maxsize=_MAX_READ)
    embedded: queue.Queue[_ItemGroup | EndOfItems] = queue.Queue(maxsize=_MAX_GROUPS)
    deferred: deque[AddItem] = deque()
    stop = threading.Event()
    threading.Thread(
        target=read_ahead,
        args=(store, items, observer, allow_private, read_items, deferred, stop),
        name="reading",
        daemon=True,
    ).start()
    embedder = threading.Thread(
        target=_embed_ahead, args=(store, observer, read_items, embedded, stop), name="embedding", daemon=True
    )
    embedder.start()
    try:
        while not isinstance(group := embedded.get(), EndOfItems):
            ready = []
            for read in group.items:
                if isinstance(read.outcome, AddedDocument):
                    yield read.item, read.outcome
                    yield from ((read.item, member) for member in read.known)
                elif read.outcome is not None:
                    ready.append((read, read.outcome))
            yield from _publish_group(store, ready, group.failed, observer, deferred)
            for read in group.items:
                _note_members(store, read)
                read.settled.set()
        if group.error is not None:
            raise group.error
    finally:
        stop.set()
        embedder.join(_JOIN_TIMEOUT)  # so that nothing is written after this returns


def _embed_ahead(
    store: Store,
    observer: AddObserver,
    read_items: ReadQueue,
    embedded: queue.Queue[_ItemGroup | EndOfItems],
    stop: threading.Event,
) -> None:
    """The embedding thread: groups of read items in, the same groups with their vectors in the ledger out."""
    end = EndOfItems()
    try:
        while not stop.is_set():
            group = _next_group(read_items, stop)
            if isinstance(group, EndOfItems):
                end = group
                return
            put_unless_stopped(embedded, _ItemGroup(group, _embed(store, group, observer, stop)), stop)
    except Exception as error:
        end = EndOfItems(error)
    finally:
        put_unless_stopped(embedded, end, stop)
        store.ledger.close()  # this thread's connection


def _next_group(read_items: ReadQueue, stop: threading.Event) -> list[ReadItem] | EndOfItems:
    """Wait for an item, and take those behind it that are read already, up to about 64 passages."""
    first: ReadItem | EndOfItems | None = None
    while first is None:
        try:
            first = read_items.get(timeout=PATIENCE)
        except queue.Empty:
            if stop.is_set():
                return EndOfItems()
    if isinstance(first, EndOfItems):
        return first
    group, texts = [first], _text_count(first)
    while texts < _GROUP_TEXTS:
        try:
            read = read_items.get_nowait()
        except queue.Empty:
            break
        if isinstance(read, EndOfItems):
            read_items.put(read)  # for the next call
            break
        group.append(read)
        texts += _text_count(read)
    return group


def _text_count(read: ReadItem) -> int:
    """Number of texts to embed for an item, 0 if it has its outcome already."""
    return len(read.outcome.texts) if isinstance(read.outcome, PreparedDocument) else 0


def _embed(
    store: Store, group: Sequence[ReadItem], observer: AddObserver, stop: threading.Event
) -> tuple[str, str] | None:
    """Bring the vectors of a group's passages into the ledger; returns code and message if that fails."""
    ready = [(read, read.outcome) for read in group if isinstance(read.outcome, PreparedDocument)]
    texts = [text for _, prepared in ready for text in prepared.texts]

    def report(at: int, of: int) -> None:
        if stop.is_set():  # what is embedded so far stays in the ledger for the next attempt
            raise _AddingStopped
        offset = 0  # passages of the group before this document
        for read, prepared in ready:
            count = len(prepared.texts)
            if offset <= at:
                observer.tell(read.item, "embedding", max(0, min(at - offset, count)), count)
            offset += count

    try:
        report(0, len(texts))
        store.embed(texts, report)
    except _AddingStopped:
        return CANCELLED
    except Exception as error:
        return failed_item(store, error)
    return None


def _publish_group(
    store: Store,
    ready: Sequence[tuple[ReadItem, PreparedDocument]],
    failed: tuple[str, str] | None,
    observer: AddObserver,
    deferred: deque[AddItem],
) -> Iterator[tuple[AddItem, AddedDocument]]:
    """Publish the documents of a group, or fail them all; one that must wait goes into `deferred`."""
    for read, prepared in ready:
        if failed is not None:
            yield read.item, AddedDocument("failed", read.item.name, error=failed)
            continue
        try:
            yield read.item, _publish(store, read, prepared, observer)
        except Deferred:
            deferred.append(replace(read.item, again=True))


def _publish(
    store: Store, read: ReadItem, prepared: PreparedDocument, observer: AddObserver
) -> AddedDocument:
    """Make one document live, unless it was cancelled or is a duplicate by now. Raises Deferred, and nothing else."""
    item = read.item
    try:
        if not observer.wanted(item):
            return AddedDocument("failed", item.name, error=CANCELLED)
        # A document of the same group may have brought the same text since this one was read.
        text = prepared.incoming.document.text
        first = None if read.members else find_duplicate(store, item, observer.coming, text=text)
        if first is not None:
            if item.parent is not None:
                store.note_duplicate(item.parent, item.identity, first)
            else:
                store.retire(item.identity, first)
            return AddedDocument("duplicate", item.name, first)
        document_id, status = store.publish(prepared, _bytes(read.members))
        return AddedDocument(
            "added" if status == "added" else "replaced", item.name, store.document(document_id)
        )
    except Deferred:
        raise
    except Exception as error:
        return AddedDocument("failed", item.name, error=failed_item(store, error))


def _note_members(store: Store, read: ReadItem) -> None:
    """Record attachments that became known only after their mail was published; if that fails, it is logged."""
    item, outcome = read.item, read.outcome
    try:
        if outcome is None and item.parent is not None:
            store.note_unpacked(item.parent, item.identity, _bytes(read.members))
        elif isinstance(outcome, AddedDocument) and outcome.record is not None:
            if outcome.status == "unchanged":
                store.note_members(outcome.record, _bytes(read.members))
            elif outcome.status == "duplicate" and item.parent is not None:
                store.note_duplicate(item.parent, item.identity, outcome.record)
    except sqlite3.Error as error:
        log.warning("%s is read once more when it is added again (%s)", item.name, error)


def _bytes(members: Sequence[AddItem]) -> dict[str, bytes]:
    """Identity -> bytes."""
    return {member.identity: member.data or b"" for member in members}
