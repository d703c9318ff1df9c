"""The thread that works the queued jobs."""

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

_MANY = 16  # passages from which it is worth saying how many are done
_IDLE = 1.0  # seconds between looks for work that another process has put into the ledger
_REST = 2.0  # seconds after a fault that stopped all work: a full disk is not empty in the next instant


class JobWorker:
    """Adds what is in a queue, oldest first, from `start` to `stop`."""

    def __init__(self, store: Store, jobs: JobQueue, allow_private: bool = False) -> None:
        self._store = store
        self._jobs = jobs
        self._allow_private = allow_private
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Set the thread to work; jobs that a killed process left half done begin again."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="briefing-jobs", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Let the job at hand finish and end the thread."""
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
            taken = _WorkerRun(self._store, self._jobs, self._stop)
            try:
                for item, became in run_pipeline(self._store, taken.items(), taken, self._allow_private):
                    worked = True
                    taken.finish(item, became)
            except Exception:  # the worker outlives everything that one job can do to it
                log.exception("The worker could not go on")
                failed = True
            self._end(taken)
            if failed:
                self._stop.wait(_REST)
            elif not worked:
                self._jobs.more.wait(_IDLE)

    def _end(self, taken: _WorkerRun) -> None:
        """Have no job left behind by a pass before the next one begins."""
        while True:
            try:
                return taken.end()
            except Exception:
                log.exception("Jobs could not be put back")
            if self._stop.wait(_REST):
                return  # they begin again with the next worker

    def _begin(self) -> None:
        try:
            self._jobs.begin_again()
        except sqlite3.Error:
            log.exception("Jobs cannot be begun again")  # a full disk: they wait for the next start
        if self._store.mismatch is None:
            try:  # load the model before anyone asks: the first question need not wait for it
                self._store.model.embed(["ready"])
            except StoreError:
                log.exception("The embedding model cannot be loaded")  # every question will say so too


class _WorkerRun:
    """One run over the waiting jobs, and the Watch of their pipeline.

    Its reading thread may outlive it for a while, where the other end failed: after `end` nothing that it
    tells counts any more.
    """

    def __init__(self, store: Store, jobs: JobQueue, stop: threading.Event) -> None:
        self._store = store
        self._jobs = jobs
        self._stop = stop
        self._taken: set[int] = set()  # and not finished
        self._over = False
        self._lock = threading.Lock()

    def items(self) -> Iterator[AddItem]:
        """The waiting jobs, oldest first, until there are none or the worker is stopped."""
        last = 0
        while not self._stop.is_set():
            with self._lock:
                job = None if self._over else self._jobs.next_waiting(last)
                if job is None:
                    return
                last = job.job_id
                self._taken.add(last)
            yield self._item(job)

    def _item(self, job: WaitingJob) -> AddItem:
        request = job.request
        if "upload" not in request:
            sources = expand([request["source"]])
            if len(sources) == 1:
                order, identity = (job.job_id,), sources[0].identity
                return AddItem(order, identity, job.name, request["corrections"], sources[0], job=job.job_id)
            told = f"{job.name} is a folder: add it with `briefing add`, or file by file"
            return _failing(job, "folder", told)
        try:
            data = self._store.originals.read(request["upload"])
        except OSError as cause:  # of this one file: the jobs behind it go on
            told = f"The uploaded bytes of {job.name} cannot be read ({cause}): upload the file again"
            return _failing(job, "unreadable", told)
        if data is None:
            return _failing(
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

    def finish(self, item: AddItem, done: AddedDocument) -> None:
        assert item.job is not None
        self._jobs.finish(item.job, done)
        self._taken.discard(item.job)

    def end(self) -> None:
        """Put back what was taken and not finished; jobs that another process works on are left alone."""
        with self._lock:
            self._over = True
            if self._taken:
                self._jobs.put_back(self._taken)
                self._taken.clear()

    # -- how the pipeline asks and tells

    def tell(self, item: AddItem, state: ItemState, at: int = 0, of: int = 0) -> None:
        note = f"{at} of {of} passages" if state == "embedding" and of > _MANY else None
        with self._lock:
            if item.job is not None and not self._over:
                self._jobs.advance(item.job, state, note)

    def wanted(self, item: AddItem) -> bool:
        return not self._over and self._jobs.wanted(item.job)

    def coming(self, identity: str) -> bool:
        return self._jobs.coming(identity)

    def members(self, taken: ReadItem) -> Sequence[AddItem]:
        """Members become jobs of their own, so that they too survive whatever happens."""
        archive = taken.item.job if taken.outcome is None else None
        with self._lock:
            if not self._over and (taken.members or archive is not None):
                self._jobs.submit_members(taken.members, archive)
                if archive is not None:
                    self._taken.discard(archive)
        return ()


def _failing(job: WaitingJob, code: str, told: str) -> AddItem:
    source = Source(job.name, job.name, error=IngestError(code, told))
    return AddItem((job.job_id,), job.name, job.name, source=source, job=job.job_id)
