"""Dense search: through Chroma in the process that owns it, exactly over the ledger in every other one.

The ledger leads and Chroma follows. A generation goes live in the ledger alone; later `sync`, called by Chroma's owner,
adds the vectors of live generations and deletes those of dead ones. Generations that Chroma does not have yet are
searched exactly, and so is everything while Chroma is away or being rebuilt. The ledger marks each generation's state
in Chroma (`indexed`), so that after a crash anywhere `sync` goes on from the marks.
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

from vectorstore.chroma import drift, fingerprint
from vectorstore.chroma.drift import IndexDrift
from vectorstore.chroma.owner_lock import OwnerLock
from vectorstore.chroma.process import ChromaBusy, ChromaProcess, ChromaUnavailable
from vectorstore.ledger.database import Ledger
from vectorstore.search.exact import ExactIndex
from vectorstore.search.fusion import Hit

if TYPE_CHECKING:
    from vectorstore.embedding.types import ModelIdentity, Vectors

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]  # called with the number of passages done, and of all

_ABSENT, _WRITING, _PRESENT = 0, 1, 2  # generations.indexed: whether Chroma has a generation's vectors
_GROUP = 500  # passages written to Chroma and then marked together, because each commit costs time
_PATIENCE = 0.05  # seconds that a question waits for Chroma while it serves another thread
_SMALL_DRIFT = 1_000  # rows repaired one by one; more, and more than a tenth of all, make a rebuild


class DenseIndex:
    """Nearest passages by vector, for one data folder and one embedding model at a time."""

    def __init__(self, ledger: Ledger, url: str | None = None) -> None:
        self._ledger = ledger
        self._url = url
        self._exact = ExactIndex(ledger)
        self._chroma: ChromaProcess | None = None
        self._identity: ModelIdentity | None = None
        self._work = threading.RLock()  # held by the one thread that opens or writes to Chroma
        self._closing = threading.Event()  # tells a running sync to stop after its group
        self.openings = 0  # how often this process has started Chroma
        self.lock = OwnerLock(ledger.folder)

    @property
    def owned(self) -> bool:
        """Whether this process is Chroma's owner; Chroma may be open or not."""
        return self.lock.held

    @property
    def ready(self) -> bool:
        """Whether Chroma is open in this process."""
        return self._chroma is not None

    def own(self, identity: ModelIdentity, name: str, wait: float = 0.0) -> bool:
        """Become Chroma's owner and open it; False if another process owns it for longer than `wait` seconds.

        Other processes are shown `name`. An index is rebuilt from the ledger if its files have changed since they were
        closed, or if its passages do not find themselves: a killed write can leave one that never opens again, a
        damaged file one that silently loses results. Raises ChromaUnavailable if Chroma cannot be opened even then;
        this process stays its owner and may try again.
        """
        with self._work:
            if not self.lock.acquire(name, wait):
                return False
            if self._chroma is None or self._identity != identity:
                self._drop()
                self._identity = identity
                self._chroma = self._open()
            return True

    def _open(self) -> ChromaProcess:
        """Chroma with an index that can be trusted, be it empty. Raises ChromaUnavailable."""
        if self._url:
            chroma = self._start(self._url)
            if not self._is_sound(chroma):
                chroma.clear()
                self._mark_all_absent()
            return chroma
        folder = self._folder()
        if not folder.exists():
            self._mark_all_absent()
            return self._start(folder)
        state = fingerprint.index_state(folder, self._ledger)
        if state != "changed":
            fingerprint.remove_fingerprint(folder)
            try:
                chroma = self._start(folder)
                if self._is_sound(chroma):
                    return chroma
                chroma.kill()
            except ChromaUnavailable as error:
                log.info("Chroma's files cannot be used: %s", error)
        folder = self._new_folder()
        log.warning("Chroma's files are damaged: the vector index is made anew from the ledger")
        return self._start(folder)

    def _is_sound(self, chroma: ChromaProcess) -> bool:
        return drift.probe(self._ledger, chroma, self._model)

    def _start(self, place: Path | str) -> ChromaProcess:
        assert self._identity is not None
        self.openings += 1
        return ChromaProcess(place, self._collection(), self._identity.dimension)

    def _collection(self) -> str:
        """The name of Chroma's collection. On a server it holds this index's id, for a server may have several."""
        assert self._identity is not None
        model = "".join(
            char if char.isascii() and char.isalnum() else "-"
            for char in self._identity.name.rsplit("/", 1)[-1]
        )
        name = f"passages-{model.strip('-')[:40]}-{self._identity.revision}"
        return f"{_index_id(self._ledger)}-{name}" if self._url else name

    @property
    def _model(self) -> str:
        assert self._identity is not None
        return self._identity.key

    def _folder(self) -> Path:
        """The folder of Chroma's files that the ledger points at."""
        return self._ledger.folder / "chroma" / (self._ledger.get("chroma_folder") or "1")

    def _new_folder(self) -> Path:
        """Point the ledger at a new folder, and delete the old ones."""
        self._mark_all_absent()
        old = self._folder()
        self._ledger.set("chroma_folder", str(int(old.name) + 1))
        shutil.rmtree(old.parent, ignore_errors=True)
        return self._folder()

    def _mark_all_absent(self) -> None:
        with self._ledger.transaction() as connection:
            connection.execute("UPDATE generations SET indexed = 0 WHERE indexed != 0")

    def _drop(self) -> None:
        """Kill Chroma's process: something is wrong with it."""
        chroma, self._chroma = self._chroma, None
        if chroma is not None:
            chroma.kill()

    # -- by the owner: to bring Chroma up to date and keep it sound

    def sync(self, progress: Progress | None = None) -> int:
        """Bring Chroma up to date with the ledger; returns how many generations were added or deleted.

        Does nothing in a process that does not own Chroma, because the owner will do it. Raises ChromaUnavailable if
        Chroma fails; generations that were not added are searched exactly until they are.
        """
        with self._work:
            if self._chroma is None:
                return 0
            try:
                # Additions first: a question in between then finds the new version, the old one, or both.
                return self._add_live(self._chroma, progress) + self._delete_dead(self._chroma)
            except ChromaUnavailable:
                self._drop()
                raise

    def _add_live(self, chroma: ChromaProcess, progress: Progress | None) -> int:
        """Add live generations that Chroma lacks; returns how many."""
        groups = list(self._groups("state = 'live' AND indexed != 2"))
        total = sum(len(self._rows(generation)) for group in groups for generation in group)
        done = added = 0
        for group in groups:
            if self._closing.is_set():
                break
            rows, generations, vectors = self._vectors(group)
            if rows:
                self._mark(group, _WRITING)
                chroma.upsert(rows, generations, vectors)
            self._mark(group, _PRESENT)
            done, added = done + len(rows), added + len(group)
            if progress:
                progress(done, total)
        return added

    def _delete_dead(self, chroma: ChromaProcess) -> int:
        """Delete dead generations that Chroma may still have; returns how many."""
        deleted = 0
        for group in self._groups("state = 'dead' AND indexed != 0"):
            rows = [row for generation in group for row in self._rows(generation)]
            if rows:
                chroma.delete(rows)
            self._mark(group, _ABSENT)
            deleted += len(group)
        return deleted

    def _groups(self, condition: str) -> Iterator[list[int]]:
        """The generations of which an SQL condition is true, in groups of about _GROUP passages."""
        counts = self._ledger.connection.execute(
            "SELECT generation, (SELECT count(*) FROM passages p WHERE p.generation = g.generation) AS passages "
            f"FROM generations g WHERE {condition} ORDER BY generation"
        ).fetchall()
        group: list[int] = []
        passages = 0
        for row in counts:
            group.append(row["generation"])
            passages += row["passages"]
            if passages >= _GROUP:
                yield group
                group, passages = [], 0
        if group:
            yield group

    def _vectors(self, group: Collection[int]) -> tuple[list[int], list[int], Vectors]:
        """Row, generation and vector of each passage of a group; the vectors have shape (rows, dimension)."""
        passages = self._ledger.connection.execute(
            "SELECT p.row, p.generation, v.vector FROM passages p "
            "JOIN vectors v ON v.model = ? AND v.key = p.vector_key "
            f"WHERE p.generation IN ({_listed(group)}) ORDER BY p.row",
            (self._model,),
        ).fetchall()
        numbers = np.frombuffer(b"".join(row["vector"] for row in passages), dtype="<f4")
        vectors = numbers.reshape(len(passages), -1) if passages else np.zeros((0, 0), dtype=np.float32)
        return [row["row"] for row in passages], [row["generation"] for row in passages], vectors

    def _rows(self, generation: int) -> list[int]:
        passages = self._ledger.connection.execute(
            "SELECT row FROM passages WHERE generation = ?", (generation,)
        ).fetchall()
        return [row["row"] for row in passages]

    def _mark(self, group: Collection[int], state: int) -> None:
        with self._ledger.transaction() as connection:
            connection.execute(
                f"UPDATE generations SET indexed = ? WHERE generation IN ({_listed(group)})", (state,)
            )

    def rebuild(self, identity: ModelIdentity, progress: Progress | None = None) -> None:
        """Rebuild Chroma's index from the ledger's vectors; reads no report and runs no model.

        For the owner. Raises ChromaUnavailable.
        """
        with self._work:
            self._identity = identity
            if self._url:
                self._drop()
                self._chroma = self._start(self._url)
                self._chroma.clear()
                self._mark_all_absent()
            else:
                self._drop()
                self._chroma = self._start(self._new_folder())
            self.sync(progress)

    def compare(self) -> IndexDrift:
        """How Chroma differs from the ledger. For the owner. Raises ChromaUnavailable if it is not open, or fails."""
        with self._work:
            if self._chroma is None:
                raise ChromaUnavailable("Chroma is not open in this process")
            try:
                return drift.compare_with_ledger(self._ledger, self._chroma, self._model)
            except ChromaUnavailable:
                self._drop()
                raise

    def mend(self, progress: Progress | None = None) -> IndexDrift:
        """Sync, compare in full, and repair what differs; returns what differed.

        A few rows are repaired one by one; an index that has lost many, or does not find what it holds, is rebuilt.
        For the owner. Raises ChromaUnavailable.
        """
        with self._work:
            self.sync(progress)
            difference = self.compare()
            if difference.any:
                log.warning(
                    "Chroma lacked %d passages, held %d others and %d wrong vectors: it is mended from the ledger",
                    len(difference.missing), len(difference.extra), len(difference.changed),
                )  # fmt: skip
                self._mend(difference, progress)
            return difference

    def _mend(self, difference: IndexDrift, progress: Progress | None) -> None:
        assert self._chroma is not None and self._identity is not None
        wrong = difference.missing + difference.changed
        count = len(wrong) + len(difference.extra)
        if not difference.sound or count > max(_SMALL_DRIFT, self._live_count() // 10):
            self.rebuild(self._identity, progress)
            return
        if difference.extra:
            self._chroma.delete(difference.extra)
        with self._ledger.transaction() as connection:
            connection.execute(
                "UPDATE generations SET indexed = 0 WHERE generation IN "
                f"(SELECT generation FROM passages WHERE row IN ({_listed(wrong)}))"
            )
        self.sync(progress)

    # -- by every process

    def query(self, vector: Vectors, n: int, model: str, only: Collection[int] | None = None) -> list[Hit]:
        """The n nearest live rows with their cosine similarity, -1 to 1, best first.

        `vector` has shape (dimension,), `model` is a `ModelIdentity.key`, `only` are the generations that may answer
        (None: all). With `only` the search is exact, because Chroma's own filters are slow if many rows pass and lose
        neighbours if few do.
        """
        chroma = self._chroma
        if chroma is None or only is not None:
            return self._exact.query(vector, n, model, only)
        unindexed = self._unindexed()
        try:
            hits = chroma.query(vector[np.newaxis], n, _PATIENCE)[0]
        except ChromaBusy:
            return self._exact.query(vector, n, model)
        except ChromaUnavailable as error:  # a broken index must not cost the answer
            if self._chroma is chroma:  # unless another thread has replaced it meanwhile
                log.warning("%s: searching the ledger instead", error)
                self._drop()
            return self._exact.query(vector, n, model)
        # Asked before and after the query: a generation that went live or was added meanwhile is in one of the two.
        unindexed |= self._unindexed()
        if unindexed:
            hits = list({**dict(self._exact.query(vector, n, model, unindexed)), **dict(hits)}.items())
        live = self._live({row for row, _ in hits})
        hits = sorted((hit for hit in hits if hit[0] in live), key=lambda hit: (-hit[1], hit[0]))[:n]
        if len(hits) < n and len(hits) < self._live_count():
            return self._exact.query(vector, n, model)
        return hits

    def _unindexed(self) -> set[int]:
        """Live generations that Chroma may not have."""
        generations = self._ledger.connection.execute(
            "SELECT generation FROM generations WHERE state = 'live' AND indexed != 2"
        )
        return {row["generation"] for row in generations}

    def _live(self, rows: Collection[int]) -> set[int]:
        """Those of the rows that are live."""
        passages = self._ledger.connection.execute(
            "SELECT p.row FROM passages p CROSS JOIN generations g ON g.generation = p.generation "
            f"WHERE g.state = 'live' AND p.row IN ({_listed(rows)})"
        )
        return {row["row"] for row in passages}

    def _live_count(self) -> int:
        return int(
            self._ledger.connection.execute(
                "SELECT count(*) FROM passages p JOIN generations g ON g.generation = p.generation "
                "WHERE g.state = 'live'"
            ).fetchone()[0]
        )

    def close(self) -> None:
        """Close Chroma, take the fingerprint of its files, and let another process become its owner."""
        self._closing.set()  # ends a long sync after its current group; the next owner goes on with it
        with self._work:
            chroma, self._chroma = self._chroma, None
            if chroma is not None and chroma.close() and not self._url:
                try:
                    fingerprint.write_fingerprint(self._folder(), self._ledger)
                except (
                    OSError,
                    sqlite3.Error,
                ) as error:  # e.g. a full disk: the next owner then probes the index
                    log.warning("Chroma was closed without a note of its state (%s)", error)
            self.lock.release()
            self._closing.clear()


def _index_id(ledger: Ledger) -> str:
    """The id of this index among others on the same Chroma server, 16 hex digits; made at the first call."""
    stored = ledger.get("index_id")
    if stored is None:
        stored = uuid.uuid4().hex[:16]
        ledger.set("index_id", stored)
    return stored


def _listed(numbers: Collection[int]) -> str:
    """Numbers for an SQL list, since SQLite limits bound variables: `_listed([3, 5]) == "3,5"`."""
    return ",".join(str(int(number)) for number in numbers)
