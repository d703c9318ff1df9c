"""The original files of reports, stored under their SHA-256 so that people can open them."""

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

_STALE = 24 * 3600  # seconds; a file of `incoming` older than this belongs to a process that was killed


def needed_originals(connection: sqlite3.Connection) -> set[str]:
    """SHA-256 of every original that a version (live or dead) or an unfinished job refers to."""
    rows = connection.execute("SELECT original FROM generations")
    return {row["original"] for row in rows} | queued_originals(connection)


def queued_originals(connection: sqlite3.Connection) -> set[str]:
    """SHA-256 of the uploads that jobs not done yet (failed ones included) refer to."""
    unfinished = connection.execute("SELECT request FROM jobs WHERE state != 'done'")
    uploads = (json.loads(row["request"]).get("upload") for row in unfinished)
    return {upload for upload in uploads if upload}


@dataclass(frozen=True, eq=False)
class StoredOriginal:
    """Bytes in a temporary file, which is deleted with this object unless `Originals.settled` has renamed it."""

    digest: str  # SHA-256, hex
    path: Path  # the temporary file


class Originals:
    """A folder of files named by the hash of their content; names of uploads never become paths.

    New bytes wait in a temporary file of their own. They get their final name inside the ledger transaction that
    refers to them (`settled`), and lose it inside another (`release`). The ledger runs one write transaction at a
    time, so an addition that fails leaves no file behind, and never deletes one that another thread or process is
    adding at the same moment.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "originals"
        self._incoming = self._folder / "incoming"
        self._swept = False

    def store(self, data: bytes) -> StoredOriginal:
        """Write bytes to a temporary file, which lives as long as the object returned. Raises OSError."""
        self._incoming.mkdir(parents=True, exist_ok=True)
        if not self._swept:
            self._swept = True
            self._sweep()
        original = self._temporary(hashlib.sha256(data).hexdigest())
        with original.path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return original

    def hold_again(self, digest: str) -> StoredOriginal | None:
        """A second, temporary name for a stored file, so that it can be read even after it is released.

        None if the file is not there or cannot be linked or copied.
        """
        original = self._temporary(digest)
        try:
            self._incoming.mkdir(parents=True, exist_ok=True)
            try:
                os.link(self._path(digest), original.path)
                os.utime(original.path)  # `_sweep` deletes by age
            except FileNotFoundError:
                return None
            except OSError:  # a file system without links
                shutil.copyfile(self._path(digest), original.path)
        except OSError:
            return None
        return original

    def _temporary(self, digest: str) -> StoredOriginal:
        """A name for a new temporary file; whatever is written to it goes with the object."""
        original = StoredOriginal(digest, self._incoming / f"{uuid.uuid4().hex}.part")
        weakref.finalize(original, _unlink, original.path)
        return original

    def _sweep(self) -> None:
        """Delete the temporary files that killed processes have left behind."""
        for path in self._incoming.iterdir():
            with suppress(OSError):
                if path.stat().st_mtime < time.time() - _STALE:
                    path.unlink()

    @contextmanager
    def settled(self, ledger: Ledger, *originals: StoredOriginal) -> Iterator[sqlite3.Connection]:
        """A ledger transaction that writes references to `originals`; at its end they get their final names.

        Raises IndexUnwritable if a purge has deleted the bytes meanwhile. Whatever is raised, nothing is left behind.
        """
        try:
            with ledger.transaction() as connection:
                yield connection
                for original in originals:
                    self._settle(original)
        except BaseException:
            self.release(ledger, [original.digest for original in originals])  # renamed, but not committed
            raise

    def _settle(self, original: StoredOriginal) -> None:
        path = self._path(original.digest)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            original.path.replace(path)
        except FileNotFoundError as error:
            raise IndexUnwritable(
                "The bytes of a report were taken away by a purge while it was being added: add the report again"
            ) from error

    def release(self, ledger: Ledger, digests: Collection[str]) -> None:
        """Delete those originals that nothing in the ledger refers to. What cannot be deleted is left to purge.

        Never call this inside a transaction: if that were rolled back, the ledger would refer to a deleted file.
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
        """Store bytes again if the ledger refers to them and their file is lost or damaged."""
        digest = hashlib.sha256(data).hexdigest()
        if self.is_sound(digest) or not _is_needed(ledger.connection, digest):
            return
        original = self.store(data)
        with ledger.transaction() as connection:
            if _is_needed(connection, original.digest):
                self._path(digest).unlink(missing_ok=True)  # damaged
                self._settle(original)

    def has(self, digest: str) -> bool:
        """True if there is a file for this SHA-256; its content is not checked."""
        return self._path(digest).is_file()

    def is_sound(self, digest: str) -> bool:
        """True if the stored file still has this SHA-256; reads the whole file."""
        try:
            with self._path(digest).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == digest
        except OSError:
            return False

    def read(self, digest: str) -> bytes | None:
        """The bytes stored under a SHA-256, or None. Raises OSError if they are there and cannot be read."""
        try:
            return self._path(digest).read_bytes()
        except FileNotFoundError:
            return None

    def drop_all_but(self, needed: Collection[str]) -> int:
        """Delete every file but those of the `needed` SHA-256s, temporary files included; returns how many."""
        deleted = 0
        for path in self._folder.glob("*/*"):
            if path.name not in needed:
                path.unlink(missing_ok=True)
                deleted += 1
        return deleted

    def _path(self, digest: str) -> Path:
        if not re.fullmatch(r"[0-9a-f]{64}", digest):
            raise ValueError(f"not a SHA-256: {digest!r}")
        return self._folder / digest[:2] / digest


def _is_needed(connection: sqlite3.Connection, digest: str) -> bool:
    """True if `digest` is in `needed_originals`. Asks for versions first, which have an index."""
    return (
        connection.execute("SELECT 1 FROM generations WHERE original = ?", (digest,)).fetchone() is not None
        or connection.execute(
            "SELECT 1 FROM jobs WHERE state != 'done' AND instr(request, ?)", (digest,)
        ).fetchone()
        is not None
    )


def _unlink(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
