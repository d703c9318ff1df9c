"""A fingerprint of Chroma's files at closing. Files that differ from it later are damaged, or an old copy."""

from __future__ import annotations

import json
import uuid
import zlib
from pathlib import Path
from typing import Literal

from vectorstore.ledger.database import Ledger

_CLOSED = "chroma_closed"  # ledger setting: the id of the last closing

IndexState = Literal["clean", "unclosed", "changed"]


def index_state(folder: Path, ledger: Ledger) -> IndexState:
    """How far an index folder can be trusted.

    "clean": closed at this ledger's last closing, and no byte has changed since. "unclosed": no fingerprint, as a
    killed process leaves it. "changed": the files differ from their fingerprint, or the fingerprint is not the last
    one or cannot be read.
    """
    try:
        fingerprint = json.loads(_path(folder).read_text("utf8"))
        clean = fingerprint["closing"] == ledger.get(_CLOSED) and fingerprint["files"] == _files(folder)
        return "clean" if clean else "changed"
    except FileNotFoundError:
        return "unclosed"
    except (OSError, ValueError, KeyError, TypeError):
        return "changed"


def write_fingerprint(folder: Path, ledger: Ledger) -> None:
    """Record the closed files, and in the ledger that this closing is the last. Raises OSError, sqlite3.Error."""
    closing = uuid.uuid4().hex
    _path(folder).write_text(json.dumps({"closing": closing, "files": _files(folder)}), "utf8")
    ledger.set(_CLOSED, closing)


def remove_fingerprint(folder: Path) -> None:
    """Remove the fingerprint. To be called before the files are opened, because opening changes them."""
    _path(folder).unlink(missing_ok=True)


def _path(folder: Path) -> Path:
    return folder / "closed.json"


def _files(folder: Path) -> list[list[object]]:
    """Name, size and CRC-32 of each file; takes about a second for a gigabyte."""
    return sorted(
        [path.relative_to(folder).as_posix(), path.stat().st_size, _checksum(path)]
        for path in folder.rglob("*")
        if path.is_file() and path != _path(folder)
    )


def _checksum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while chunk := file.read(2**20):
            checksum = zlib.crc32(chunk, checksum)
    return checksum
