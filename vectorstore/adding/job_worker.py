"""The background thread that adds the queued jobs."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterator, Sequence

from ingest import IngestError, Source, expand
from vectorstore.adding.intake import AddItem, ReadItem
from vectorstore.adding.jobs import JobQueue, WaitingJob
from vectorstore.adding.outcome import AddedDocument
from vectorstore.adding.pipeline import run_pipeline
from vectorstore.adding.prefetch import ItemState
from vectorstore.errors import StoreError
from vectorstore.store import Store

log = logging.getLogger(__name__)

_MIN_PROGRESS = 16  # passages; a document of more shows how many are embedded
_IDLE = 1.0  # seconds between checks for jobs that another process has queued
_REST = 2.0  # seconds to wait after an error that stopped all work, e.g. a full disk


class JobWorker:
    """Adds the jobs of a queue, oldest first, from `start` to `stop`."""

    def __init__(self, store: Store, jobs: JobQueue, allow_private: bool = False) -> None:
        self._store = store
        self._jobs = jobs
        self._allow_private = allow_private
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start the thread; jobs that a killed process left unfinished begin again."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="briefing-jobs", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Let the running job finish and end the thread; waits up to 30 seconds."""
        self._stop.set()
        self._jobs.more.set()
        if self._thread is not None:
            self._thread.join(timeout=30)
            self._thread = None

    def _work(self) -> None:
        self._begin()
        while not self._stop.is_set():
            self._jobs.more.clear()
            worked = failed = False
            run = _WorkerRun(self._store, self._jobs, self._stop)
            try:
                for item, outcome in run_pipeline(self._store, run.items(), run, self._allow_private):
                    worked = True
                    run.finish(item, outcome)
            except Exception:  # no job may end the worker, whatever it raises
                log.exception("The worker could not go on")
                failed = True
            self._end(run)
            if failed:
                self._stop.wait(_REST)
            elif not worked:
                self._jobs.more.wait(_IDLE)

    def _begin(self) -> None:
        try:
            self._jobs.begin_again()
        except sqlite3.Error:
            log.exception("Jobs cannot be begun again")  # e.g. a full disk: they wait for the next start
        if self._store.mismatch is None:
            try:  # load the model now, so that the first question need not wait for it
                self._store.model.embed(["ready"])
            except StoreError:
                log.exception("The embedding model cannot be loaded")  # every question will say so too

    def _end(self, run: _WorkerRun) -> None:
        """Put back the unfinished jobs of a run, retrying until it works, before the next run begins."""
        while True:
            try:
                return run.end()
            except Exception:
                log.exception("Jobs could not be put back")
            if self._stop.wait(_REST):
                return  # the next worker begins them again


class _WorkerRun:
    """One run over the waiting jobs, and the AddObserver of its pipeline.

    If the pipeline fails, its reading thread may go on for a while. What that thread reports after `end` is ignored.
    """

    def __init__(self, store: Store, jobs: JobQueue, stop: threading.Event) -> None:
        self._store = store
        self._jobs = jobs
        self._stop = stop
        self._running: set[int] = set()  # ids of jobs begun and not finished
        self._over = False
        self._lock = threading.Lock()

    def items(self) -> Iterator[AddItem]:
        """The waiting jobs as items, oldest first, until there are none or the worker is stopped."""
        last = 0
        while not self._stop.is_set():
            with self._lock:
                job = None if self._over else self._jobs.next_waiting(last)
                if job is None:
                    return
                last = job.job_id
                self._running.add(last)
            yield self._item(job)

    def _item(self, job: WaitingJob) -> AddItem:
        """The item of a job; one whose source cannot be opened becomes an item that fails with the reason."""
        request = job.request
        if "upload" not in request:
            sources = expand([request["source"]])
            if len(sources) == 1:
                order, identity = (job.job_id,), sources[0].identity
                return AddItem(order, identity, job.name, request["corrections"], sources[0], job=job.job_id)
            message = f"{job.name} is a folder: add it with `briefing add`, or file by file"
            return _failing_item(job, "folder", message)
        try:
            data = self._store.originals.read(request["upload"])
        except OSError as cause:  # fails this job alone
            message = f"The uploaded bytes of {job.name} cannot be read ({cause}): upload the file again"
            return _failing_item(job, "unreadable", message)
        if data is None:
            return _failing_item(
                job, "missing", f"The uploaded bytes of {job.name} are gone: upload the file again"
            )
        return AddItem(
            (job.job_id,),
            request["identity"],
            job.name,
            request["corrections"],
            data=data,
            parent=request.get("parent"),
            depth=request.get("depth", 0),
            job=job.job_id,
        )

    def finish(self, item: AddItem, outcome: AddedDocument) -> None:
        """Record the outcome of a job."""
        assert item.job is not None
        self._jobs.finish(item.job, outcome)
        self._running.discard(item.job)

    def end(self) -> None:
        """Queue the unfinished jobs of this run again; jobs that another process works on are left alone."""
        with self._lock:
            self._over = True
            if self._running:
                self._jobs.put_back(self._running)
                self._running.clear()

    # -- AddObserver

    def tell(self, item: AddItem, state: ItemState, at: int = 0, of: int = 0) -> None:
        """Show the state of a job, and how many passages are embedded if there are many."""
        note = f"{at} of {of} passages" if state == "embedding" and of > _MIN_PROGRESS else None
        with self._lock:
            if item.job is not None and not self._over:
                self._jobs.advance(item.job, state, note)

    def wanted(self, item: AddItem) -> bool:
        """False if the job has been cancelled or cleared, or this run is over."""
        return not self._over and self._jobs.wanted(item.job)

    def coming(self, identity: str) -> bool:
        """True if a job that waits or runs will add a document of this identity."""
        return self._jobs.coming(identity)

    def members(self, read: ReadItem) -> Sequence[AddItem]:
        """Queue the members as jobs of their own, so that a kill loses none of them; none is read next."""
        archive = read.item.job if read.outcome is None else None
        with self._lock:
            if not self._over and (read.members or archive is not None):
                self._jobs.submit_members(read.members, archive)
                if archive is not None:
                    self._running.discard(archive)
        return ()


def _failing_item(job: WaitingJob, code: str, message: str) -> AddItem:
    source = Source(job.name, job.name, error=IngestError(code, message))
    return AddItem((job.job_id,), job.name, job.name, source=source, job=job.job_id)
