"""Dense search: Chroma for its one owner, exact search over the ledger for everyone else.

The ledger leads and Chroma follows. A generation goes live in the ledger alone; `sync`, run by
whoever owns Chroma, then brings its vectors in and takes dead ones out. Until it has, those
generations are searched exactly. A crash anywhere leaves marks (`indexed`) from which `sync` goes on.
"""

from __future__ import annotations

import json
import logging
import shutil
import sqlite3
import threading
import uuid
import zlib
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vectorstore.chroma_index import ChromaIndex, ChromaUnavailable
from vectorstore.exact import ExactIndex
from vectorstore.fusion import Hit
from vectorstore.ledger import Ledger
from vectorstore.owner import OwnerLock

if TYPE_CHECKING:
    from vectorstore.embeddings import ModelIdentity, Vectors

log = logging.getLogger(__name__)

ABSENT, WRITING, PRESENT = 0, 1, 2  # generations.indexed
_CLOSED = "chroma_closed"  # in the ledger: which closing of Chroma was the last


class DenseIndex:
    """Nearest passages by vector, for one data folder and one embedding model at a time."""

    def __init__(self, ledger: Ledger, url: str | None = None) -> None:
        self._ledger = ledger
        self._url = url
        self._exact = ExactIndex(ledger)
        self._chroma: ChromaIndex | None = None
        self._sync_lock = threading.RLock()
        self.lock = OwnerLock(ledger.folder)

    @property
    def owned(self) -> bool:
        return self._chroma is not None

    def own(self, identity: ModelIdentity, name: str, wait: float = 0.0) -> bool:
        """Become the owner of Chroma and open it; False where another process is.

        An index that was not closed cleanly is not trusted (a killed write can leave one that never
        opens again, a damaged file one that loses results silently): it is made anew from the ledger.
        Raises ChromaUnavailable where Chroma cannot be opened even so.
        """
        with self._sync_lock:
            if self._chroma is not None:
                return True
            if not self.lock.acquire(name, wait):
                return False
            try:
                self._open(identity)
            except BaseException:
                self.lock.release()
                raise
            return True

    def _open(self, identity: ModelIdentity) -> None:
        if self._url:
            self._chroma = ChromaIndex(self._url, identity)
            return
        folder = self._folder()
        if folder.exists() and not _clean(folder, self._ledger.get(_CLOSED)):
            log.warning(
                "Chroma's files are not as they were closed: the vector index is made anew from the ledger"
            )
            folder = self._start_anew()
        elif not folder.exists():
            self._forget()
        stamp(folder).unlink(missing_ok=True)
        self._chroma = ChromaIndex(folder, identity)

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

    def sync(self, model: str, progress: Callable[[int, int], None] | None = None) -> int:
        """Bring Chroma to what the ledger says; returns how many generations were brought in or out.

        Does nothing in a process that does not own Chroma: the owner will. `progress` is called with
        passages done and passages in all.
        """
        with self._sync_lock:
            if self._chroma is None:
                return 0
            connection = self._ledger.connection
            gone = connection.execute(
                "SELECT generation FROM generations WHERE state = 'dead' AND indexed != 0"
            ).fetchall()
            for row in gone:
                self._chroma.delete(self._rows(row["generation"]))
                self._mark(row["generation"], ABSENT)
            new = connection.execute(
                "SELECT generation FROM generations WHERE state = 'live' AND indexed != 2 ORDER BY generation"
            ).fetchall()
            total = sum(len(self._rows(row["generation"])) for row in new)
            done = 0
            for row in new:
                done += self._bring_in(row["generation"], model)
                if progress:
                    progress(done, total)
            return len(gone) + len(new)

    def _bring_in(self, generation: int, model: str) -> int:
        assert self._chroma is not None
        found = self._ledger.connection.execute(
            "SELECT p.row, v.vector FROM passages p JOIN vectors v ON v.model = ? AND v.key = p.vector_key "
            "WHERE p.generation = ? ORDER BY p.row",
            (model, generation),
        ).fetchall()
        if found:
            self._mark(generation, WRITING)
            vectors = np.frombuffer(b"".join(row["vector"] for row in found), dtype="<f4")
            self._chroma.upsert([row["row"] for row in found], generation, vectors.reshape(len(found), -1))
        self._mark(generation, PRESENT)
        return len(found)

    def _rows(self, generation: int) -> list[int]:
        found = self._ledger.connection.execute(
            "SELECT row FROM passages WHERE generation = ?", (generation,)
        ).fetchall()
        return [row["row"] for row in found]

    def _mark(self, generation: int, state: int) -> None:
        with self._ledger.transaction() as connection:
            connection.execute("UPDATE generations SET indexed = ? WHERE generation = ?", (state, generation))

    def query(self, vector: Vectors, n: int, model: str, only: Collection[int] | None = None) -> list[Hit]:
        """The n nearest live rows with their cosine similarity, best first.

        Filtered questions (`only`: the generations that may answer) are searched exactly: Chroma's own
        filters are slow where many rows pass, and lose neighbours where few do.
        """
        chroma = self._chroma
        if chroma is None or only is not None:
            return self._exact.query(vector, n, model, only)
        try:
            hits = chroma.query(vector, n)
        except Exception as error:  # a broken index must not take the answer with it
            log.warning("Chroma failed (%s): searching the ledger instead", error)
            return self._exact.query(vector, n, model)
        unindexed = {
            row["generation"]
            for row in self._ledger.connection.execute(
                "SELECT generation FROM generations WHERE state = 'live' AND indexed != 2"
            )
        }
        if unindexed:
            hits = list({**dict(self._exact.query(vector, n, model, unindexed)), **dict(hits)}.items())
        live = self._live({row for row, _ in hits})
        hits = sorted((hit for hit in hits if hit[0] in live), key=lambda hit: (-hit[1], hit[0]))[:n]
        if len(hits) < n and len(hits) < self._live_count():
            return self._exact.query(vector, n, model)
        return hits

    def _live(self, rows: Collection[int]) -> set[int]:
        numbers = ",".join(str(row) for row in rows)
        found = self._ledger.connection.execute(
            "SELECT p.row FROM passages p JOIN generations g ON g.generation = p.generation "
            f"WHERE g.state = 'live' AND p.row IN ({numbers})"
        )
        return {row["row"] for row in found}

    def _live_count(self) -> int:
        return int(
            self._ledger.connection.execute(
                "SELECT count(*) FROM passages p JOIN generations g ON g.generation = p.generation "
                "WHERE g.state = 'live'"
            ).fetchone()[0]
        )

    def rebuild(
        self, identity: ModelIdentity, model: str, progress: Callable[[int, int], None] | None = None
    ) -> None:
        """Make Chroma anew from the ledger's vectors; reads no file and runs no model. For the owner."""
        with self._sync_lock:
            chroma, self._chroma = self._chroma, None
            if self._url and chroma is not None:
                chroma.clear(identity)
                self._forget()
            else:
                if chroma is not None:
                    chroma.close()
                self._start_anew()
                self._open(identity)
            self._chroma = chroma if self._url else self._chroma
            self.sync(model, progress)

    def compare(self) -> tuple[int, int]:
        """For the owner: how many live passages Chroma lacks, and how many rows it has beyond them."""
        if self._chroma is None:
            raise ChromaUnavailable("Chroma is not open in this process")
        have = set(self._chroma.rows())
        want = {
            row["row"]
            for row in self._ledger.connection.execute(
                "SELECT p.row FROM passages p JOIN generations g ON g.generation = p.generation "
                "WHERE g.state = 'live'"
            )
        }
        return len(want - have), len(have - want)

    def close(self) -> None:
        with self._sync_lock:
            if self._chroma is not None:
                self._chroma.close()
                self._chroma = None
                try:
                    if not self._url:
                        self._write_stamp()
                except (OSError, sqlite3.Error) as error:  # a full disk: the next to open it makes it anew
                    log.warning("Chroma was closed without a note of its state (%s)", error)
            self.lock.release()

    def _write_stamp(self) -> None:
        """Note what the files are as they are closed, and in the ledger that this note is the last one."""
        closing = uuid.uuid4().hex
        note = {"closing": closing, "files": _files(self._folder())}
        stamp(self._folder()).write_text(json.dumps(note), "utf8")
        self._ledger.set(_CLOSED, closing)


def stamp(folder: Path) -> Path:
    return folder / "closed.json"


def _clean(folder: Path, closing: str | None) -> bool:
    """Whether the index was closed cleanly, at this ledger's last closing, and no byte has changed since."""
    try:
        note = json.loads(stamp(folder).read_text("utf8"))
        return bool(note["closing"] == closing and note["files"] == _files(folder))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _files(folder: Path) -> list[list[object]]:
    """Name, size and checksum of each file; a gigabyte takes about a second."""
    return sorted(
        [path.relative_to(folder).as_posix(), path.stat().st_size, _checksum(path)]
        for path in folder.rglob("*")
        if path.is_file() and path != stamp(folder)
    )


def _checksum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while chunk := file.read(2**20):
            checksum = zlib.crc32(chunk, checksum)
    return checksum
