"""One SQLite file that holds everything: connections, transactions, and a cache that follows its revision.

Chroma can be rebuilt from this file at any time.
"""

from __future__ import annotations

import errno
import math
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from vectorstore.errors import IndexUnwritable, NewerIndex
from vectorstore.ledger import schema

T = TypeVar("T")

LEDGER = "ledger.sqlite3"  # file name in the data folder
# What SQLite reports when it can read the file but not write beside it: a full disk, a read-only folder.
_CANNOT_WRITE = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL)
_MIN_FREE = 64 * 2**10  # bytes: with less free, SQLite cannot start a log
_READ_ONLY_FOR = 2.0  # seconds that a read-only connection is used before writing is tried again
BUSY_MS = 30_000  # milliseconds that a writer waits for another process's transaction


def now() -> str:
    """The present time in UTC, ISO 8601 to the second, e.g. "2024-03-01T12:00:00Z"."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class Ledger:
    """Connections to `ledger.sqlite3` in a data folder, one for each thread that asks.

    Raises IndexUnwritable if the folder or file cannot be used, NewerIndex if a later version of the program wrote it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / LEDGER
        self._local = threading.local()
        self._cache: dict[str, tuple[int, Any]] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._probe()
            self._prepare()
        except (OSError, sqlite3.Error) as error:
            self.close()
            raise unwritable(folder, error) from error
        except NewerIndex:
            self.close()  # so that no log or shared memory file stays beside the newer program's file
            raise

    def _probe(self) -> None:
        """Fail at once if a new index cannot be written. An index that exists may be read-only: it can be asked."""
        probe = self.folder / ".writable"
        try:
            probe.write_bytes(b"")
            probe.unlink()
        except OSError:
            if not self.path.exists():
                raise

    def _prepare(self) -> None:
        if self._version(self.connection) == schema.VERSION:
            return
        with self.transaction() as connection:
            version = self._version(connection)
            if version == 0:
                schema.create(connection)
            elif version < schema.VERSION:
                self._save_copy(version)
                schema.migrate(connection, version)

    def _version(self, connection: sqlite3.Connection) -> int:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version > schema.VERSION:
            raise NewerIndex(
                f"{self.path} was written by a newer version of Briefing Desk (format {version}, "
                f"this one reads up to {schema.VERSION}): update the program, or use another "
                "--data-dir"
            )
        return version

    def _save_copy(self, version: int) -> None:
        """Copy the ledger before it is migrated, for users who must go back to the older program."""
        part = self.folder / "ledger-before.part"
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(part)) as target:
            source.backup(target)
        part.replace(self.folder / f"ledger-before-{version + 1}.sqlite3")

    def drop_copies(self) -> None:
        """Delete the copies that were saved before migrations."""
        for copy in self.folder.glob("ledger-before-*.sqlite3"):
            copy.unlink()

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection. It may be read-only while the disk is full or the folder is not writable."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        expired = time.monotonic() > getattr(self._local, "good_until", math.inf)
        if connection is not None and expired and not connection.in_transaction:
            self.close()  # the next one may be able to write again
            connection = None
        if connection is None:
            connection = self._local.connection = self._open()
        return connection

    def _open(self) -> sqlite3.Connection:
        self._local.good_until = math.inf
        connection = self._connect(self.path)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")  # what is reported done survives a power cut
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            return connection
        except sqlite3.OperationalError as error:
            connection.close()
            # In WAL mode SQLite cannot even read if it cannot create its shared memory file. With an empty log the
            # main file holds everything, and nobody can change it meanwhile: it is safe to open as immutable.
            if (
                error.sqlite_errorcode & 0xFF not in _CANNOT_WRITE
                or not self.path.exists()
                or self._has_log()
            ):
                raise
        self._local.good_until = time.monotonic() + _READ_ONLY_FOR
        return self._connect(self.path.resolve().as_uri() + "?immutable=1", uri=True)

    def _has_log(self) -> bool:
        """True if some changes are only in the log, not yet in the main file."""
        log = self.path.with_name(self.path.name + "-wal")
        return log.exists() and log.stat().st_size > 0

    @staticmethod
    def _connect(path: Path | str, uri: bool = False) -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_MS / 1000, uri=uri)
        connection.row_factory = sqlite3.Row
        return connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write transaction: all or nothing. Inside another transaction it becomes part of that one."""
        connection = self.connection
        if connection.in_transaction:
            yield connection
            return
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        try:
            connection.execute("COMMIT")
        except sqlite3.Error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """A read transaction: everything read inside is as of one moment. Nothing may be written inside."""
        connection = self.connection
        if connection.in_transaction:
            yield connection
            return
        connection.execute("BEGIN")
        self._local.reading = True
        try:
            yield connection
        finally:
            self._local.reading = False
            if connection.in_transaction:  # else an error has ended it
                connection.execute("COMMIT")  # not ROLLBACK, which would undo temporary tables

    def cached(self, name: str, make: Callable[[], T]) -> T:
        """The value of `make()`, cached under `name` for all threads until the revision changes.

        Inside a write transaction `make` runs every time, because that transaction may still be rolled back.
        """
        if self.connection.in_transaction and not getattr(self._local, "reading", False):
            return make()
        # Read the revision first: a change made during `make` then invalidates the entry at the next call.
        revision = self.revision
        entry = self._cache.get(name)
        if entry is None or entry[0] != revision:
            entry = self._cache[name] = (revision, make())
        value: T = entry[1]
        return value

    def get(self, key: str) -> str | None:
        """The value that `set` stored under a key, or None."""
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row["value"])

    def set(self, key: str, value: str) -> None:
        """Store a value under a key, in a transaction."""
        with self.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @property
    def revision(self) -> int:
        """Counts the changes that readers can see; caches are valid for one revision."""
        return int(self.get("revision") or 0)

    def bump(self, connection: sqlite3.Connection) -> None:
        """Raise the revision by one; called in the transaction of every change that readers can see."""
        connection.execute(
            "INSERT INTO meta VALUES ('revision', '1') "
            "ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
        )

    def close(self) -> None:
        """Close this thread's connection. Other threads close their own."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None


def unwritable(folder: Path, error: Exception) -> IndexUnwritable:
    """Turn an error of SQLite or the file system into one that says what the user can do about it."""
    return IndexUnwritable(
        f"The index folder {folder} cannot be used ({_reason(folder, error)}): check that it is a folder you may "
        "write to and that the disk is not full, or choose another with --data-dir or BRIEFING_DATA_DIR. Nothing "
        "that was done before is lost"
    )


def _reason(folder: Path, error: Exception) -> str:
    """Why the folder cannot be used, in words: `_reason(folder, OSError(errno.EROFS, "…"))` is "it is read-only"."""
    try:
        if shutil.disk_usage(folder).free < _MIN_FREE:
            return "the disk is full"
    except OSError:
        pass  # there is no such folder: the error says so
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_READONLY or getattr(error, "errno", None) == errno.EROFS:
        return "it is read-only"
    return getattr(error, "strerror", None) or str(error)
