"""The bytes that reports were read from, kept under their SHA-256 so that people can open them."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
from collections.abc import Collection
from pathlib import Path


def needed(connection: sqlite3.Connection) -> set[str]:
    """SHA-256 of the originals that some version or some unfinished job of a ledger was or will be read from."""
    rows = connection.execute("SELECT original FROM generations")
    waiting = connection.execute("SELECT request FROM jobs WHERE state != 'done'")
    uploads = (json.loads(row["request"]).get("upload") for row in waiting)
    return {row["original"] for row in rows} | {upload for upload in uploads if upload}


class Originals:
    """A folder of files named by the hash of their content; names from uploads never become paths."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "originals"

    def keep(self, data: bytes) -> str:
        """Store bytes, once, and return their SHA-256."""
        digest = hashlib.sha256(data).hexdigest()
        path = self._path(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(f".{os.getpid()}.part")
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        return digest

    def read(self, digest: str) -> bytes | None:
        try:
            return self._path(digest).read_bytes()
        except FileNotFoundError:
            return None

    def drop_all_but(self, wanted: Collection[str]) -> int:
        """Delete what no version needs any more; returns how many files went."""
        gone = 0
        for path in self._folder.glob("*/*"):
            if path.name not in wanted:
                path.unlink(missing_ok=True)
                gone += 1
        return gone

    def _path(self, digest: str) -> Path:
        if not re.fullmatch(r"[0-9a-f]{64}", digest):
            raise ValueError(f"not a SHA-256: {digest!r}")
        return self._folder / digest[:2] / digest
