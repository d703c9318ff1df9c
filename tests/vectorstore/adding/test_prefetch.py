"""The reading thread: items in order, members behind their container, deferred ones last, and an end in any case."""

from __future__ import annotations

import io
import logging
import queue
import sqlite3
import threading
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator

import pytest
from putting import CRANES, HERONS, OTTERS
from working import Everything

from vectorstore import ModelMismatch, Store
from vectorstore.adding.intake import AddItem
from vectorstore.adding.outcome import AddedDocument
from vectorstore.adding.prefetch import (
    CANCELLED,
    EndOfItems,
    ReadQueue,
    failed_item,
    put_unless_stopped,
    read_ahead,
)


def item(place: int, name: str, data: bytes) -> AddItem:
    return AddItem((place,), f"test:{name}", name, data=data)


def read(store: Store, items: Iterable[AddItem]) -> tuple[list[str], EndOfItems]:
    """The names that the reading thread hands on, each settled as soon as it comes, and the end behind them."""
    entries: ReadQueue = queue.Queue()
    reading = threading.Thread(
        target=read_ahead, args=(store, items, Everything(), False, entries, deque(), threading.Event())
    )
    reading.start()
    names = []
    while not isinstance(entry := entries.get(timeout=60), EndOfItems):
        names.append(entry.item.name)
        entry.settled.set()
    reading.join()
    return names, entry


class Cancelled(Everything):
    """Wants nothing any more."""

    def wanted(self, item: AddItem) -> bool:
        return False


def test_what_is_cancelled_is_not_read(quick_store: Store) -> None:
    entries: ReadQueue = queue.Queue()
    stop = threading.Event()
    reading = threading.Thread(
        target=read_ahead,
        args=(quick_store, [item(0, "herons.txt", b"")], Cancelled(), False, entries, deque(), stop),
    )
    reading.start()
    entry = entries.get(timeout=30)
    assert not isinstance(entry, EndOfItems) and isinstance(entry.outcome, AddedDocument)
    assert entry.outcome.error == CANCELLED
    assert reading.is_alive(), "it may still be deferred, so the end waits until it is settled"
    entry.settled.set()
    assert isinstance(entries.get(timeout=30), EndOfItems)
    reading.join()


def archive(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, data in members.items():
            file.writestr(name.replace("_", "."), data)
    return packed.getvalue()


def test_members_come_directly_behind_their_container(quick_store: Store) -> None:
    inner = archive(otters_txt=OTTERS.encode())
    items = [
        item(0, "all.zip", archive(inner_zip=inner, cranes_txt=CRANES.encode())),
        item(1, "herons.txt", HERONS.encode()),
    ]
    names, _ = read(quick_store, items)
    assert names == ["all.zip", "inner.zip", "otters.txt", "cranes.txt", "herons.txt"]


def test_the_end_carries_what_the_items_raised(quick_store: Store) -> None:
    def items() -> Iterator[AddItem]:
        raise OSError("the list of sources cannot be read")
        yield

    names, end = read(quick_store, items())
    assert names == [] and isinstance(end.error, OSError)
    names, end = read(quick_store, [])
    assert names == [] and end.error is None


def test_an_entry_is_put_as_soon_as_there_is_room_or_never_after_a_stop() -> None:
    entries: queue.Queue[int] = queue.Queue(maxsize=1)
    stop = threading.Event()
    put_unless_stopped(entries, 1, stop)
    putting = threading.Thread(target=put_unless_stopped, args=(entries, 2, stop))
    putting.start()
    assert entries.get(timeout=30) == 1 and entries.get(timeout=30) == 2
    putting.join()
    put_unless_stopped(entries, 3, stop)
    stop.set()
    put_unless_stopped(entries, 4, stop)  # returns although the queue is full
    assert entries.get_nowait() == 3 and entries.empty()


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (ModelMismatch("another model"), "model_mismatch", "another model"),
        (sqlite3.OperationalError("database or disk is full"), "unwritable", "disk is full"),
        (OSError(28, "No space left on device"), "unwritable", "No space left on device"),
        (ZeroDivisionError("by zero"), "internal", "ZeroDivisionError: by zero"),
    ],
)
def test_an_error_in_the_index_has_a_code_and_says_what_happened(
    quick_store: Store, caplog: pytest.LogCaptureFixture, error: Exception, code: str, words: str
) -> None:
    with caplog.at_level(logging.ERROR):
        assert failed_item(quick_store, error)[0] == code
    assert words in failed_item(quick_store, error)[1]
    assert bool(caplog.records) == (code == "internal"), "only what nobody foresaw is logged"
