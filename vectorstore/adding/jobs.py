"""What is to be added, as jobs in the ledger: a closed tab or a killed process loses none of them."""

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
ACTIVE = ("waiting", "reading", "embedding")
_PACE = 30  # finished jobs from which the pace is taken


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
class QueueStatus:
    """How far the jobs are."""

    left: int
    done: int
    failed: int
    seconds: float | None  # the rest will about take; None where that is not known


@dataclass(frozen=True)
class WaitingJob:
    """A job as its worker sees it."""

    job_id: int
    name: str
    request: Mapping[
        str, Any
    ]  # "corrections", and "source" or the SHA-256 of an "upload" with its "identity"


class JobQueue:
    """Sources to add, oldest first; a Worker (see vectorstore/adding/job_worker.py) adds them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.more = threading.Event()  # set whenever a job of this process begins to wait

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
        held = self._store.originals.store(data)
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
        self.more.set()
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

    def standing(self) -> QueueStatus:
        """How far the jobs are that have not been cleared, and about how long the rest will take."""
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
        """Seconds that a job takes, by the last of those done; None while there are few.

        A job takes from when the one before it was done, or from when it was queued itself where nothing was left
        to do by then. A clock that was set back in between adds nothing; the longest is left out, where one that
        was set forward, or a machine that slept, would show.
        """
        rows = self._store.ledger.connection.execute(
            "SELECT created, updated FROM jobs WHERE state = 'done' ORDER BY job_id DESC LIMIT ?",
            (_PACE + 1,),
        ).fetchall()
        if len(rows) < _PACE:
            return None
        spans = []
        for row, before in pairwise(rows):
            ended = row["updated"]
            began = max((at for at in (before["updated"], row["created"]) if at <= ended), default=ended)
            spans.append((datetime.fromisoformat(ended) - datetime.fromisoformat(began)).total_seconds())
        return (sum(spans) - max(spans)) / (len(spans) - 1)

    def retry(self, job_id: int) -> None:
        self._update(job_id, ("failed",), "waiting")
        self.more.set()

    def retry_failed(self) -> None:
        """Try everything again that failed."""
        with self._store.ledger.transaction() as connection:
            connection.execute("UPDATE jobs SET state = 'waiting' WHERE state = 'failed'")
        self.more.set()

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

    # -- for the worker

    def begin_again(self) -> None:
        """Have everything wait that a killed process left half done."""
        with self._store.ledger.transaction() as connection:
            connection.execute("UPDATE jobs SET state = 'waiting' WHERE state IN ('reading', 'embedding')")

    def next_waiting(self, after: int) -> WaitingJob | None:
        """The oldest job that waits and is younger than the job `after`."""
        row = self._store.ledger.connection.execute(
            "SELECT * FROM jobs WHERE state = 'waiting' AND job_id > ? ORDER BY job_id LIMIT 1", (after,)
        ).fetchone()
        return None if row is None else WaitingJob(row["job_id"], row["name"], json.loads(row["request"]))

    def wanted(self, job_id: int | None) -> bool:
        """Whether a job has been neither cancelled nor cleared."""
        row = self._store.ledger.connection.execute(
            "SELECT state FROM jobs WHERE job_id = ?", (job_id,)
        ).fetchone()
        return row is not None and row["state"] in ACTIVE

    def coming(self, identity: str) -> bool:
        """Whether a job that waits or runs will add something of this identity."""
        rows = self._store.ledger.connection.execute(
            "SELECT json_extract(request, '$.source') AS source FROM jobs "
            f"WHERE state IN {ACTIVE} AND ifnull(json_extract(request, '$.identity'), ?) = ?",
            (identity, identity),
        ).fetchall()
        return any(
            row["source"] is None or any(one.identity == identity for one in expand([row["source"]]))
            for row in rows
        )

    def advance(self, job_id: int, state: JobState, note: str | None = None) -> None:
        """Say how far a job is, unless it has been cancelled."""
        self._update(job_id, ACTIVE, state, message=note)

    def submit_members(self, members: Sequence[AddItem], unpacked: int | None = None) -> None:
        """Queue what a container holds, all or none; with it an archive's own job, `unpacked`, is done."""
        held = [self._store.originals.store(one.data or b"") for one in members]
        with self._store.originals.settled(self._store.ledger, *held):
            for one, upload in zip(members, held, strict=True):
                request = {
                    "upload": upload.digest,
                    "identity": one.identity,
                    "corrections": dict(one.corrected),
                    "parent": one.parent,
                    "depth": one.depth,
                }
                self._submit(one.name, request)
            if unpacked is not None:
                self.advance(unpacked, "done", f"{len(held)} file{'s' * (len(held) != 1)} in it")
        if unpacked is not None:
            self._let_go_of(unpacked)

    def finish(self, job_id: int, done: AddedDocument) -> None:
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
                    job_id,
                ),
            )
        self._let_go_of(job_id)

    def put_back(self, job_ids: Collection[int]) -> None:
        """Have those of these jobs wait again that are neither finished nor cancelled."""
        with self._store.ledger.transaction() as connection:
            connection.executemany(
                "UPDATE jobs SET state = 'waiting', message = NULL, updated = ? "
                "WHERE job_id = ? AND state IN ('reading', 'embedding')",
                [(now(), job_id) for job_id in job_ids],
            )

    def _let_go_of(self, job_id: int) -> None:
        rows = self._store.ledger.connection.execute("SELECT request FROM jobs WHERE job_id = ?", (job_id,))
        self._let_go(rows.fetchall())

    def _let_go(self, rows: Sequence[sqlite3.Row]) -> None:
        """Delete the uploads of jobs that are over, where no version was read from them: archives, duplicates."""
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
