"""A thread of a long-lived process that owns Chroma when nobody else does, and keeps it equal to the ledger."""

from __future__ import annotations

import logging
import threading

from vectorstore.store import Store
from vectorstore.upkeep.purge import purge, unfinished_purge

log = logging.getLogger(__name__)

_IDLE = 1.0  # seconds between checks for changes that any process has made to the ledger
_MAX_PAUSE = 60.0  # seconds; the pause doubles up to this while Chroma cannot be opened


class ChromaKeeper:
    """Opens Chroma, brings it up to date, compares and repairs it, while questions and adding go on."""

    def __init__(self, store: Store, name: str) -> None:
        """`name` is shown to other processes as the owner of Chroma."""
        self._store = store
        self._name = name
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._compared = 0  # value of `dense.openings` when Chroma was last compared in full
        self._thread = threading.Thread(target=self._work, name="chroma-keeper", daemon=True)

    def start(self) -> None:
        """Start the thread; once only."""
        self._thread.start()

    def wake(self) -> None:
        """Check at once: the ledger has changed."""
        self._wake.set()

    @property
    def settled(self) -> bool:
        """True if Chroma is open and has been compared in full since it was opened."""
        return self._store.dense.ready and self._compared == self._store.dense.openings

    def stop(self) -> None:
        """End the thread after its current step; waits up to 30 seconds."""
        self._stop.set()
        self._wake.set()
        self._thread.join(timeout=30)

    def _work(self) -> None:
        pause = _IDLE
        while not self._stop.is_set():
            self._wake.clear()
            try:
                pause = _IDLE if self._check() else min(2 * pause, _MAX_PAUSE)
            except Exception:  # no error of Chroma or the disk may end the keeper
                log.exception("Chroma could not be kept up to date")
                pause = min(2 * pause, _MAX_PAUSE)
            self._wake.wait(pause)
        self._store.ledger.close()  # this thread's connection

    def _check(self) -> bool:
        """One round; returns False if Chroma could not be opened."""
        store = self._store
        if store.mismatch is not None or not store.own(self._name):
            return True  # another process owns it and keeps it up to date
        if not store.dense.ready:
            return False
        if unfinished_purge(store.ledger):
            purge(store)
        if not self.settled:
            store.dense.mend()
            self._compared = store.dense.openings
        return True
