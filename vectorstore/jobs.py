"""Adding in the background: jobs in the ledger, worked by one thread, so that a closed tab or a killed
process loses none of them."""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ingest import IngestError, expand
from vectorstore import catalogue
from vectorstore.adding import AddedDocument, add_bytes, add_source
from vectorstore.errors import StoreError
from vectorstore.ledger import now
from vectorstore.store import Store

log = logging.getLogger(__name__)

JobState = Literal["waiting", "reading", "embedding", "done", "failed"]
_IDLE = 1.0  # seconds between looks for work that another process has put into the ledger


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
        original = self._store.originals.keep(data)
        identity = upload_identity(self._store, name, original, replaces)
        return self._submit(
            name, {"upload": original, "identity": identity, "corrections": dict(corrections or {})}
        )

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
        sql = "SELECT count(*) FROM jobs WHERE state IN ('waiting', 'reading', 'embedding')"
        return int(self._store.ledger.connection.execute(sql).fetchone()[0])

    def retry(self, job_id: int) -> None:
        self._update(job_id, "failed", "waiting")
        self._wake.set()

    def cancel(self, job_id: int) -> None:
        """Take a waiting job back; one that runs is finished."""
        self._update(job_id, "waiting", "failed", code="cancelled", message="Cancelled before it began")

    def clear_finished(self) -> None:
        with self._store.ledger.transaction() as connection:
            connection.execute("DELETE FROM jobs WHERE state IN ('done', 'failed')")

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
            try:
                job = self._next()
                if job is not None:
                    self._do(job)
                self._keep_chroma_up()
            except Exception:  # the worker outlives everything that one job or Chroma can do to it
                log.exception("The worker could not go on with a job")
                job = None
            if job is None:
                self._wake.wait(_IDLE)

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

    def _next(self) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._store.ledger.connection.execute(
            "SELECT * FROM jobs WHERE state = 'waiting' ORDER BY job_id LIMIT 1"
        ).fetchone()
        return row

    def _do(self, row: sqlite3.Row) -> None:
        job_id = row["job_id"]
        if not self._update(job_id, "waiting", "reading"):
            return  # cancelled in the meantime
        request = json.loads(row["request"])

        def tell(state: JobState, at: int = 0, of: int = 0) -> None:
            note = f"{at} of {of} passages" if of else None
            self._update(job_id, None, state, message=note)

        try:
            done = self._add(row["name"], request, tell)
        except (IngestError, StoreError) as error:
            done = AddedDocument("failed", row["name"], error=(error.code, error.message))
        except Exception as error:
            log.exception("Adding %s failed", row["name"])
            done = AddedDocument("failed", row["name"], error=("internal", f"Adding failed: {error}"))
        self._finish(job_id, done)

    def _add(self, name: str, request: Mapping[str, Any], tell: Any) -> AddedDocument:
        corrections = request["corrections"]
        if "upload" not in request:
            sources = expand([request["source"]])
            if len(sources) != 1:
                raise IngestError(
                    "folder", f"{name} is a folder: add it with `briefing add`, or file by file"
                )
            [source] = sources
            return add_source(self._store, source, corrections, self._allow_private, tell)
        data = self._store.originals.read(request["upload"])
        if data is None:
            raise IngestError("missing", f"The uploaded bytes of {name} are gone: upload the file again")
        return add_bytes(self._store, request["identity"], name, data, corrections, tell)

    def _finish(self, job_id: int, done: AddedDocument) -> None:
        code, message = done.error or (None, None)
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
                    job_id,
                ),
            )

    def _update(
        self,
        job_id: int,
        expected: str | None,
        state: str,
        *,
        code: str | None = None,
        message: str | None = None,
    ) -> bool:
        with self._store.ledger.transaction() as connection:
            changed = connection.execute(
                "UPDATE jobs SET state = ?, code = ?, message = ?, updated = ? "
                "WHERE job_id = ? AND (? IS NULL OR state = ?)",
                (state, code, message, now(), job_id, expected, expected),
            ).rowcount
        return changed > 0


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
