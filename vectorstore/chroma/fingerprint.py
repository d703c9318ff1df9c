"""A note of how Chroma's files were when they were closed: what differs from it later is damage, or an old copy."""

from __future__ import annotations

import json
import uuid
import zlib
from pathlib import Path
from typing import Literal

from vectorstore.ledger.database import Ledger

_CLOSED = "chroma_closed"  # in the ledger: which closing of Chroma was the last

IndexState = Literal["clean", "unclosed", "changed"]


def index_state(folder: Path, ledger: Ledger) -> IndexState:
    """ "clean": closed at this ledger's last closing, and no byte has changed since. "unclosed": the process that had
    it open never said so. "changed": closed, and changed since, or not the last that was closed."""
    try:
        note = json.loads(_stamp(folder).read_text("utf8"))
        clean = note["closing"] == ledger.get(_CLOSED) and note["files"] == _files(folder)
        return "clean" if clean else "changed"
    except FileNotFoundError:
        return "unclosed"
    except (OSError, ValueError, KeyError, TypeError):
        return "changed"


def write_fingerprint(folder: Path, ledger: Ledger) -> None:
    """Note what the files are as they are closed, and in the ledger that this note is the last one."""
    closing = uuid.uuid4().hex
    _stamp(folder).write_text(json.dumps({"closing": closing, "files": _files(folder)}), "utf8")
    ledger.set(_CLOSED, closing)


def remove_fingerprint(folder: Path) -> None:
    """Before the files are opened: from now on they are not as they were closed."""
    _stamp(folder).unlink(missing_ok=True)


def _stamp(folder: Path) -> Path:
    return folder / "closed.json"


def _files(folder: Path) -> list[list[object]]:
    """Name, size and checksum of each file; a gigabyte takes about a second."""
    return sorted(
        [path.relative_to(folder).as_posix(), path.stat().st_size, _checksum(path)]
        for path in folder.rglob("*")
        if path.is_file() and path != _stamp(folder)
    )


def _checksum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while chunk := file.read(2**20):
            checksum = zlib.crc32(chunk, checksum)
    return checksum
