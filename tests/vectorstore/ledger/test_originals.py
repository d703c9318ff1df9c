"""Bytes get their name in the transaction that needs them, lose it in another, and are temporary in between."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from putting import HERONS, go_live, incoming, put, sha256

from vectorstore import Store
from vectorstore.ledger.database import Ledger
from vectorstore.ledger.originals import Originals, needed_originals, queued_originals

pytestmark = pytest.mark.index


def test_bytes_that_one_gives_up_stay_for_another_who_adds_them(
    store: Store, new_store: Callable[..., Store]
) -> None:
    other = new_store()
    mine, theirs = (
        one.prepare(incoming(one, name, HERONS)) for name, one in (("mine", store), ("theirs", other))
    )
    for one in (mine, theirs):
        store.embed(one.texts)
    store.ledger.connection.execute(
        "CREATE TEMP TRIGGER fault BEFORE INSERT ON generations BEGIN SELECT raise(ABORT, 'no room'); END"
    )
    with pytest.raises(Exception, match="no room"):
        store.publish(mine)
    which, _ = other.publish(theirs)
    assert other.originals.read(other.document(which).original) == HERONS.encode()


def test_no_version_loses_its_bytes_to_adding_that_fails_at_the_same_time(
    store: Store, new_store: Callable[..., Store]
) -> None:
    stop = threading.Event()

    def fail() -> None:
        failing = new_store()
        while not stop.is_set():
            held = failing.originals.store(HERONS.encode())
            with pytest.raises(ZeroDivisionError), failing.originals.settled(failing.ledger, held):
                raise ZeroDivisionError
        failing.ledger.close()

    thread = threading.Thread(target=fail)
    thread.start()
    try:
        for _ in range(50):
            which = put(store, "herons", HERONS)
            assert store.originals.read(store.document(which).original) == HERONS.encode()
            store.remove([which])
            with store.ledger.transaction() as connection:
                connection.execute("DELETE FROM generations")
            store.originals.release(store.ledger, [digest for digest in map(_name, _files(store)) if digest])
    finally:
        stop.set()
        thread.join()


def _name(path: Path) -> str | None:
    return path.name if len(path.name) == 64 else None


def _files(store: Store) -> list[Path]:
    return [path for path in (store.folder / "originals").rglob("*") if path.is_file()]


def test_bytes_that_nothing_refers_to_go_with_the_object(ledger: Ledger) -> None:
    original = Originals(ledger.folder).store(b"herons")
    path = original.path
    assert path.read_bytes() == b"herons"
    del original
    gc.collect()
    assert not path.exists()


def test_settled_bytes_are_stored_under_their_hash_and_released_when_nothing_needs_them(
    ledger: Ledger,
) -> None:
    originals, digest = Originals(ledger.folder), sha256(HERONS)
    with originals.settled(ledger, originals.store(HERONS.encode())):
        document_id = go_live(ledger, "herons", HERONS)
    assert originals.read(digest) == HERONS.encode() and originals.is_sound(digest)
    originals.release(ledger, [digest])
    assert originals.has(digest), "the live version needs it"
    with ledger.transaction() as connection:
        connection.execute("DELETE FROM generations WHERE document_id = ?", (document_id,))
    originals.release(ledger, [digest])
    assert not originals.has(digest) and originals.read(digest) is None


def test_a_transaction_that_fails_leaves_no_bytes(ledger: Ledger) -> None:
    originals = Originals(ledger.folder)
    with pytest.raises(ZeroDivisionError), originals.settled(ledger, originals.store(b"herons")):
        raise ZeroDivisionError
    gc.collect()
    assert [path for path in (ledger.folder / "originals").rglob("*") if path.is_file()] == []


def test_a_held_file_can_be_read_after_it_was_released(ledger: Ledger) -> None:
    originals, digest = Originals(ledger.folder), sha256("herons")
    with originals.settled(ledger, originals.store(b"herons")):
        pass  # nothing refers to it
    held = originals.hold_again(digest)
    originals.release(ledger, [digest])
    assert not originals.has(digest)
    assert held is not None and held.path.read_bytes() == b"herons"
    assert originals.hold_again(digest) is None


@pytest.mark.parametrize("name", ["../../outside", "AB" * 32, "ab" * 31, ""])
def test_only_a_hash_becomes_a_path(ledger: Ledger, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        Originals(ledger.folder).read(name)


def test_only_files_of_killed_processes_are_swept(ledger: Ledger) -> None:
    originals = Originals(ledger.folder)
    incoming = ledger.folder / "originals" / "incoming"
    incoming.mkdir(parents=True)
    for name, age in (("old", 25 * 3600), ("new", 23 * 3600)):
        (incoming / name).write_bytes(b"half a report")
        os.utime(incoming / name, (0, time.time() - age))
    originals.store(b"herons")
    gc.collect()
    assert [path.name for path in incoming.iterdir()] == ["new"]


def test_bytes_are_needed_by_versions_and_by_jobs_that_are_not_done(ledger: Ledger) -> None:
    go_live(ledger, "herons", HERONS)
    with ledger.transaction() as connection:
        for state, digest in (("done", "aa" * 32), ("waiting", "bb" * 32), ("failed", "cc" * 32)):
            connection.execute(
                "INSERT INTO jobs (name, request, state, created, updated) VALUES ('x', ?, ?, '', '')",
                (f'{{"upload": "{digest}"}}', state),
            )
        assert queued_originals(connection) == {"bb" * 32, "cc" * 32}
        assert needed_originals(connection) == {"bb" * 32, "cc" * 32, sha256(HERONS)}


def test_an_upload_is_not_released_before_its_job_is_done(ledger: Ledger) -> None:
    originals, digest = Originals(ledger.folder), sha256(HERONS)
    with originals.settled(ledger, originals.store(HERONS.encode())) as connection:
        connection.execute(
            "INSERT INTO jobs (name, request, state, created, updated) VALUES ('x', ?, 'failed', '', '')",
            (f'{{"upload": "{digest}"}}',),
        )
    originals.release(ledger, [digest])
    assert originals.has(digest), "it may be tried again"
    with ledger.transaction() as connection:
        connection.execute("UPDATE jobs SET state = 'done'")
    originals.release(ledger, [digest])
    assert not originals.has(digest)
