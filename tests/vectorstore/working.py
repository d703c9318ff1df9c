"""Queued jobs, worked off by the real worker; and an AddObserver that lets everything pass."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from vectorstore import Store
from vectorstore.adding.add import add
from vectorstore.adding.intake import AddItem, ReadItem
from vectorstore.adding.job_worker import JobWorker
from vectorstore.adding.jobs import Job, JobQueue


def statuses(store: Store, *inputs: Path | str, **options: object) -> list[str]:
    return [one.status for one in add(store, [str(one) for one in inputs], **options).documents]  # type: ignore[arg-type]


def work(store: Store, jobs: JobQueue | None = None) -> list[Job]:
    """Set a worker on the jobs of a store until none waits or runs; returns them, newest first."""
    jobs = jobs or JobQueue(store)
    worker = JobWorker(store, jobs)
    worker.start()
    try:
        return wait_for(jobs)
    finally:
        worker.stop()


def wait_for(jobs: JobQueue) -> list[Job]:
    wait_until(lambda: not jobs.active(), 60)
    return jobs.recent()


def wait_until(true: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


class Everything:
    """An AddObserver that wants every item and ignores what it is told."""

    def tell(self, item: AddItem, state: str, at: int = 0, of: int = 0) -> None:
        pass

    def wanted(self, item: AddItem) -> bool:
        return True

    def coming(self, identity: str) -> bool:
        return False

    def members(self, read: ReadItem) -> Sequence[AddItem]:
        return read.members
