"""Queued jobs, worked off by the real worker."""

from __future__ import annotations

import time
from collections.abc import Callable

from vectorstore import Store
from vectorstore.jobs import Job, JobQueue
from vectorstore.worker import Worker


def work(store: Store, jobs: JobQueue | None = None) -> list[Job]:
    """Set a worker on the jobs of a store until none waits or runs; returns them, newest first."""
    jobs = jobs or JobQueue(store)
    worker = Worker(store, jobs)
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
