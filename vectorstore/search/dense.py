"""Dense search: Chroma for its one owner, exact search over the ledger for everyone else.

The ledger leads and Chroma follows. A generation goes live in the ledger alone; `sync`, run by
whoever owns Chroma, then brings its vectors in and takes dead ones out. Until it has, those
generations are searched exactly, and everything is while Chroma is away, broken or being made anew.
A crash anywhere leaves marks (`indexed`) from which `sync` goes on.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
import threading
import uuid
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vectorstore.chroma import drift as comparison
from vectorstore.chroma import fingerprint
from vectorstore.chroma.drift import IndexDrift
from vectorstore.chroma.owner_lock import OwnerLock
from vectorstore.chroma.process import ChromaBusy, ChromaProcess, ChromaUnavailable
from vectorstore.ledger.database import Ledger
from vectorstore.search.exact import ExactIndex
from vectorstore.search.fusion import Hit

if TYPE_CHECKING:
    from vectorstore.embedding.types import ModelIdentity, Vectors

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]  # done, in all

ABSENT, WRITING, PRESENT = 0, 1, 2  # generations.indexed
_GROUP = (
    500  # passages written to Chroma together, and then marked: documents are small, commits are not free
)
_PATIENCE = 0.05  # seconds a question waits for Chroma while it is at work for another
_SMALL = 1_000  # rows of drift that are mended one by one; beyond, and beyond a tenth of all, it is made anew


class DenseIndex:
    """Nearest passages by vector, for one data folder and one embedding model at a time."""

    def __init__(self, ledger: Ledger, url: str | None = None) -> None:
        self._ledger = ledger
        self._url = url
        self._exact = ExactIndex(ledger)
        self._chroma: ChromaProcess | None = None
        self._identity: ModelIdentity | None = None
        self._work = threading.RLock()  # one thread at a time writes to Chroma
        self._closing = threading.Event()
        self.openings = 0  # of Chroma by this process
        self.lock = OwnerLock(ledger.folder)

    @property
    def owned(self) -> bool:
        """Whether this process is the owner of Chroma, open or not."""
        return self.lock.held

    @property
    def ready(self) -> bool:
        """Whether Chroma is open, and answers."""
        return self._chroma is not None

    def own(self, identity: ModelIdentity, name: str, wait: float = 0.0) -> bool:
        """Become the owner of Chroma and open it; False where another process is.

        An index whose files are not as they were closed is made anew from the ledger, and so is one in which
        passages known to be there do not find themselves: a killed write can leave one that never opens again, a
        damaged file one that loses results silently. Raises ChromaUnavailable where Chroma cannot be opened even
        so; this process then is its owner all the same, and may try again.
        """
        with self._work:
            if not self.lock.acquire(name, wait):
                return False
            if self._chroma is None or self._identity != identity:
                self._drop()
                self._identity = identity
                self._chroma = self._opened(identity)
            return True

    def _opened(self, identity: ModelIdentity) -> ChromaProcess:
        if self._url:
            chroma = self._start(self._url)
            if not self._trusted(chroma):
                chroma.clear()
                self._forget()
            return chroma
        folder = self._folder()
        if not folder.exists():
            self._forget()
            return self._start(folder)
        state = fingerprint.index_state(folder, self._ledger)
        if state != "changed":
            fingerprint.remove_fingerprint(folder)
            try:
                chroma = self._start(folder)
                if self._trusted(chroma):
                    return chroma
                chroma.kill()
            except ChromaUnavailable as error:
                log.info("Chroma's files cannot be used: %s", error)
        folder = self._start_anew()
        log.warning("Chroma's files are damaged: the vector index is made anew from the ledger")
        return self._start(folder)

    def _trusted(self, chroma: ChromaProcess) -> bool:
        return comparison.probe(self._ledger, chroma, self._model)

    def _start(self, place: Path | str) -> ChromaProcess:
        assert self._identity is not None
        self.openings += 1
        return ChromaProcess(place, self._collection(), self._identity.dimension)

    def _collection(self) -> str:
        """Chroma's name for this index: on a server, which may serve several, with an id of its own."""
        assert self._identity is not None
        plain = "".join(
            c if c.isascii() and c.isalnum() else "-" for c in self._identity.name.rsplit("/", 1)[-1]
        )
        name = f"passages-{plain.strip('-')[:40]}-{self._identity.revision}"
        return f"{index_id(self._ledger)}-{name}" if self._url else name

    @property
    def _model(self) -> str:
        assert self._identity is not None
        return self._identity.key

    def _folder(self) -> Path:
        return self._ledger.folder / "chroma" / (self._ledger.get("chroma_folder") or "1")

    def _start_anew(self) -> Path:
        """Point the ledger at a new, empty folder; leftovers of older ones are taken away."""
        self._forget()
        old = self._folder()
        self._ledger.set("chroma_folder", str(int(old.name) + 1))
        shutil.rmtree(old.parent, ignore_errors=True)
        return self._folder()

    def _forget(self) -> None:
        with self._ledger.transaction() as connection:
            connection.execute("UPDATE generations SET indexed = 0 WHERE indexed != 0")

    def _drop(self) -> None:
        """Let go of Chroma without closing it: something is wrong with it."""
        chroma, self._chroma = self._chroma, None
        if chroma is not None:
            chroma.kill()

    # -- what the owner does

    def sync(self, progress: Progress | None = None) -> int:
        """Bring Chroma to what the ledger says; returns how many generations were brought in or out.

        Does nothing in a process that does not own Chroma: the owner will. `progress` is called with
        passages done and passages in all. Raises ChromaUnavailable where Chroma fails; what was not brought in is
        searched exactly until it is.
        """
        with self._work:
            if self._chroma is None:
                return 0
            try:
                # In this order: a question in between finds the new version, the old one, or both, and keeps the live.
                return self._bring_in(self._chroma, progress) + self._take_out(self._chroma)
            except ChromaUnavailable:
                self._drop()
                raise

    def _take_out(self, chroma: ChromaProcess) -> int:
        done = 0
        for group in self._groups("state = 'dead' AND indexed != 0"):
            rows = [row for generation in group for row in self._rows(generation)]
            if rows:
                chroma.delete(rows)
            self._mark(group, ABSENT)
            done += len(group)
        return done

    def _bring_in(self, chroma: ChromaProcess, progress: Progress | None) -> int:
        groups = list(self._groups("state = 'live' AND indexed != 2"))
        total = sum(len(self._rows(generation)) for group in groups for generation in group)
        done = brought = 0
        for group in groups:
            if self._closing.is_set():
                break
            rows, generations, vectors = self._vectors(group)
            if rows:
                self._mark(group, WRITING)
                chroma.upsert(rows, generations, vectors)
            self._mark(group, PRESENT)
            done, brought = done + len(rows), brought + len(group)
            if progress:
                progress(done, total)
        return brought

    def _groups(self, condition: str) -> Iterator[list[int]]:
        """Generations in which something is to do, together so many that they make up about _GROUP passages."""
        found = self._ledger.connection.execute(
            "SELECT generation, (SELECT count(*) FROM passages p WHERE p.generation = g.generation) AS passages "
            f"FROM generations g WHERE {condition} ORDER BY generation"
        ).fetchall()
        group: list[int] = []
        passages = 0
        for row in found:
            group.append(row["generation"])
            passages += row["passages"]
            if passages >= _GROUP:
                yield group
                group, passages = [], 0
        if group:
            yield group

    def _vectors(self, group: Collection[int]) -> tuple[list[int], list[int], Vectors]:
        found = self._ledger.connection.execute(
            "SELECT p.row, p.generation, v.vector FROM passages p "
            "JOIN vectors v ON v.model = ? AND v.key = p.vector_key "
            f"WHERE p.generation IN ({_listed(group)}) ORDER BY p.row",
            (self._model,),
        ).fetchall()
        vectors = np.frombuffer(b"".join(row["vector"] for row in found), dtype="<f4")
        shaped = vectors.reshape(len(found), -1) if found else np.zeros((0, 0), dtype=np.float32)
        return [row["row"] for row in found], [row["generation"] for row in found], shaped

    def _rows(self, generation: int) -> list[int]:
        found = self._ledger.connection.execute(
            "SELECT row FROM passages WHERE generation = ?", (generation,)
        ).fetchall()
        return [row["row"] for row in found]

    def _mark(self, group: Collection[int], state: int) -> None:
        with self._ledger.transaction() as connection:
            connection.execute(
                f"UPDATE generations SET indexed = ? WHERE generation IN ({_listed(group)})", (state,)
            )

    def rebuild(self, identity: ModelIdentity, progress: Progress | None = None) -> None:
        """Make Chroma anew from the ledger's vectors; reads no file and runs no model. For the owner."""
        with self._work:
            self._identity = identity
            if self._url:
                self._drop()
                self._chroma = self._start(self._url)
                self._chroma.clear()
                self._forget()
            else:
                self._drop()
                self._chroma = self._start(self._start_anew())
            self.sync(progress)

    def compare(self) -> IndexDrift:
        """For the owner: in what Chroma differs from the ledger."""
        with self._work:
            if self._chroma is None:
                raise ChromaUnavailable("Chroma is not open in this process")
            try:
                return comparison.compare_with_ledger(self._ledger, self._chroma, self._model)
            except ChromaUnavailable:
                self._drop()
                raise

    def mend(self, progress: Progress | None = None) -> IndexDrift:
        """For the owner: compare in full and mend what differs; returns what it was.

        Small drift is mended row by row; an index that has lost much, or no longer finds what it holds, is made anew.
        """
        with self._work:
            self.sync(progress)
            difference = self.compare()
            if difference.any:
                log.warning(
                    "Chroma lacked %d passages, held %d others and %d wrong vectors: it is mended from the ledger",
                    len(difference.lacking), len(difference.beyond), len(difference.changed),
                )  # fmt: skip
                self._mend(difference, progress)
            return difference

    def _mend(self, difference: IndexDrift, progress: Progress | None) -> None:
        assert self._chroma is not None and self._identity is not None
        wrong = difference.lacking + difference.changed
        drift = len(wrong) + len(difference.beyond)
        if not difference.sound or drift > max(_SMALL, self._live_count() // 10):
            self.rebuild(self._identity, progress)
            return
        if difference.beyond:
            self._chroma.delete(difference.beyond)
        with self._ledger.transaction() as connection:
            connection.execute(
                "UPDATE generations SET indexed = 0 WHERE generation IN "
                f"(SELECT generation FROM passages WHERE row IN ({_listed(wrong)}))"
            )
        self.sync(progress)

    # -- finding

    def query(self, vector: Vectors, n: int, model: str, only: Collection[int] | None = None) -> list[Hit]:
        """The n nearest live rows with their cosine similarity, best first.

        Filtered questions (`only`: the generations that may answer) are searched exactly: Chroma's own
        filters are slow where many rows pass, and lose neighbours where few do.
        """
        chroma = self._chroma
        if chroma is None or only is not None:
            return self._exact.query(vector, n, model, only)
        unindexed = self._unindexed()
        try:
            hits = chroma.query(vector[np.newaxis], n, _PATIENCE)[0]
        except ChromaBusy:
            return self._exact.query(vector, n, model)
        except ChromaUnavailable as error:  # a broken index must not take the answer with it
            if self._chroma is chroma:  # and was not let go of meanwhile
                log.warning("%s: searching the ledger instead", error)
                self._drop()
            return self._exact.query(vector, n, model)
        unindexed |= (
            self._unindexed()
        )  # before and after: what went in or came live meanwhile is in one of the two
        if unindexed:
            hits = list({**dict(self._exact.query(vector, n, model, unindexed)), **dict(hits)}.items())
        live = self._live({row for row, _ in hits})
        hits = sorted((hit for hit in hits if hit[0] in live), key=lambda hit: (-hit[1], hit[0]))[:n]
        if len(hits) < n and len(hits) < self._live_count():
            return self._exact.query(vector, n, model)
        return hits

    def _unindexed(self) -> set[int]:
        """Live generations that Chroma may not have."""
        found = self._ledger.connection.execute(
            "SELECT generation FROM generations WHERE state = 'live' AND indexed != 2"
        )
        return {row["generation"] for row in found}

    def _live(self, rows: Collection[int]) -> set[int]:
        found = self._ledger.connection.execute(
            "SELECT p.row FROM passages p CROSS JOIN generations g ON g.generation = p.generation "
            f"WHERE g.state = 'live' AND p.row IN ({_listed(rows)})"
        )
        return {row["row"] for row in found}

    def _live_count(self) -> int:
        return int(
            self._ledger.connection.execute(
                "SELECT count(*) FROM passages p JOIN generations g ON g.generation = p.generation "
                "WHERE g.state = 'live'"
            ).fetchone()[0]
        )

    def close(self) -> None:
        """Close Chroma, noting what its files are, and let another process own it."""
        self._closing.set()  # a long sync ends after the group at hand; the next owner goes on with it
        with self._work:
            chroma, self._chroma = self._chroma, None
            if chroma is not None and chroma.close() and not self._url:
                try:
                    fingerprint.write_fingerprint(self._folder(), self._ledger)
                except (OSError, sqlite3.Error) as error:  # a full disk: the next to open it looks closely
                    log.warning("Chroma was closed without a note of its state (%s)", error)
            self.lock.release()
            self._closing.clear()


def index_id(ledger: Ledger) -> str:
    """What tells this index from others on the same Chroma server."""
    known = ledger.get("index_id")
    if known is None:
        known = uuid.uuid4().hex[:16]
        ledger.set("index_id", known)
    return known


def _listed(numbers: Collection[int]) -> str:
    # Our own integers: written out, they are not bound by SQLite's limit on variables.
    return ",".join(str(int(number)) for number in numbers)
