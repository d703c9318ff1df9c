"""Chroma kept up by a process that stays: owned as soon as nobody else owns it, up to date, compared and mended."""

from __future__ import annotations

import logging
import threading

from vectorstore.store import Store
from vectorstore.upkeep.purge import purge, unfinished_purge

log = logging.getLogger(__name__)

_IDLE = 1.0  # seconds between looks at what any process has put into the ledger
_LONGEST_PAUSE = 60.0  # seconds between two tries where Chroma cannot be opened


class ChromaKeeper:
    """A thread that does for Chroma what needs no hands, while questions and adding go on."""

    def __init__(self, store: Store, name: str) -> None:
        """`name` is what other processes are shown of the owner."""
        self._store = store
        self._name = name
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._compared = 0  # the opening of Chroma after which it was compared in full
        self._thread = threading.Thread(target=self._work, name="chroma-keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """There is something to bring in or out."""
        self._wake.set()

    @property
    def settled(self) -> bool:
        """Whether Chroma is open, and was compared in full since."""
        return self._store.dense.ready and self._compared == self._store.dense.openings

    def stop(self) -> None:
        """End the thread, after the step at hand."""
        self._stop.set()
        self._wake.set()
        self._thread.join(timeout=30)

    def _work(self) -> None:
        pause = _IDLE
        while not self._stop.is_set():
            self._wake.clear()
            try:
                pause = _IDLE if self._keep() else min(2 * pause, _LONGEST_PAUSE)
            except Exception:  # the keeper outlives everything that Chroma or the disk can do to it
                log.exception("Chroma could not be kept up to date")
                pause = min(2 * pause, _LONGEST_PAUSE)
            self._wake.wait(pause)
        self._store.ledger.close()  # this thread's connection

    def _keep(self) -> bool:
        """One round; says whether all is as it should be."""
        store = self._store
        if store.mismatch is not None or not store.own(self._name):
            return True  # another process owns it, and keeps it up
        if not store.dense.ready:
            return False
        if unfinished_purge(store.ledger):
            purge(store)
        if not self.settled:
            store.dense.mend()
            self._compared = store.dense.openings
        return True
