"""The bytes that reports were read from, kept under their SHA-256 so that people can open them."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import shutil
import sqlite3
import time
import uuid
import weakref
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from vectorstore.errors import IndexUnwritable
from vectorstore.ledger.database import Ledger

log = logging.getLogger(__name__)

_STALE = 24 * 3600  # seconds after which nobody is still reading what is on its way in


def needed_originals(connection: sqlite3.Connection) -> set[str]:
    """SHA-256 of the originals that some version or some unfinished job of a ledger was or will be read from."""
    rows = connection.execute("SELECT original FROM generations")
    return {row["original"] for row in rows} | queued_originals(connection)


def queued_originals(connection: sqlite3.Connection) -> set[str]:
    """SHA-256 of the uploads that some unfinished job of a ledger will be read from."""
    waiting = connection.execute("SELECT request FROM jobs WHERE state != 'done'")
    uploads = (json.loads(row["request"]).get("upload") for row in waiting)
    return {upload for upload in uploads if upload}


def _is_needed(connection: sqlite3.Connection, digest: str) -> bool:
    """As `needed_originals`, for one: by an index where a version names it, as nearly always."""
    return (
        connection.execute("SELECT 1 FROM generations WHERE original = ?", (digest,)).fetchone() is not None
        or connection.execute(
            "SELECT 1 FROM jobs WHERE state != 'done' AND instr(request, ?)", (digest,)
        ).fetchone()
        is not None
    )


@dataclass(frozen=True, eq=False)
class StoredOriginal:
    """Bytes on their way in. Their file goes with this object, unless it has been settled by then."""

    digest: str  # SHA-256
    path: Path


class Originals:
    """A folder of files named by the hash of their content; names from uploads never become paths.

    Bytes get their name only in the transaction of the ledger that makes something need them; until then they
    are held in a file that nobody else knows of. So adding that fails, at whatever point, leaves nothing
    behind, and takes nothing from another thread or process that adds the same bytes at that moment: a name is
    given (`settled`) and taken away (`release`) in transactions, of which the ledger has one at a time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "originals"
        self._incoming = self._folder / "incoming"
        self._swept = False

    def store(self, data: bytes) -> StoredOriginal:
        """Store bytes for as long as the object returned is kept, or until they are settled."""
        self._incoming.mkdir(parents=True, exist_ok=True)
        if not self._swept:
            self._swept = True
            self._sweep()
        held = StoredOriginal(hashlib.sha256(data).hexdigest(), self._incoming / f"{uuid.uuid4().hex}.part")
        weakref.finalize(held, _unlink, held.path)
        with held.path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return held

    def hold_again(self, digest: str) -> StoredOriginal | None:
        """Hold what is kept, so that it can be read although it is released meanwhile; None where it cannot be."""
        held = StoredOriginal(digest, self._incoming / f"{uuid.uuid4().hex}.part")
        weakref.finalize(held, _unlink, held.path)
        try:
            self._incoming.mkdir(parents=True, exist_ok=True)
            try:
                os.link(self._path(digest), held.path)
                os.utime(held.path)  # the sweep goes by it
            except FileNotFoundError:
                return None
            except OSError:  # a file system without links
                shutil.copyfile(self._path(digest), held.path)
        except OSError:
            return None
        return held

    @contextmanager
    def settled(self, ledger: Ledger, *held: StoredOriginal) -> Iterator[sqlite3.Connection]:
        """A transaction of the ledger, at whose end held bytes are kept for what was written in it."""
        try:
            with ledger.transaction() as connection:
                yield connection
                for one in held:
                    self._settle(one)
        except BaseException:
            self.release(ledger, [one.digest for one in held])  # named, and then not committed
            raise

    def _settle(self, held: StoredOriginal) -> None:
        path = self._path(held.digest)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            held.path.replace(path)
        except FileNotFoundError as error:
            raise IndexUnwritable(
                "The bytes of a report were taken away by a purge while it was being added: add the report again"
            ) from error

    def release(self, ledger: Ledger, digests: Collection[str]) -> None:
        """Delete those that nothing in the ledger needs (any more). What cannot be deleted is left to purge.

        Not to be called within a transaction: if that were rolled back, the ledger would name what is gone.
        """
        try:
            for digest in digests:
                path = self._path(digest)
                if path.exists():
                    with ledger.transaction() as connection:
                        if not _is_needed(connection, digest):
                            path.unlink(missing_ok=True)
        except (OSError, sqlite3.Error) as error:
            log.warning("Originals that nothing needs stay until purge (%s)", error)

    def restore(self, ledger: Ledger, data: bytes) -> None:
        """Keep bytes again that the ledger needs and whose file was lost; most often it is there."""
        digest = hashlib.sha256(data).hexdigest()
        if self.is_sound(digest) or not _is_needed(ledger.connection, digest):
            return
        held = self.store(data)
        with ledger.transaction() as connection:
            if _is_needed(connection, held.digest):
                self._path(digest).unlink(missing_ok=True)  # damaged
                self._settle(held)

    def has(self, digest: str) -> bool:
        return self._path(digest).is_file()

    def is_sound(self, digest: str) -> bool:
        """Whether the bytes are kept as they came: what is read, is hashed."""
        try:
            with self._path(digest).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == digest
        except OSError:
            return False

    def read(self, digest: str) -> bytes | None:
        try:
            return self._path(digest).read_bytes()
        except FileNotFoundError:
            return None

    def drop_all_but(self, wanted: Collection[str]) -> int:
        """Delete what no version needs any more, and all that is on its way in; returns how many files went."""
        gone = 0
        for path in self._folder.glob("*/*"):
            if path.name not in wanted:
                path.unlink(missing_ok=True)
                gone += 1
        return gone

    def _sweep(self) -> None:
        """Delete what killed processes have left behind."""
        for path in self._incoming.iterdir():
            with suppress(OSError):
                if path.stat().st_mtime < time.time() - _STALE:
                    path.unlink()

    def _path(self, digest: str) -> Path:
        if not re.fullmatch(r"[0-9a-f]{64}", digest):
            raise ValueError(f"not a SHA-256: {digest!r}")
        return self._folder / digest[:2] / digest


def _unlink(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
