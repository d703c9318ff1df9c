"""Each check finds its own damage, and says what to do about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from putting import put

from vectorstore import Store
from vectorstore.upkeep import health
from vectorstore.upkeep.health import HealthCheck, check_health
from vectorstore.upkeep.purge import _UNFINISHED

pytestmark = pytest.mark.index

HERONS = "The herons nest in March.\nThe otters swim in May."


def run(store: Store, statement: str) -> None:
    with store.ledger.transaction() as connection:
        connection.execute(statement)


def lose_originals(store: Store) -> None:
    for path in (store.folder / "originals").rglob("*"):
        if path.is_file():
            path.unlink()


@pytest.mark.parametrize(
    ("check", "damage", "message", "remedy"),
    [
        (
            health._vectors,
            lambda store: run(store, "DELETE FROM vectors"),
            "1 of 1 passages have no vector, 0 a broken one",
            "briefing rebuild --embedding-model 'hashed-words'",
        ),
        (
            health._vectors,
            lambda store: run(store, "UPDATE vectors SET vector = zeroblob(1024)"),
            "0 of 1 passages have no vector, 1 a broken one",
            "briefing rebuild --embedding-model 'hashed-words'",
        ),
        (
            health._fulltext,
            lambda store: run(store, "INSERT INTO passages_fts (passages_fts) VALUES ('delete-all')"),
            "holds 0 passages, 1 are live",
            "briefing rebuild",
        ),
        (
            health._originals,
            lose_originals,
            "The original files of 1 reports are missing or damaged: herons",
            "Add these reports again to keep their originals; answers do not need them",
        ),
        (
            health._purge,
            lambda store: store.ledger.set(_UNFINISHED, "1"),
            "a purge was interrupted: old bytes may be left in files",
            "briefing purge",
        ),
    ],
    ids=["no vector", "broken vector", "full text", "original", "purge"],
)
def test_damage_is_found_with_its_remedy(
    quick_store: Store,
    check: Callable[[Store], HealthCheck],
    damage: Callable[[Store], None],
    message: str,
    remedy: str,
) -> None:
    put(quick_store, "herons", HERONS)
    assert check(quick_store).ok
    damage(quick_store)
    result = check(quick_store)
    assert (result.ok, result.message, result.remedy) == (False, message, remedy)


def test_rows_that_belong_to_nothing_are_damage_of_the_ledger(quick_store: Store) -> None:
    put(quick_store, "herons", HERONS)
    assert health._ledger(quick_store).message == "1 documents, the file is sound"
    connection = sqlite3.connect(quick_store.ledger.path)  # foreign keys are not watched here
    connection.execute("DELETE FROM documents")
    connection.commit()
    connection.close()
    result = health._ledger(quick_store)
    assert not result.ok and "1 rows belong to nothing" in result.message and "restore" in str(result.remedy)


def test_a_disk_of_less_than_half_a_gigabyte_is_low(
    quick_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for free, ok, message in ((500 * 2**20, True, "0.5 GB free"), (499 * 2**20, False, "only 499 MB free")):
        monkeypatch.setattr("shutil.disk_usage", lambda _, free=free: SimpleNamespace(free=free))
        result = health._disk(quick_store)
        assert (result.ok, result.message) == (ok, message)


def test_a_sound_index_passes_every_check(quick_store: Store) -> None:
    put(quick_store, "herons", HERONS)
    checks = check_health(quick_store)
    assert [check.name for check in checks] == [
        "ledger",
        "embedding model",
        "vectors",
        "full-text index",
        "originals",
        "purge",
        "chroma",
        "disk",
    ]
    assert [check.name for check in checks if not check.ok and check.name != "disk"] == []
    assert not quick_store.dense.owned, "Chroma is let go again"
