"""A backup holds an index as of one moment; what comes back answers as the index did."""

from __future__ import annotations

import sqlite3
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from putting import put
from working import work

from vectorstore import Store
from vectorstore.adding.add import add
from vectorstore.adding.jobs import JobQueue
from vectorstore.adding.outcome import AddedDocument
from vectorstore.errors import DamagedBackup, IndexUnwritable, NewerIndex
from vectorstore.ledger.originals import needed_originals
from vectorstore.upkeep.backup import back_up, restore

HERONS = "Herons of the delta\n\nThe herons of the inner delta nest in March. Rangers counted 412 nests.\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "herons.txt"
    path.write_text(HERONS, "utf8")
    return path


def restored(file: Path, folder: Path, new_store: Callable[..., Store]) -> Store:
    restore(file, folder)
    return new_store(folder)


def test_what_is_restored_answers_and_opens_its_originals(
    store: Store, new_store: Callable[..., Store], report: Path, tmp_path: Path
) -> None:
    [added] = add(store, [str(report)], corrected={"publisher": "Delta Watch"}).documents
    made = back_up(store.ledger, tmp_path / "b.zip")
    assert (made.documents, made.originals, made.missing) == (1, 1, 0)
    later = restored(tmp_path / "b.zip", tmp_path / "again", new_store)
    assert later.own("a test")
    later.sync()
    assert later.dense.compare().any is False
    found = later.search("when do herons nest").passages[0]
    assert (found.publisher, "March" in found.text) == ("Delta Watch", True)
    assert added.record is not None and later.originals.read(added.record.original) == HERONS.encode()


def test_a_backup_made_while_others_write_is_of_one_moment(
    store: Store, new_store: Callable[..., Store], tmp_path: Path
) -> None:
    stop = threading.Event()

    def write() -> None:
        writer = new_store()
        number = 0
        while not stop.is_set():
            number += 1
            put(writer, f"first-{number}", f"Report {number} of the first series tells of salt.")
            put(writer, f"second-{number}", f"Report {number} of the second series tells of salt.")
        writer.ledger.close()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for number in range(4):
            back_up(store.ledger, tmp_path / f"{number}.zip")
    finally:
        stop.set()
        thread.join()
    for number in range(4):
        copy = restored(tmp_path / f"{number}.zip", tmp_path / f"again-{number}", new_store)
        assert copy.ledger.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert all(one.passages == 1 for one in copy.documents())


@pytest.mark.parametrize("links", [True, False])
def test_a_backup_holds_the_uploads_of_jobs_that_are_done_while_it_is_made(
    store: Store,
    new_store: Callable[..., Store],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    links: bool,
) -> None:
    def none(*_: object) -> None:
        raise OSError("no links here")

    def work_first(connection: sqlite3.Connection) -> set[str]:
        """The ledger has been copied; its originals have not."""
        jobs.finish(job, AddedDocument("duplicate", "herons.txt"))
        return needed_originals(connection)

    jobs = JobQueue(store)
    job = jobs.submit_upload("herons.txt", HERONS.encode())
    monkeypatch.setattr("vectorstore.upkeep.backup.needed_originals", work_first)
    if not links:
        monkeypatch.setattr("os.link", none)
    assert back_up(store.ledger, tmp_path / "b.zip").missing == 0
    assert not any(path.is_file() for path in (store.folder / "originals").rglob("*")), "it leaves nothing"
    later = restored(tmp_path / "b.zip", tmp_path / "again", new_store)
    assert [one.status for one in work(later)] == ["added"]


def test_an_index_that_cannot_be_written_can_be_backed_up(store: Store, tmp_path: Path) -> None:
    put(store, "herons", HERONS)
    store.ledger.connection.execute("PRAGMA query_only = ON")
    assert back_up(store.ledger, tmp_path / "b.zip").documents == 1


def test_a_folder_that_holds_something_is_left_alone(store: Store, tmp_path: Path) -> None:
    back_up(store.ledger, tmp_path / "b.zip")
    with pytest.raises(IndexUnwritable, match="not empty"):
        restore(tmp_path / "b.zip", store.ledger.folder)


@pytest.mark.parametrize(
    "damage", ["no archive", "cut off", "another ledger", "no ledger", "another original"]
)
def test_a_damaged_backup_is_refused_and_leaves_nothing(
    store: Store, report: Path, tmp_path: Path, damage: str
) -> None:
    add(store, [str(report)])
    file = tmp_path / "b.zip"
    back_up(store.ledger, file)
    if damage == "no archive":
        file.write_text("This is no backup.")
    elif damage == "cut off":
        file.write_bytes(file.read_bytes()[:-2000])
    else:
        _rewrite(file, damage)
    with pytest.raises(DamagedBackup, match="another copy"):
        restore(file, tmp_path / "again")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "data", "herons.txt"]


def _rewrite(file: Path, damage: str) -> None:
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            if damage == "no ledger" and name.endswith(".sqlite3"):
                continue
            changed = (
                name.endswith(".sqlite3") if damage == "another ledger" else name.startswith("originals/")
            )
            archive.writestr(name, data[:-1] + b"\1" if changed and damage != "no ledger" else data)


def test_names_that_no_backup_has_never_become_paths(store: Store, tmp_path: Path) -> None:
    back_up(store.ledger, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip", "a") as archive:
        archive.writestr("../outside.txt", "no")
        archive.writestr("originals/aa/../../../outside.txt", "no")
    restore(tmp_path / "b.zip", tmp_path / "in" / "again")
    assert not list(tmp_path.rglob("outside.txt"))


def test_a_backup_of_a_newer_program_is_refused(store: Store, tmp_path: Path) -> None:
    back_up(store.ledger, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data.replace(b'"format": ', b'"format": 9'))
    with pytest.raises(NewerIndex, match="update the program"):
        restore(tmp_path / "b.zip", tmp_path / "again")


def test_a_backup_that_cannot_be_written_says_so_and_leaves_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(IndexUnwritable, match="cannot be written"):
        back_up(store.ledger, tmp_path / "file" / "b.zip")
    (tmp_path / "folder").mkdir()
    with pytest.raises(IndexUnwritable, match="cannot be written"):
        back_up(store.ledger, tmp_path / "folder")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "file", "folder"]
