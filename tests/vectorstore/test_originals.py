"""The bytes of reports stay exactly as long as something needs them."""

from __future__ import annotations

import errno
import io
import os
import threading
import time
import zipfile
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from pathlib import Path

import pytest
from putting import incoming, put
from working import wait_until, work

from vectorstore import Store
from vectorstore.adding.add import add
from vectorstore.adding.intake import AddItem, ReadItem
from vectorstore.adding.jobs import JobQueue
from vectorstore.adding.pipeline import run_pipeline
from vectorstore.errors import IndexUnwritable
from vectorstore.ledger.originals import Originals
from vectorstore.upkeep.health import check_health
from vectorstore.upkeep.purge import purge

pytestmark = pytest.mark.index

HERONS = "Herons of the delta\n\nThe herons of the inner delta nest in March. Rangers counted 412 nests.\n"
OTTERS = "Otters of the delta\n\nThe otters of the inner delta hunt at dusk. Rangers saw nine of them.\n"

FAULTS = {
    "embedding": "CREATE TRIGGER fault BEFORE INSERT ON vectors BEGIN SELECT raise(ABORT, 'no room'); END",
    "publishing": "CREATE TRIGGER fault BEFORE INSERT ON generations BEGIN SELECT raise(ABORT, 'no room'); END",
    # A breach that the ledger is told of no earlier than when the transaction ends.
    "committing": "CREATE TRIGGER fault AFTER INSERT ON generations BEGIN INSERT INTO late VALUES (-1); END",
}


def files(store: Store) -> list[Path]:
    return [path for path in (store.folder / "originals").rglob("*") if path.is_file()]


def kept(store: Store) -> set[str]:
    """What the originals say, once nothing is on its way in any more."""
    wait_until(lambda: not any(path.suffix == ".part" for path in files(store)))
    return {path.read_text("utf8", "replace") for path in files(store)}


def break_ledger(store: Store, fault: str) -> None:
    with store.ledger.transaction() as connection:
        connection.execute(
            "CREATE TABLE late (generation INTEGER REFERENCES generations DEFERRABLE INITIALLY DEFERRED)"
        )
        connection.execute(FAULTS[fault])


class Wanting:
    """Wants all there is; or, once something has been embedded, none of it any more."""

    def __init__(self, wants: bool = True) -> None:
        self._wants = wants
        self._embedding = False

    def tell(self, item: AddItem, state: str, at: int = 0, of: int = 0) -> None:
        self._embedding |= state == "embedding"

    def wanted(self, item: AddItem) -> bool:
        return self._wants or not self._embedding

    def coming(self, identity: str) -> bool:
        return False

    def members(self, read: ReadItem) -> Iterable[AddItem]:
        return read.members


@pytest.fixture
def report(tmp_path: Path) -> Path:
    (tmp_path / "herons.txt").write_text(HERONS, "utf8")
    return tmp_path / "herons.txt"


@pytest.mark.parametrize("fault", list(FAULTS))
def test_adding_that_fails_leaves_no_bytes_behind(store: Store, report: Path, fault: str) -> None:
    break_ledger(store, fault)
    [failed] = add(store, [str(report)]).documents
    assert failed.status == "failed"
    assert kept(store) == set()
    with store.ledger.transaction() as connection:
        connection.execute("DROP TRIGGER fault")
    assert [one.status for one in add(store, [str(report)]).documents] == ["added"]
    assert kept(store) == {HERONS}


def test_a_disk_that_fills_up_while_bytes_are_written_keeps_none_of_them(
    store: Store, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    [failed] = add(store, [str(report)]).documents
    assert failed.error is not None and "No space left" in failed.error[1]
    assert kept(store) == set()


def test_a_fault_takes_no_bytes_that_an_older_version_needs(store: Store, report: Path) -> None:
    which = put(store, "herons", HERONS)
    store.remove([which])
    break_ledger(store, "publishing")
    assert [one.status for one in add(store, [str(report)]).documents] == ["failed"]
    assert kept(store) == {HERONS}, "the removed version can be opened until purge"


def test_what_is_found_to_be_a_duplicate_only_at_the_end_is_not_kept(store: Store) -> None:
    items = [
        AddItem(
            (place,), f"test:{place}", f"{place}.txt", data=HERONS.replace(" ", " " * (place + 1)).encode()
        )
        for place in range(3)
    ]
    became = [one.status for _, one in run_pipeline(store, items, Wanting())]
    assert became == ["added", "duplicate", "duplicate"]
    assert kept(store) == {HERONS}


def test_what_is_cancelled_while_it_is_embedded_is_not_kept(store: Store) -> None:
    items = [AddItem((0,), "test:herons", "herons.txt", data=HERONS.encode())]
    [(_, cancelled)] = run_pipeline(store, items, Wanting(wants=False))
    assert cancelled.error is not None and cancelled.error[0] == "cancelled"
    assert kept(store) == set()


def test_adding_that_is_broken_off_leaves_nothing_of_what_was_read_ahead(store: Store) -> None:
    items = [
        AddItem((place,), f"test:{place}", f"{place}.txt", data=f"Report {place} tells of salt.".encode())
        for place in range(60)
    ]
    adding = run_pipeline(store, items, Wanting())
    next(adding)
    adding.close()  # type: ignore[attr-defined]
    del adding
    live = {store.text(one.document_id) for one in store.documents()}
    assert live and kept(store) == live


@pytest.mark.parametrize("copied", [False, True])
@pytest.mark.parametrize("damage", ["lost", "changed"])
def test_adding_a_report_again_brings_its_lost_bytes_back(
    store: Store, report: Path, copied: bool, damage: str
) -> None:
    add(store, [str(report)])
    [original] = files(store)
    if damage == "lost":
        original.unlink()
    else:
        original.write_bytes(original.read_bytes()[:-1] + b"?")
    [finding] = [one for one in check_health(store) if one.name == "originals"]
    assert not finding.ok and "Add these reports again" in str(finding.remedy)
    if copied:
        report = report.rename(report.with_name("copy.txt"))
    revision = store.ledger.revision
    assert [one.status for one in add(store, [str(report)]).documents] == [
        "duplicate" if copied else "unchanged"
    ]
    assert kept(store) == {HERONS} and store.ledger.revision == revision
    assert all(one.ok for one in check_health(store) if one.name == "originals")


def test_a_purge_while_a_report_is_added_never_leaves_it_without_its_bytes(store: Store) -> None:
    prepared = store.prepare(incoming(store, "herons", HERONS))
    store.embed(prepared.texts)
    assert store.own("the test")
    purge(store)
    with pytest.raises(Exception, match="add the report again"):
        store.publish(prepared)
    assert store.documents() == []


def test_a_purge_while_a_report_is_added_under_another_title_leaves_it_its_vectors(store: Store) -> None:
    put(store, "herons", HERONS)
    prepared = store.prepare(incoming(store, "herons", HERONS, title="Herons, corrected"))
    store.embed(prepared.texts)
    assert store.own("the test")
    purge(store)
    store.publish(prepared)
    assert all(one.ok for one in check_health(store) if one.name == "vectors")


def test_a_purge_takes_no_bytes_that_are_queued_while_it_looks_what_is_needed(
    store: Store, new_store: Callable[..., Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = new_store()

    def upload() -> None:
        with suppress(IndexUnwritable):  # bytes on their way in may go: whoever adds them is told
            JobQueue(other).submit_upload("herons.txt", HERONS.encode())
        other.ledger.close()

    uploading = threading.Thread(target=upload)
    drop = Originals.drop_all_but

    def late(originals: Originals, wanted: Collection[str]) -> int:
        uploading.start()
        uploading.join(timeout=0.5)  # it waits for the purge, or has put its bytes there by now
        return drop(originals, wanted)

    monkeypatch.setattr(Originals, "drop_all_but", late)
    assert store.own("the test")
    purge(store)
    uploading.join()
    assert all(one.state == "done" for one in work(store)), "what is queued has its bytes"


@pytest.fixture
def jobs(store: Store) -> JobQueue:
    return JobQueue(store)


def outcomes(store: Store, jobs: JobQueue) -> list[str]:
    """Works all jobs; says what became of them, oldest first."""
    return [one.status or one.state for one in reversed(work(store, jobs))]


def test_of_uploads_only_those_stay_that_a_version_was_read_from(store: Store, jobs: JobQueue) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("otters.txt", OTTERS)
    jobs.submit_upload("herons.txt", HERONS.encode())
    jobs.submit_upload("respaced.txt", HERONS.replace(" ", "  ").encode())
    jobs.submit_upload("all.zip", packed.getvalue())
    assert outcomes(store, jobs) == ["added", "duplicate", "done", "added"]
    assert kept(store) == {HERONS, OTTERS}


def test_an_upload_that_failed_stays_until_it_is_cleared(store: Store, jobs: JobQueue) -> None:
    jobs.submit_upload("herons.txt", HERONS.encode())
    jobs.submit_upload("bad.pdf", b"%PDF-1.7 nothing")
    jobs.cancel(jobs.submit_upload("otters.txt", OTTERS.encode()))
    assert outcomes(store, jobs) == ["added", "failed", "failed"]
    assert kept(store) == {HERONS, OTTERS, "%PDF-1.7 nothing"}, "they may be tried again"
    jobs.clear_finished()
    assert kept(store) == {HERONS}


def test_an_upload_that_cannot_be_queued_leaves_nothing(store: Store, jobs: JobQueue) -> None:
    with store.ledger.transaction() as connection:
        connection.execute(
            "CREATE TRIGGER fault BEFORE INSERT ON jobs BEGIN SELECT raise(ABORT, 'no room'); END"
        )
    with pytest.raises(Exception, match="no room"):
        jobs.submit_upload("herons.txt", HERONS.encode())
    assert kept(store) == set()


def test_what_a_killed_process_left_goes_after_a_day_or_with_a_purge(store: Store, report: Path) -> None:
    incoming = store.folder / "originals" / "incoming"
    incoming.mkdir(parents=True)
    (incoming / "old.part").write_bytes(b"half a report")
    os.utime(incoming / "old.part", (0, time.time() - 25 * 3600))
    (incoming / "new.part").write_bytes(b"half another")
    (store.folder / "originals" / "ab").mkdir()
    (store.folder / "originals" / "ab" / f"{'ab' * 32}.77.part").write_bytes(b"of an older program")
    add(store, [str(report)])
    assert sorted(path.suffix for path in files(store)) == ["", ".part", ".part"]
    assert not (incoming / "old.part").exists()
    assert store.own("the test")
    purge(store)
    assert kept(store) == {HERONS}
