"""Who may open Chroma: one process at a time, and its name for those who wait.

Even a reading embedded Chroma writes to its files, so only the holder of this lock opens it. All
others search exactly over the ledger's vectors.
"""

from __future__ import annotations

import json
import os
import socket
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout


class OwnerLock:
    """The lock of one data folder; the operating system frees it when its holder dies."""

    def __init__(self, folder: Path) -> None:
        self._lock = FileLock(folder / "owner.lock", thread_local=False)
        self._card = folder / "owner.json"

    @property
    def held(self) -> bool:
        """Whether this process, through this object, holds the lock."""
        return self._lock.is_locked

    def acquire(self, name: str, wait: float = 0.0) -> bool:
        """Try for `wait` seconds to become the owner, under a name that others are shown."""
        if self.held:
            return True
        try:
            self._lock.acquire(timeout=wait)
        except Timeout:
            return False
        card = {"name": name, "pid": os.getpid(), "host": socket.gethostname()}
        with suppress(OSError):  # on a full disk the owner goes without a name
            self._card.write_text(json.dumps(card), "utf8")
        return True

    def release(self) -> None:
        if self.held:
            self._card.unlink(missing_ok=True)
            self._lock.release()

    def holder(self) -> str:
        """The present owner in words, as far as it is known."""
        try:
            card = json.loads(self._card.read_text("utf8"))
            return f"{card['name']} (process {card['pid']} on {card['host']})"
        except (OSError, ValueError, KeyError):
            return "another process"
