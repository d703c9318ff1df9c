"""One file that holds a whole index: a copy of the ledger as of one moment, and the originals that it names.

Chroma's files stay out: they are made anew from the ledger. So do settings, whose file may hold keys.
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

_ABOUT = "briefing-desk.json"  # the backup's description of itself
_ORIGINAL = re.compile(r"originals/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_CHUNK = 2**20  # bytes


@dataclass(frozen=True)
class Backup:
    """What a backup holds."""

    created: str  # UTC, ISO 8601
    documents: int
    originals: int
    missing: int  # originals that the ledger names and nobody has any more
    bytes: int  # of the file


def back_up(ledger: Ledger, file: Path) -> Backup:
    """Write the index as of now into `file`, while others may go on using it.

    The file appears whole or not at all. Raises Unwritable where it cannot be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
            packed = Path(folder) / "backup.zip"
            about = _pack(ledger, packed)
            with packed.open("rb") as opened:
                os.fsync(opened.fileno())
            packed.replace(file)
    except OSError as error:
        raise IndexUnwritable(
            f"The backup {file} cannot be written ({error.strerror or error}): check the path, your rights and "
            "the room on the disk"
        ) from error
    return _described(about, file)


def _pack(ledger: Ledger, packed: Path) -> dict[str, Any]:
    copy = packed.parent / LEDGER
    originals = Originals(ledger.folder)
    with closing(sqlite3.connect(copy)) as target:
        held = _copy(ledger, originals, target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        target.row_factory = sqlite3.Row
        wanted = sorted(needed_originals(target))
        documents = target.execute("SELECT count(*) FROM generations WHERE state = 'live'").fetchone()[0]
    found = 0
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write(copy, LEDGER)
        for digest in wanted:
            if (data := _read(originals, held, digest)) is not None:
                archive.writestr(f"originals/{digest[:2]}/{digest}", data)
                found += 1
        about = {
            "created": now(),
            "documents": documents,
            "originals": found,
            "missing": len(wanted) - found,
            "format": schema.VERSION,
            "ledger": _digest(copy),
        }
        archive.writestr(_ABOUT, json.dumps(about, indent=2))
    return about


def _copy(ledger: Ledger, originals: Originals, target: sqlite3.Connection) -> dict[str, StoredOriginal]:
    """Copy the ledger; returns the uploads that wait in the copy, held, whatever becomes of their jobs meanwhile.

    A version's bytes stay until a purge, an upload's go with its job, which may be done a moment later.
    """
    with closing(sqlite3.connect(ledger.path, isolation_level=None)) as source:
        try:
            with ledger.transaction() as connection:  # nobody writes: no job is done until its upload is held
                source.execute("BEGIN")
                source.execute("SELECT count(*) FROM jobs").fetchone()  # from now on it sees this moment
                held = {digest: originals.hold_again(digest) for digest in queued_originals(connection)}
        except sqlite3.OperationalError:  # nothing can be written, or only after a long wait
            ledger.connection.backup(target)
            return {}
        source.backup(target)
    return {digest: one for digest, one in held.items() if one is not None}


def _read(originals: Originals, held: Mapping[str, StoredOriginal], digest: str) -> bytes | None:
    data = originals.read(digest)
    if data is None and digest in held:
        with suppress(FileNotFoundError):  # a purge takes all
            data = held[digest].path.read_bytes()
    return data


def restore(file: Path, folder: Path) -> Backup:
    """Unpack a backup into `folder`, which must be empty or not be there yet.

    Every file is checked against its hash before the folder is put in place, whole or not at all. Raises
    DamagedBackup, NewerIndex, or Unwritable where the folder holds something or cannot be written.
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
            with _opened(file) as archive:
                about = _unpack(archive, unpacked, file)
            if folder.exists():
                folder.rmdir()
            unpacked.replace(folder)
    except OSError as error:
        raise IndexUnwritable(
            f"{file} cannot be restored to {folder} ({error.strerror or error}): check both paths, your rights and "
            "the room on the disk"
        ) from error
    return _described(about, file)


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, EOFError, KeyError, ValueError, NotImplementedError) as error:
        raise DamagedBackup(f"{file} is no backup of Briefing Desk, or damaged: use another copy") from error


def _unpack(archive: zipfile.ZipFile, folder: Path, file: Path) -> dict[str, Any]:
    about: dict[str, Any] = json.loads(archive.read(_ABOUT))
    if about["format"] > schema.VERSION:
        raise NewerIndex(f"{file} was made by a newer version of Briefing Desk: update the program")
    for name in archive.namelist():
        original = _ORIGINAL.fullmatch(name)
        if name == LEDGER:
            expected = about["ledger"]
        elif original is not None:
            expected = original[2]
        else:
            continue  # a name that no backup has never becomes a path
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
    return about


def _described(about: dict[str, Any], file: Path) -> Backup:
    return Backup(
        about["created"], about["documents"], about["originals"], about["missing"], file.stat().st_size
    )


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
