"""A ledger has the tables of its version, whether it was made new or brought forward."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from putting import put, set_back

from vectorstore import Store
from vectorstore.ledger import schema


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


def test_a_script_is_cut_into_statements_and_loses_none() -> None:
    script = """
    CREATE TABLE a (x TEXT);  -- a comment; with a semicolon
    CREATE TRIGGER t AFTER INSERT ON a BEGIN
        DELETE FROM a WHERE x = ';';
        DELETE FROM a WHERE x IS NULL;
    END;
    CREATE INDEX i ON a (x);
    """
    statements = schema._statements(script)
    assert [statement.split()[1] for statement in statements] == ["TABLE", "TRIGGER", "INDEX"]


def test_every_older_version_has_a_migration() -> None:
    assert sorted(schema.MIGRATIONS) == list(range(1, schema.VERSION))


def test_tables_are_made_within_the_transaction_of_the_caller() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("BEGIN")
        schema.create(connection)
        connection.execute("ROLLBACK")
        assert connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)
        assert connection.execute("PRAGMA user_version").fetchone() == (0,)
