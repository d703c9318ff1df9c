"""The lock that lets one process at a time open Chroma, and tells the others who it is.

An embedded Chroma writes to its files even when it only reads, so only the lock's holder opens it. All other
processes search the ledger's vectors exactly.
"""

from __future__ import annotations

import json
import os
import socket
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout


class OwnerLock:
    """The lock of one data folder. The operating system frees it if its holder dies."""

    def __init__(self, folder: Path) -> None:
        self._lock = FileLock(folder / "owner.lock", thread_local=False)
        self._owner_file = folder / "owner.json"  # {"name", "pid", "host"} of the holder

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._lock.is_locked

    def acquire(self, name: str, wait: float = 0.0) -> bool:
        """Try for `wait` seconds to get the lock; True if this object holds it. Others are shown `name`."""
        if self.held:
            return True
        try:
            self._lock.acquire(timeout=wait)
        except Timeout:
            return False
        owner = {"name": name, "pid": os.getpid(), "host": socket.gethostname()}
        with suppress(OSError):  # on a full disk: the lock counts, not the name
            self._owner_file.write_text(json.dumps(owner), "utf8")
        return True

    def release(self) -> None:
        """Let another process get the lock; does nothing if this object does not hold it."""
        if self.held:
            self._owner_file.unlink(missing_ok=True)
            self._lock.release()

    def holder(self) -> str:
        """The holder in words, e.g. "the app (process 7 on mars)"; "another process" if it left no name."""
        try:
            owner = json.loads(self._owner_file.read_text("utf8"))
            return f"{owner['name']} (process {owner['pid']} on {owner['host']})"
        except (OSError, ValueError, KeyError):
            return "another process"
