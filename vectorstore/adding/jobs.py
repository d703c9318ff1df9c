"""The queue of sources to add, as jobs in the ledger: a closed tab or a killed process loses none of them."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Literal

from ingest import expand
from vectorstore.adding.intake import AddItem
from vectorstore.adding.outcome import AddedDocument
from vectorstore.adding.prefetch import CANCELLED
from vectorstore.ledger import catalogue
from vectorstore.ledger.database import now
from vectorstore.store import Store

JobState = Literal["waiting", "reading", "embedding", "done", "failed"]
ACTIVE = ("waiting", "reading", "embedding")  # states of a job that is not finished
_PACE_JOBS = 30  # the latest finished jobs, whose mean duration gives the pace


@dataclass(frozen=True)
class Job:
    """A source to add, as users see it."""

    job_id: int
    name: str  # file name or address
    state: JobState
    status: str | None  # added, unchanged, replaced, duplicate; None until it is done
    document_id: str | None  # of the document added, or of the one it duplicates
    code: str | None  # of the error, if it failed
    message: str | None  # error, progress, or which pages could not be read
    created: str  # UTC, ISO 8601
    updated: str  # UTC, ISO 8601


@dataclass(frozen=True)
class QueueStatus:
    """How many jobs are in which state."""

    left: int  # waiting or running
    done: int
    failed: int
    seconds: float | None  # estimate for the jobs left; None before 30 jobs are done


@dataclass(frozen=True)
class WaitingJob:
    """A job as its worker sees it."""

    job_id: int
    name: str  # file name or address
    # "corrections", and either "source" (path or address) or "upload" (SHA-256) with its "identity"; a member of a
    # container has its "parent" and "depth", too.
    request: Mapping[str, Any]


class JobQueue:
    """Sources to add, oldest first; a JobWorker (see vectorstore/adding/job_worker.py) adds them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.more = threading.Event()  # set whenever this process queues a job

    # -- for users

    def submit_upload(
        self,
        name: str,
        data: bytes,
        *,
        replaces: str | None = None,
        corrections: Mapping[str, Any] | None = None,
    ) -> int:
        """Queue uploaded bytes, as a new version of the document with the id `replaces` or as a report of its own.

        Returns the id of the job. Raises NotFound if `replaces` is unknown, OSError or sqlite3.Error if the bytes
        cannot be stored; then nothing is left behind.
        """
        original = self._store.originals.store(data)
        identity = upload_identity(self._store, name, original.digest, replaces)
        request = {"upload": original.digest, "identity": identity, "corrections": dict(corrections or {})}
        with self._store.originals.settled(self._store.ledger, original):
            return self._submit(name, request)

    def submit(self, source: str, *, corrections: Mapping[str, Any] | None = None) -> int:
        """Queue an address, or the path of one file; returns the id of the job."""
        return self._submit(source, {"source": source, "corrections": dict(corrections or {})})

    def _submit(self, name: str, request: Mapping[str, Any]) -> int:
        with self._store.ledger.transaction() as connection:
            job = connection.execute(
                "INSERT INTO jobs (name, request, state, created, updated) VALUES (?, ?, 'waiting', ?, ?)",
                (name, json.dumps(request, ensure_ascii=False), now(), now()),
            ).lastrowid
        assert job is not None
        self.more.set()
        return job

    def recent(self, limit: int = 50) -> list[Job]:
        """The latest jobs, newest first."""
        rows = self._store.ledger.connection.execute(
            "SELECT * FROM jobs ORDER BY job_id DESC LIMIT ?", (limit,)
        )
        return [_job(row) for row in rows]

    def active(self) -> int:
        """Number of jobs that wait or run."""
        sql = f"SELECT count(*) FROM jobs WHERE state IN {ACTIVE}"
        return int(self._store.ledger.connection.execute(sql).fetchone()[0])

    def status(self) -> QueueStatus:
        """Counts of the jobs that have not been cleared, and an estimate of the time left."""
        connection = self._store.ledger.connection
        counts = {
            row["state"]: int(row["n"])
            for row in connection.execute("SELECT state, count(*) AS n FROM jobs GROUP BY state")
        }
        left = sum(counts.get(state, 0) for state in ACTIVE)
        pace = self._pace() if left else None
        seconds = None if pace is None else left * pace
        return QueueStatus(left, counts.get("done", 0), counts.get("failed", 0), seconds)

    def _pace(self) -> float | None:
        """Mean seconds per job over the last 30 done; None while fewer are.

        A job begins when the job before it was done, or when it was queued, if that was later. If the clock was set
        back in between, the job counts as 0 seconds. The longest job is left out: it may contain a clock set forward
        or a night in which the machine slept.
        """
        rows = self._store.ledger.connection.execute(
            "SELECT created, updated FROM jobs WHERE state = 'done' ORDER BY job_id DESC LIMIT ?",
            (_PACE_JOBS + 1,),
        ).fetchall()
        if len(rows) < _PACE_JOBS:
            return None
        durations = []
        for row, previous in pairwise(rows):
            end = row["updated"]
            begin = max((time for time in (previous["updated"], row["created"]) if time <= end), default=end)
            durations.append((datetime.fromisoformat(end) - datetime.fromisoformat(begin)).total_seconds())
        return (sum(durations) - max(durations)) / (len(durations) - 1)

    def retry(self, job_id: int) -> None:
        """Queue a failed job again; does nothing for a job in another state."""
        self._update(job_id, ("failed",), "waiting")
        self.more.set()

    def retry_failed(self) -> None:
        """Queue all failed jobs again."""
        with self._store.ledger.transaction() as connection:
            connection.execute("UPDATE jobs SET state = 'waiting' WHERE state = 'failed'")
        self.more.set()

    def cancel(self, job_id: int) -> None:
        """Cancel a job that is not finished; a document that is live by then stays."""
        code, message = CANCELLED
        self._update(job_id, ACTIVE, "failed", code=code, message=message)

    def cancel_all(self) -> None:
        """Cancel every job that is not finished."""
        with self._store.ledger.transaction() as connection:
            connection.execute(
                "UPDATE jobs SET state = 'failed', code = ?, message = ?, updated = ? "
                f"WHERE state IN {ACTIVE}",
                (*CANCELLED, now()),
            )

    def clear_finished(self) -> None:
        """Delete the jobs that are done or failed, and uploads that nothing else refers to."""
        with self._store.ledger.transaction() as connection:
            rows = connection.execute("SELECT request FROM jobs WHERE state IN ('done', 'failed')").fetchall()
            connection.execute("DELETE FROM jobs WHERE state IN ('done', 'failed')")
        self._release_uploads(rows)

    # -- for the worker

    def begin_again(self) -> None:
        """Queue the jobs again that a killed process left unfinished."""
        with self._store.ledger.transaction() as connection:
            connection.execute("UPDATE jobs SET state = 'waiting' WHERE state IN ('reading', 'embedding')")

    def next_waiting(self, after: int) -> WaitingJob | None:
        """The oldest waiting job with an id greater than `after`, or None."""
        row = self._store.ledger.connection.execute(
            "SELECT * FROM jobs WHERE state = 'waiting' AND job_id > ? ORDER BY job_id LIMIT 1", (after,)
        ).fetchone()
        return None if row is None else WaitingJob(row["job_id"], row["name"], json.loads(row["request"]))

    def wanted(self, job_id: int | None) -> bool:
        """False if a job has been cancelled or cleared, or is finished."""
        row = self._store.ledger.connection.execute(
            "SELECT state FROM jobs WHERE job_id = ?", (job_id,)
        ).fetchone()
        return row is not None and row["state"] in ACTIVE

    def coming(self, identity: str) -> bool:
        """True if a job that waits or runs will add a document of this identity."""
        rows = self._store.ledger.connection.execute(
            "SELECT json_extract(request, '$.source') AS source FROM jobs "
            f"WHERE state IN {ACTIVE} AND ifnull(json_extract(request, '$.identity'), ?) = ?",
            (identity, identity),
        ).fetchall()
        return any(
            row["source"] is None or any(source.identity == identity for source in expand([row["source"]]))
            for row in rows
        )

    def advance(self, job_id: int, state: JobState, note: str | None = None) -> None:
        """Set the state and the progress message of a job, unless it has been cancelled."""
        self._update(job_id, ACTIVE, state, message=note)

    def submit_members(self, members: Sequence[AddItem], unpacked: int | None = None) -> None:
        """Queue the members of a container, all or none; `unpacked` is the job of an archive, done with this."""
        originals = [self._store.originals.store(member.data or b"") for member in members]
        with self._store.originals.settled(self._store.ledger, *originals):
            for member, original in zip(members, originals, strict=True):
                request = {
                    "upload": original.digest,
                    "identity": member.identity,
                    "corrections": dict(member.corrected),
                    "parent": member.parent,
                    "depth": member.depth,
                }
                self._submit(member.name, request)
            if unpacked is not None:
                self.advance(unpacked, "done", f"{len(members)} file{'s' * (len(members) != 1)} in it")
        if unpacked is not None:
            self._release_upload_of(unpacked)

    def finish(self, job_id: int, outcome: AddedDocument) -> None:
        """Set the final state of a job, and delete its upload if nothing refers to it any more."""
        code, message = outcome.error or (None, outcome.notice)
        with self._store.ledger.transaction() as connection:
            connection.execute(
                "UPDATE jobs SET state = ?, status = ?, document_id = ?, code = ?, message = ?, updated = ? "
                "WHERE job_id = ?",
                (
                    "failed" if outcome.error else "done",
                    None if outcome.error else outcome.status,
                    outcome.record.document_id if outcome.record else None,
                    code,
                    message,
                    now(),
                    job_id,
                ),
            )
        self._release_upload_of(job_id)

    def put_back(self, job_ids: Collection[int]) -> None:
        """Queue those of these jobs again that are neither finished nor cancelled."""
        with self._store.ledger.transaction() as connection:
            connection.executemany(
                "UPDATE jobs SET state = 'waiting', message = NULL, updated = ? "
                "WHERE job_id = ? AND state IN ('reading', 'embedding')",
                [(now(), job_id) for job_id in job_ids],
            )

    def _release_upload_of(self, job_id: int) -> None:
        rows = self._store.ledger.connection.execute("SELECT request FROM jobs WHERE job_id = ?", (job_id,))
        self._release_uploads(rows.fetchall())

    def _release_uploads(self, rows: Sequence[sqlite3.Row]) -> None:
        """Delete the uploads of finished jobs that no version was read from, such as archives and duplicates."""
        uploads = (json.loads(row["request"]).get("upload") for row in rows)
        self._store.originals.release(self._store.ledger, [upload for upload in uploads if upload])

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


def upload_identity(store: Store, name: str, original: str, replaces: str | None = None) -> str:
    """The identity of an upload with the SHA-256 `original`: that of the document it replaces, or one of its own.

    "upload:a.pdf" for the first file of that name and the same bytes again; another file of that name gets the
    beginning of its hash, "upload:a.pdf#0123456789ab", so that both stay. Raises NotFound if `replaces` is unknown.
    """
    if replaces is not None:
        return catalogue.identity_of(store.ledger, store.document(replaces).document_id)
    identity = f"upload:{name}"
    record = catalogue.find_live(store.ledger, identity)
    return identity if record is None or record.original == original else f"{identity}#{original[:12]}"


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
