"""Queued jobs are added in the background, whatever happens to one of them or to the process."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator

import pytest
from putting import CRANES, HERONS, OTTERS
from working import wait_for, wait_until, work

from vectorstore import Store
from vectorstore.adding.job_worker import JobWorker
from vectorstore.adding.jobs import JobQueue


@pytest.fixture
def worker(store: Store, jobs: JobQueue) -> Iterator[JobWorker]:
    worker = JobWorker(store, jobs)
    yield worker
    worker.stop()


def test_uploads_are_worked_off_in_the_background(store: Store, jobs: JobQueue) -> None:
    jobs.submit_upload("herons.txt", HERONS.encode())
    jobs.submit_upload("bad.pdf", b"%PDF-1.7 nothing")
    bad, good = work(store, jobs)
    assert (good.state, good.status) == ("done", "added")
    assert (bad.state, bad.code) == ("failed", "unreadable") and bad.message
    assert [one.source for one in store.documents()] == ["herons.txt"]


def test_jobs_of_a_killed_process_are_taken_up_again(
    store: Store, new_store: Callable[..., Store], jobs: JobQueue
) -> None:
    job = jobs.submit_upload("herons.txt", HERONS.encode())
    with store.ledger.transaction() as connection:  # as a process leaves it that is killed while reading
        connection.execute("UPDATE jobs SET state = 'reading' WHERE job_id = ?", (job,))
    assert [one.state for one in work(new_store())] == ["done"]
    assert len(store.documents()) == 1


def test_jobs_that_a_fault_interrupted_wait_and_go_on_once_it_is_over(
    store: Store, jobs: JobQueue, worker: JobWorker, caplog: pytest.LogCaptureFixture
) -> None:
    def states() -> list[str]:
        return sorted(one.state for one in jobs.recent())

    with store.ledger.transaction() as connection:
        connection.execute(
            "CREATE TRIGGER fault BEFORE UPDATE ON jobs WHEN new.state = 'done' "
            "BEGIN SELECT raise(ABORT, 'the disk is full'); END"
        )
    worker.start()
    began = time.monotonic()
    for name, text in (("herons", HERONS), ("otters", OTTERS), ("cranes", CRANES)):
        jobs.submit_upload(f"{name}.txt", text.encode())
    with store.ledger.transaction() as connection:
        others = jobs.submit_upload("others.txt", b"Another process works on this one.")
        connection.execute("UPDATE jobs SET state = 'embedding' WHERE job_id = ?", (others,))
    wait_until(lambda: "could not go on" in caplog.text)
    wait_until(lambda: states() == ["embedding", *["waiting"] * 3])
    time.sleep(1)
    assert caplog.text.count("could not go on") <= 1 + (time.monotonic() - began) / 2, "it never rests"
    with store.ledger.transaction() as connection:
        connection.execute("DROP TRIGGER fault")
    wait_until(lambda: states() == [*["done"] * 3, "embedding"])
    assert jobs.recent(1)[0].job_id == others and jobs.recent(1)[0].state == "embedding"


def test_an_upload_that_cannot_be_read_again_fails_alone(store: Store, jobs: JobQueue) -> None:
    digest = hashlib.sha256(HERONS.encode()).hexdigest()
    jobs.submit_upload("herons.txt", HERONS.encode())
    jobs.submit_upload("otters.txt", OTTERS.encode())
    path = store.folder / "originals" / digest[:2] / digest
    path.unlink()
    path.mkdir()  # as a damaged disk, it gives an error instead of bytes
    otters, herons = work(store, jobs)
    assert (otters.state, herons.state, herons.code) == ("done", "failed", "unreadable")


def test_an_upload_of_what_another_one_replaces_is_added(store: Store, jobs: JobQueue) -> None:
    jobs.submit_upload("report.txt", HERONS.encode())
    work(store, jobs)
    jobs.submit_upload("report-old.txt", HERONS.encode())
    jobs.submit_upload("report.txt", OTTERS.encode(), replaces=store.documents()[0].document_id)
    assert {one.name: one.status for one in work(store, jobs)[:2]} == {
        "report-old.txt": "added", "report.txt": "replaced",
    }  # fmt: skip
    assert "412" in store.search("nests of herons").passages[0].text


def test_an_upload_of_a_known_name_is_a_new_version_or_another_report_as_the_user_says(
    store: Store, jobs: JobQueue, worker: JobWorker
) -> None:
    worker.start()
    jobs.submit_upload("delta.txt", HERONS.encode())
    wait_for(jobs)
    first = store.documents()[0].document_id
    jobs.submit_upload("delta.txt", OTTERS.encode())
    wait_for(jobs)
    assert len(store.documents()) == 2, "another report"
    jobs.submit_upload("delta.txt", HERONS.replace("412", "390").encode(), replaces=first)
    assert wait_for(jobs)[0].status == "replaced"
    assert len(store.documents()) == 2 and "390" in store.text(first)
