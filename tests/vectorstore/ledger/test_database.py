"""The ledger is one file: transactions, snapshots, what is cached, and what it says when it cannot be used."""

from __future__ import annotations

import errno
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from putting import put, set_back

from vectorstore import Store
from vectorstore.errors import IndexUnwritable, NewerIndex
from vectorstore.ledger.database import Ledger, now, unwritable
from vectorstore.upkeep.purge import purge


def test_a_transaction_is_all_or_nothing(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    with pytest.raises(ZeroDivisionError), ledger.transaction():
        ledger.set("a", "1")
        raise ZeroDivisionError
    assert ledger.get("a") is None


def test_a_folder_that_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(IndexUnwritable, match="--data-dir"):
        Ledger(tmp_path / "file")


def test_a_file_that_is_no_ledger_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite3").write_bytes(b"garbage" * 1000)
    with pytest.raises(IndexUnwritable):
        Ledger(tmp_path)


def test_a_ledger_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    Ledger(tmp_path).close()
    with sqlite3.connect(tmp_path / "ledger.sqlite3") as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(NewerIndex, match="newer version"):
        Ledger(tmp_path)


def test_what_is_committed_survives_a_kill_at_the_next_instant(tmp_path: Path) -> None:
    script = (
        "import os,sys; from pathlib import Path; from vectorstore.ledger.database import Ledger;"
        "ledger=Ledger(Path(sys.argv[1])); ledger.set('done','1'); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert Ledger(tmp_path).get("done") == "1"


def test_before_a_ledger_is_brought_forward_it_is_copied_and_purge_takes_the_copy(
    store: Store, new_store: Callable[..., Store]
) -> None:
    put(store, "herons", "The herons nest in March.")
    path = store.ledger.path
    store.close()
    set_back(path)
    later = new_store()
    [copy] = path.parent.glob("ledger-before-*")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 1
        assert connection.execute("SELECT count(*) FROM documents").fetchone()[0] == 1
    assert later.own("a test")
    purge(later)
    assert not copy.exists()


def test_a_transaction_inside_another_ends_with_it(ledger: Ledger) -> None:
    with pytest.raises(ZeroDivisionError), ledger.transaction():
        with ledger.transaction():
            ledger.set("a", "1")
        raise ZeroDivisionError
    assert ledger.get("a") is None


def test_a_snapshot_sees_nothing_of_what_is_written_meanwhile(ledger: Ledger) -> None:
    other = Ledger(ledger.folder)
    ledger.set("a", "1")
    with ledger.snapshot():
        assert ledger.get("a") == "1"
        other.set("a", "2")
        assert ledger.get("a") == "1"
    assert ledger.get("a") == "2"
    other.close()


def test_a_cached_value_is_made_again_only_after_a_change(ledger: Ledger) -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    assert [ledger.cached("n", make) for _ in range(3)] == [1, 1, 1]
    with ledger.snapshot():
        assert ledger.cached("n", make) == 1
    with ledger.transaction() as connection:
        ledger.bump(connection)
        assert ledger.cached("n", make) == 2, "it may still be rolled back, so nothing is cached"
    assert [ledger.cached("n", make) for _ in range(2)] == [3, 3]


def test_a_change_made_while_a_value_is_made_is_seen_by_the_next_call(ledger: Ledger) -> None:
    def make() -> str | None:
        value = ledger.get("a")
        with ledger.transaction() as connection:
            ledger.set("a", "new")
            ledger.bump(connection)
        return value

    assert ledger.cached("a", make) is None
    assert ledger.cached("a", lambda: ledger.get("a")) == "new"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(errno.EROFS, "no matter"), "it is read-only"),
        (OSError(errno.EACCES, "Permission denied"), "Permission denied"),
        (sqlite3.OperationalError("database is locked"), "database is locked"),
    ],
)
def test_an_error_of_the_disk_names_its_cause_and_what_to_do(
    tmp_path: Path, error: Exception, reason: str
) -> None:
    message = unwritable(tmp_path, error).message
    assert f"({reason})" in message and "--data-dir" in message


def test_a_disk_without_room_for_a_log_is_called_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1000))
    assert "the disk is full" in unwritable(tmp_path, OSError(errno.EIO, "Input/output error")).message


def test_times_are_utc_to_the_second() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", now())
