"""Backup of an index into one zip file: a copy of the ledger as of one moment, and the originals that it refers to.

Chroma's files are left out, since they can be rebuilt from the ledger, and so are settings, which may hold keys.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vectorstore.errors import DamagedBackup, IndexUnwritable, NewerIndex
from vectorstore.ledger import schema
from vectorstore.ledger.database import LEDGER, Ledger, now
from vectorstore.ledger.originals import Originals, StoredOriginal, needed_originals, queued_originals

_MANIFEST = "briefing-desk.json"  # describes the backup: see `_pack`
_ORIGINAL = re.compile(r"originals/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_CHUNK = 2**20  # bytes


@dataclass(frozen=True)
class Backup:
    """What a backup file holds."""

    created: str  # UTC, ISO 8601
    documents: int  # live ones
    originals: int  # files of reports in it
    missing: int  # originals that the ledger refers to and that are lost
    bytes: int  # size of the backup file


def back_up(ledger: Ledger, file: Path) -> Backup:
    """Write the index as of now into `file`, while others may go on using it.

    The file appears whole or not at all. Raises IndexUnwritable if it cannot be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
            packed = Path(folder) / "backup.zip"
            manifest = _pack(ledger, packed)
            with packed.open("rb") as opened:
                os.fsync(opened.fileno())
            packed.replace(file)
    except OSError as error:
        raise IndexUnwritable(
            f"The backup {file} cannot be written ({error.strerror or error}): check the path, your rights and "
            "the room on the disk"
        ) from error
    return _as_backup(manifest, file)


def _pack(ledger: Ledger, packed: Path) -> dict[str, Any]:
    """Write the zip file `packed`; returns its manifest."""
    copy = packed.parent / LEDGER
    originals = Originals(ledger.folder)
    with closing(sqlite3.connect(copy)) as target:
        queued = _copy(ledger, originals, target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        target.row_factory = sqlite3.Row
        needed = sorted(needed_originals(target))
        documents = target.execute("SELECT count(*) FROM generations WHERE state = 'live'").fetchone()[0]
    packed_originals = 0
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write(copy, LEDGER)
        for digest in needed:
            if (data := _read(originals, queued, digest)) is not None:
                archive.writestr(f"originals/{digest[:2]}/{digest}", data)
                packed_originals += 1
        manifest = {
            "created": now(),
            "documents": documents,
            "originals": packed_originals,
            "missing": len(needed) - packed_originals,
            "format": schema.VERSION,
            "ledger": _digest(copy),
        }
        archive.writestr(_MANIFEST, json.dumps(manifest, indent=2))
    return manifest


def _copy(ledger: Ledger, originals: Originals, target: sqlite3.Connection) -> dict[str, StoredOriginal]:
    """Copy the ledger into `target`; returns the uploads of unfinished jobs, held as files of their own.

    The original of a version stays until purge, but an upload is deleted with its job, which may finish while the
    backup is being written.
    """
    with closing(sqlite3.connect(ledger.path, isolation_level=None)) as source:
        try:
            with (
                ledger.transaction() as connection
            ):  # keeps writers out: no job ends before its upload is held
                source.execute("BEGIN")
                source.execute("SELECT count(*) FROM jobs").fetchone()  # fixes the moment that `source` sees
                queued = {digest: originals.hold_again(digest) for digest in queued_originals(connection)}
        except sqlite3.OperationalError:  # the ledger is read-only, or another process writes for too long
            ledger.connection.backup(target)
            return {}
        source.backup(target)
    return {digest: original for digest, original in queued.items() if original is not None}


def _read(originals: Originals, queued: Mapping[str, StoredOriginal], digest: str) -> bytes | None:
    data = originals.read(digest)
    if data is None and digest in queued:
        with suppress(FileNotFoundError):  # a purge deletes held files, too
            data = queued[digest].path.read_bytes()
    return data


def restore(file: Path, folder: Path) -> Backup:
    """Unpack a backup into `folder`, which must be empty or must not exist.

    Every file is checked against its hash first; the folder appears whole or not at all. Raises DamagedBackup,
    NewerIndex, or IndexUnwritable if the folder is not empty or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise IndexUnwritable(
            f"{folder} is not empty: restore into a new folder, with --data-dir or BRIEFING_DATA_DIR"
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".restore-") as temporary:
            unpacked = Path(temporary) / "index"
            unpacked.mkdir()
            with _open(file) as archive:
                manifest = _unpack(archive, unpacked, file)
            if folder.exists():
                folder.rmdir()
            unpacked.replace(folder)
    except OSError as error:
        raise IndexUnwritable(
            f"{file} cannot be restored to {folder} ({error.strerror or error}): check both paths, your rights and "
            "the room on the disk"
        ) from error
    return _as_backup(manifest, file)


@contextmanager
def _open(file: Path) -> Iterator[zipfile.ZipFile]:
    """Open a backup; what goes wrong inside becomes DamagedBackup."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, EOFError, KeyError, ValueError, NotImplementedError) as error:
        raise DamagedBackup(f"{file} is no backup of Briefing Desk, or damaged: use another copy") from error


def _unpack(archive: zipfile.ZipFile, folder: Path, file: Path) -> dict[str, Any]:
    """Unpack and check every file of a backup; returns its manifest.

    Raises NewerIndex, or ValueError, KeyError or BadZipFile for a damaged file.
    """
    manifest: dict[str, Any] = json.loads(archive.read(_MANIFEST))
    if manifest["format"] > schema.VERSION:
        raise NewerIndex(f"{file} was made by a newer version of Briefing Desk: update the program")
    for name in archive.namelist():
        original = _ORIGINAL.fullmatch(name)
        if name == LEDGER:
            expected = manifest["ledger"]
        elif original is not None:
            expected = original[2]
        else:
            continue  # no other name of the archive becomes a path
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as source, target.open("wb") as out:
            shutil.copyfileobj(source, out, _CHUNK)
            out.flush()
            os.fsync(out.fileno())
        if _digest(target) != expected:
            raise ValueError(f"{name} is not what it was")
    if not (folder / LEDGER).exists():
        raise ValueError("there is no ledger in it")
    return manifest


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _as_backup(manifest: dict[str, Any], file: Path) -> Backup:
    return Backup(
        manifest["created"],
        manifest["documents"],
        manifest["originals"],
        manifest["missing"],
        file.stat().st_size,
    )
