from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from putting import Clock, put, set_back

from vectorstore import Store, StoreError
from vectorstore.errors import IndexUnwritable, NewerIndex
from vectorstore.ledger.database import Ledger
from vectorstore.ledger.history import History


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


def test_conversations_keep_their_turns_in_order(tmp_path: Path) -> None:
    history = History(Ledger(tmp_path))
    one = history.start("What  happened\nin Kayes? " + "x" * 200)
    history.append(one, "user", "What happened?")
    history.append(one, "assistant", "This. [1]", {"question": "What happened?"})
    assert [(turn.role, turn.content) for turn in history.turns(one)] == [
        ("user", "What happened?"),
        ("assistant", "This. [1]"),
    ]
    assert len(history.conversations()[0].title) <= 80
    history.delete(one)
    with pytest.raises(StoreError, match="start a new one"):
        history.turns(one)


@pytest.mark.parametrize("step", [-3600, 0, 1, 3600])
def test_the_conversation_last_written_to_comes_first_whatever_the_clock_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    clock = Clock()
    monkeypatch.setattr("vectorstore.ledger.history.now", clock)
    history = History(Ledger(tmp_path))
    ids = []
    for number in range(4):
        ids.insert(0, history.start(f"Conversation {number}"))
        clock.go(step)
    assert [one.conversation_id for one in history.conversations()] == ids
    for which in (ids[2], ids[2], ids[3], ids[0]):
        history.append(which, "user", "And then?")
        clock.go(step)
        ids.remove(which)
        ids.insert(0, which)
        conversations = history.conversations()
        assert [one.conversation_id for one in conversations] == ids
        assert all(one.updated >= one.created for one in conversations)


def test_a_ledger_of_the_first_version_is_brought_forward_with_all_it_holds(
    store: Store, new_store: Callable[..., Store], tmp_path: Path
) -> None:
    which = put(store, "herons", "The herons nest in March.")
    path, tables = store.ledger.path, _layout(store.ledger.path)
    store.close()
    set_back(path)
    later = new_store()
    assert _layout(path) == tables
    assert [one.document_id for one in later.documents()] == [which]
    assert later.search("nest").passages[0].document_id == which


def _layout(path: Path) -> set[tuple[str, ...]]:
    """Every table with its columns, and every index."""
    with closing(sqlite3.connect(path)) as connection:
        named = connection.execute("SELECT type, name FROM sqlite_master").fetchall()
        columns = {
            (name, *sorted(row[1] for row in connection.execute(f"PRAGMA table_info({name})")))
            for kind, name in named
            if kind == "table"
        }
        return columns | {(name,) for kind, name in named if kind == "index"}
