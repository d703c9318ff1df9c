"""Adding in the background: jobs in the ledger, worked by one thread, so that a closed tab or a killed
process loses none of them."""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from ingest import IngestError, Source, expand
from vectorstore import catalogue
from vectorstore.errors import StoreError
from vectorstore.intake import Item, Taken
from vectorstore.ledger import now
from vectorstore.outcome import AddedDocument
from vectorstore.pipeline import CANCELLED, State, run
from vectorstore.store import Store

log = logging.getLogger(__name__)

JobState = Literal["waiting", "reading", "embedding", "done", "failed"]
ACTIVE = ("waiting", "reading", "embedding")
_MANY = 16  # passages from which it is worth saying how many are done
_PACE = 30  # finished jobs from which the pace is taken
_IDLE = 1.0  # seconds between looks for work that another process has put into the ledger
_REST = 2.0  # seconds after a fault that stopped all work: a full disk is not empty in the next instant


@dataclass(frozen=True)
class Job:
    job_id: int
    name: str
    state: JobState
    status: str | None  # added, unchanged, replaced, duplicate
    document_id: str | None
    code: str | None
    message: str | None
    created: str
    updated: str


@dataclass(frozen=True)
class Standing:
    """How far the jobs are."""

    left: int
    done: int
    failed: int
    seconds: float | None  # the rest will about take; None where that is not known


class JobQueue:
    """Sources to add, oldest first. `start` sets a worker thread on them."""

    def __init__(self, store: Store, allow_private: bool = False) -> None:
        self._store = store
        self._allow_private = allow_private
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._owner: str | None = None

    # -- for whoever has work

    def submit_upload(
        self,
        name: str,
        data: bytes,
        *,
        replaces: str | None = None,
        corrections: Mapping[str, Any] | None = None,
    ) -> int:
        """Queue uploaded bytes, as a new version of the document `replaces`, or as a report of its own."""
        held = self._store.originals.hold(data)
        identity = upload_identity(self._store, name, held.digest, replaces)
        request = {"upload": held.digest, "identity": identity, "corrections": dict(corrections or {})}
        with self._store.originals.settled(self._store.ledger, held):
            return self._submit(name, request)

    def submit(self, source: str, *, corrections: Mapping[str, Any] | None = None) -> int:
        """Queue an address, or the path of one file."""
        return self._submit(source, {"source": source, "corrections": dict(corrections or {})})

    def _submit(self, name: str, request: Mapping[str, Any]) -> int:
        with self._store.ledger.transaction() as connection:
            job = connection.execute(
                "INSERT INTO jobs (name, request, state, created, updated) VALUES (?, ?, 'waiting', ?, ?)",
                (name, json.dumps(request, ensure_ascii=False), now(), now()),
            ).lastrowid
        assert job is not None
        self._wake.set()
        return job

    def recent(self, limit: int = 50) -> list[Job]:
        """The latest jobs, newest first."""
        rows = self._store.ledger.connection.execute(
            "SELECT * FROM jobs ORDER BY job_id DESC LIMIT ?", (limit,)
        )
        return [_job(row) for row in rows]

    def active(self) -> int:
        """How many jobs wait or run."""
        sql = f"SELECT count(*) FROM jobs WHERE state IN {ACTIVE}"
        return int(self._store.ledger.connection.execute(sql).fetchone()[0])

    def standing(self) -> Standing:
        """How far the jobs are that have not been cleared, and about how long the rest will take."""
        connection = self._store.ledger.connection
        counts = {
            row["state"]: int(row["n"])
            for row in connection.execute("SELECT state, count(*) AS n FROM jobs GROUP BY state")
        }
        left = sum(counts.get(state, 0) for state in ACTIVE)
        ended = [
            datetime.fromisoformat(row["updated"])
            for row in connection.execute(
                "SELECT updated FROM jobs WHERE state = 'done' ORDER BY updated DESC LIMIT ?", (_PACE,)
            )
        ]
        seconds = None
        if left and len(ended) == _PACE:
            seconds = left * (datetime.fromisoformat(now()) - ended[-1]).total_seconds() / _PACE
        return Standing(left, counts.get("done", 0), counts.get("failed", 0), seconds)

    def retry(self, job_id: int) -> None:
        self._update(job_id, ("failed",), "waiting")
        self._wake.set()

    def retry_failed(self) -> None:
        """Try everything again that failed."""
        with self._store.ledger.transaction() as connection:
            connection.execute("UPDATE jobs SET state = 'waiting' WHERE state = 'failed'")
        self._wake.set()

    def cancel(self, job_id: int) -> None:
        """Take a job back; what is live by then stays."""
        code, message = CANCELLED
        self._update(job_id, ACTIVE, "failed", code=code, message=message)

    def cancel_all(self) -> None:
        """Take back every job that is not finished."""
        with self._store.ledger.transaction() as connection:
            connection.execute(
                "UPDATE jobs SET state = 'failed', code = ?, message = ?, updated = ? "
                f"WHERE state IN {ACTIVE}",
                (*CANCELLED, now()),
            )

    def clear_finished(self) -> None:
        with self._store.ledger.transaction() as connection:
            rows = connection.execute("SELECT request FROM jobs WHERE state IN ('done', 'failed')").fetchall()
            connection.execute("DELETE FROM jobs WHERE state IN ('done', 'failed')")
        self._let_go(rows)

    def _let_go(self, rows: Sequence[sqlite3.Row]) -> None:
        """Delete the uploads of jobs that are over, where no version was read from them: archives, duplicates."""
        uploads = (json.loads(row["request"]).get("upload") for row in rows)
        self._store.originals.release(self._store.ledger, [upload for upload in uploads if upload])

    # -- the worker

    def start(self, owner: str | None = None) -> None:
        """Set the worker thread to work; jobs that a killed process left half done begin again.

        Under the name `owner` it also sees to it that this process owns Chroma as soon as nobody else
        does, and keeps it up to date with what any process has put into the ledger.
        """
        self._owner = owner
        if self._thread is None:
            with self._store.ledger.transaction() as connection:
                connection.execute(
                    "UPDATE jobs SET state = 'waiting' WHERE state IN ('reading', 'embedding')"
                )
            self._thread = threading.Thread(target=self._work, name="briefing-jobs", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Let the job at hand finish and end the thread."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=30)
            self._thread = None

    def _work(self) -> None:
        self._warm_up()
        while not self._stop.is_set():
            self._wake.clear()
            worked = failed = False
            taken = _Pass(self, self._store, self._stop)
            try:
                for item, became in run(self._store, taken.items(), taken, self._allow_private):
                    worked = True
                    taken.finish(item, became)
                self._keep_chroma_up()
            except Exception:  # the worker outlives everything that one job or Chroma can do to it
                log.exception("The worker could not go on")
                failed = True
            self._end(taken)
            if failed:
                self._stop.wait(_REST)
            elif not worked:
                self._wake.wait(_IDLE)

    def _end(self, taken: _Pass) -> None:
        """Have no job left behind by a pass before the next one begins."""
        while True:
            try:
                return taken.end()
            except Exception:
                log.exception("Jobs could not be put back")
            if self._stop.wait(_REST):
                return  # they begin again with the next worker

    def _warm_up(self) -> None:
        """Load the embedding model before anyone asks: the first question need not wait for it."""
        if self._owner is not None and self._store.mismatch is None:
            try:
                self._store.model.embed(["ready"])
            except StoreError:
                log.exception("The embedding model cannot be loaded")  # every question will say so too

    def _keep_chroma_up(self) -> None:
        if self._owner is None or self._store.mismatch is not None:
            return
        if self._store.dense.owned:
            self._store.sync()
        else:
            self._store.own(self._owner)

    def _update(
        self,
        job_id: int,
        expected: Sequence[str],
        state: str,
        *,
        code: str | None = None,
        message: str | None = None,
    ) -> None:
        marks = ",".join("?" * len(expected))
        with self._store.ledger.transaction() as connection:
            connection.execute(
                "UPDATE jobs SET state = ?, code = ?, message = ?, updated = ? "
                f"WHERE job_id = ? AND state IN ({marks})",
                (state, code, message, now(), job_id, *expected),
            )


class _Pass:
    """One run over the waiting jobs, and the Watch of their pipeline.

    Its reading thread may outlive it for a while, where the other end failed: after `end` nothing that it
    tells counts any more.
    """

    def __init__(self, jobs: JobQueue, store: Store, stop: threading.Event) -> None:
        self._jobs = jobs
        self._store = store
        self._stop = stop
        self._taken: set[int] = set()  # and not finished
        self._over = False
        self._lock = threading.Lock()

    def items(self) -> Iterator[Item]:
        """The waiting jobs, oldest first, until there are none or the worker is stopped."""
        last = 0
        while not self._stop.is_set():
            with self._lock:
                row = None if self._over else self._next(last)
                if row is None:
                    return
                last = row["job_id"]
                self._taken.add(last)
            yield self._item(row)

    def _next(self, last: int) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._store.ledger.connection.execute(
            "SELECT * FROM jobs WHERE state = 'waiting' AND job_id > ? ORDER BY job_id LIMIT 1", (last,)
        ).fetchone()
        return row

    def finish(self, item: Item, done: AddedDocument) -> None:
        code, message = done.error or (None, done.notice)
        with self._store.ledger.transaction() as connection:
            connection.execute(
                "UPDATE jobs SET state = ?, status = ?, document_id = ?, code = ?, message = ?, updated = ? "
                "WHERE job_id = ?",
                (
                    "failed" if done.error else "done",
                    None if done.error else done.status,
                    done.record.document_id if done.record else None,
                    code,
                    message,
                    now(),
                    item.job,
                ),
            )
        if item.job is not None:
            self._done(item.job)

    def _done(self, job: int) -> None:
        self._taken.discard(job)
        rows = self._store.ledger.connection.execute("SELECT request FROM jobs WHERE job_id = ?", (job,))
        self._jobs._let_go(rows.fetchall())

    def end(self) -> None:
        """Put back what was taken and not finished; jobs that another process works on are left alone."""
        with self._lock:
            self._over = True
            if not self._taken:
                return
            with self._store.ledger.transaction() as connection:
                connection.executemany(
                    "UPDATE jobs SET state = 'waiting', message = NULL, updated = ? "
                    "WHERE job_id = ? AND state IN ('reading', 'embedding')",
                    [(now(), job) for job in self._taken],
                )
            self._taken.clear()

    def _item(self, row: sqlite3.Row) -> Item:
        job_id, name, request = row["job_id"], row["name"], json.loads(row["request"])
        corrected = request["corrections"]
        if "upload" not in request:
            sources = expand([request["source"]])
            if len(sources) == 1:
                return Item((job_id,), sources[0].identity, name, corrected, sources[0], job=job_id)
            error = IngestError("folder", f"{name} is a folder: add it with `briefing add`, or file by file")
            return Item((job_id,), name, name, source=Source(name, name, error=error), job=job_id)
        try:
            data = self._store.originals.read(request["upload"])
        except OSError as cause:  # of this one file: the jobs behind it go on
            told = f"The uploaded bytes of {name} cannot be read ({cause}): upload the file again"
            error = IngestError("unreadable", told)
            return Item((job_id,), name, name, source=Source(name, name, error=error), job=job_id)
        if data is None:
            error = IngestError("missing", f"The uploaded bytes of {name} are gone: upload the file again")
            return Item((job_id,), name, name, source=Source(name, name, error=error), job=job_id)
        return Item(
            (job_id,),
            request["identity"],
            name,
            corrected,
            data=data,
            parent=request.get("parent"),
            depth=request.get("depth", 0),
            job=job_id,
        )

    # -- how the pipeline asks and tells

    def tell(self, item: Item, state: State, at: int = 0, of: int = 0) -> None:
        note = f"{at} of {of} passages" if state == "embedding" and of > _MANY else None
        with self._lock:
            if item.job is not None and not self._over:
                self._jobs._update(item.job, ACTIVE, state, message=note)

    def wanted(self, item: Item) -> bool:
        row = self._store.ledger.connection.execute(
            "SELECT state FROM jobs WHERE job_id = ?", (item.job,)
        ).fetchone()
        return row is not None and row["state"] in ACTIVE and not self._over

    def members(self, taken: Taken) -> Sequence[Item]:
        """Members become jobs of their own, all or none, so that they too survive whatever happens."""
        with self._lock:
            if not self._over:
                self._submit(taken)
        return ()

    def _submit(self, taken: Taken) -> None:
        unpacked = taken.item.job if taken.outcome is None else None  # an archive's job, done with this
        if not taken.members and unpacked is None:
            return
        held = [self._store.originals.hold(one.data or b"") for one in taken.members]
        with self._store.originals.settled(self._store.ledger, *held):
            for one, upload in zip(taken.members, held, strict=True):
                request = {
                    "upload": upload.digest,
                    "identity": one.identity,
                    "corrections": dict(one.corrected),
                    "parent": one.parent,
                    "depth": one.depth,
                }
                self._jobs._submit(one.name, request)
            if unpacked is not None:
                count = len(held)
                told = f"{count} file{'s' * (count != 1)} in it"
                self._jobs._update(unpacked, ACTIVE, "done", message=told)
        if unpacked is not None:
            self._done(unpacked)


def upload_identity(store: Store, name: str, original: str, replaces: str | None = None) -> str:
    """The identity of an upload: the document it replaces, or one of its own.

    Another report of a known name gets its bytes' hash into its identity, so that both can stand.
    """
    if replaces is not None:
        return catalogue.identity_of(store.ledger, store.document(replaces).document_id)
    identity = f"upload:{name}"
    known = catalogue.find_live(store.ledger, identity)
    return identity if known is None or known.original == original else f"{identity}#{original[:12]}"


def _job(row: sqlite3.Row) -> Job:
    return Job(
        row["job_id"],
        row["name"],
        row["state"],
        row["status"],
        row["document_id"],
        row["code"],
        row["message"],
        row["created"],
        row["updated"],
    )
