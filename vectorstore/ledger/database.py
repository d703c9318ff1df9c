"""One SQLite file that holds everything; Chroma can be made from it again at any time."""

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

LEDGER = "ledger.sqlite3"  # its file
_NO_ROOM = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL)
_LEAST_ROOM = 64 * 2**10  # bytes: the smallest log that SQLite begins
_READ_ONLY_FOR = 2.0  # seconds until it is tried again whether a ledger can be written
BUSY_MS = 30_000  # how long a writer waits for another process's transaction


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class Ledger:
    """Connections to `ledger.sqlite3` in a data folder, one for each thread that asks.

    Raises Unwritable where the folder or file cannot be written, NewerIndex where a later version
    of the program has written it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / LEDGER
        self._local = threading.local()
        self._remembered: dict[str, tuple[int, Any]] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._probe()
            self._prepare()
        except (OSError, sqlite3.Error) as error:
            self.close()
            raise unwritable(folder, error) from error
        except NewerIndex:
            self.close()  # leaves nothing beside a file that a later version has written
            raise

    def _probe(self) -> None:
        """Find out at once where a new folder cannot be written; an index that is there can still be asked."""
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
                self._keep_copy(version)
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

    def _keep_copy(self, version: int) -> None:
        """Copy the ledger as it is before it is brought forward, for whoever must go back to the older program."""
        part = self.folder / "ledger-before.part"
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(part)) as target:
            source.backup(target)
        part.replace(self.folder / f"ledger-before-{version + 1}.sqlite3")

    def drop_copies(self) -> None:
        """Delete the copies that were kept when the ledger was brought forward."""
        for copy in self.folder.glob("ledger-before-*.sqlite3"):
            copy.unlink()

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection. Where the disk is full or the folder read-only it may be one that only reads."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        old = time.monotonic() > getattr(self._local, "good_until", math.inf)
        if connection is not None and old and not connection.in_transaction:
            self.close()  # perhaps it can be written again
            connection = None
        if connection is None:
            connection = self._local.connection = self._opened()
        return connection

    def _opened(self) -> sqlite3.Connection:
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
            # SQLite cannot read in WAL mode where it cannot make its shared memory file. Without a log to be read the
            # file alone is the whole truth, and nobody can write it meanwhile.
            if error.sqlite_errorcode & 0xFF not in _NO_ROOM or not self.path.exists() or self._logged():
                raise
        self._local.good_until = time.monotonic() + _READ_ONLY_FOR
        return self._connect(self.path.resolve().as_uri() + "?immutable=1", uri=True)

    def _logged(self) -> bool:
        """Whether there are changes that are in the log alone."""
        log = self.path.with_name(self.path.name + "-wal")
        return log.exists() and log.stat().st_size > 0

    @staticmethod
    def _connect(place: Path | str, uri: bool = False) -> sqlite3.Connection:
        connection = sqlite3.connect(place, isolation_level=None, timeout=BUSY_MS / 1000, uri=uri)
        connection.row_factory = sqlite3.Row
        return connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything inside becomes visible at once, or not at all. Nests into the outer one."""
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
        """What is read inside is as of one moment, whatever others write meanwhile; nothing may be written."""
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
                connection.execute("COMMIT")  # of nothing; to roll back would undo temporary tables, too

    def remembered(self, name: str, make: Callable[[], T]) -> T:
        """What `make` gives, for all threads, until the revision moves.

        In a transaction that writes it is made each time: nobody knows yet whether its revision will be.
        """
        if self.connection.in_transaction and not getattr(self._local, "reading", False):
            return make()
        # Read before what is made of it: a change in between is then seen by the next call, never missed.
        revision = self.revision
        known = self._remembered.get(name)
        if known is None or known[0] != revision:
            known = self._remembered[name] = (revision, make())
        value: T = known[1]
        return value

    def get(self, key: str) -> str | None:
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row["value"])

    def set(self, key: str, value: str) -> None:
        with self.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @property
    def revision(self) -> int:
        """Grows with every change that a reader can see; what is cached is cached under it."""
        return int(self.get("revision") or 0)

    def bump(self, connection: sqlite3.Connection) -> None:
        connection.execute(
            "INSERT INTO meta VALUES ('revision', '1') "
            "ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
        )

    def close(self) -> None:
        """Close this thread's connection; the others close with their threads."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None


def unwritable(folder: Path, error: Exception) -> IndexUnwritable:
    """What SQLite or the file system said of a data folder, as an error that says what to do."""
    return IndexUnwritable(
        f"The index folder {folder} cannot be used ({_reason(folder, error)}): check that it is a folder you may "
        "write to and that the disk is not full, or choose another with --data-dir or BRIEFING_DATA_DIR. Nothing "
        "that was done before is lost"
    )


def _reason(folder: Path, error: Exception) -> str:
    try:
        if shutil.disk_usage(folder).free < _LEAST_ROOM:
            return "the disk is full"
    except OSError:
        pass  # there is no such folder: the error says so
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_READONLY or getattr(error, "errno", None) == errno.EROFS:
        return "it is read-only"
    return getattr(error, "strerror", None) or str(error)
