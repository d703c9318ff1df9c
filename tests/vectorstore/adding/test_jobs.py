"""The queue: what is submitted, cancelled, retried and cleared, and how long the rest will take."""

from __future__ import annotations

from pathlib import Path

import pytest
from putting import HERONS, Clock, go_live, sha256
from working import work

from vectorstore import NotFound, Store
from vectorstore.adding.intake import AddItem
from vectorstore.adding.jobs import JobQueue, upload_identity
from vectorstore.adding.outcome import AddedDocument


def test_a_waiting_job_can_be_cancelled_and_a_failed_one_tried_again(store: Store, jobs: JobQueue) -> None:
    job = jobs.submit_upload("herons.txt", HERONS.encode())
    jobs.cancel(job)
    assert (jobs.recent()[0].state, jobs.recent()[0].code) == ("failed", "cancelled")
    jobs.retry(job)
    assert work(store, jobs)[0].state == "done"
    jobs.clear_finished()
    assert jobs.recent() == []


@pytest.mark.parametrize("step", [0, -3600, -86400, 86400])
def test_the_time_left_is_told_by_the_pace_whatever_the_clock_says(
    jobs: JobQueue, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    clock = Clock()
    monkeypatch.setattr("vectorstore.adding.jobs.now", clock)
    queued = [jobs.submit(f"{number}.txt") for number in range(50)]
    for number, job in enumerate(queued[:40]):
        assert number >= 30 or jobs.status().seconds is None
        clock.go(2)
        if number == 20:
            clock.go(step)
        jobs.finish(job, AddedDocument("unchanged", "a report"))
    clock.go(1)
    standing = jobs.status()
    assert (standing.left, standing.done) == (10, 40)
    assert standing.seconds is not None and 15 <= standing.seconds <= 20


def test_the_time_left_knows_nothing_of_the_night_between_two_days_of_work(
    jobs: JobQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    monkeypatch.setattr("vectorstore.adding.jobs.now", clock)
    for _ in range(3):
        queued = [jobs.submit(f"{number}.txt") for number in range(20)]
        for job in queued[:19]:
            clock.go(2)
            jobs.finish(job, AddedDocument("unchanged", "a report"))
        jobs.cancel(queued[19])
        clock.go(14 * 3600)
    jobs.submit("last.txt")
    seconds = jobs.status().seconds
    assert seconds is not None and 1.5 <= seconds <= 2


@pytest.fixture
def queue(quick_store: Store) -> JobQueue:
    return JobQueue(quick_store)


def states(queue: JobQueue) -> list[str]:
    """Oldest first."""
    return [job.state for job in reversed(queue.recent())]


def test_an_upload_is_a_new_version_only_of_what_it_replaces_or_equals(quick_store: Store) -> None:
    document_id = go_live(quick_store.ledger, "herons", HERONS)
    with quick_store.ledger.transaction() as connection:
        connection.execute("UPDATE documents SET identity = 'upload:a.txt'")
    digest = sha256("other bytes")
    assert upload_identity(quick_store, "a.txt", digest, replaces=document_id) == "upload:a.txt"
    assert upload_identity(quick_store, "b.txt", digest) == "upload:b.txt"
    assert upload_identity(quick_store, "a.txt", sha256(HERONS)) == "upload:a.txt"
    assert upload_identity(quick_store, "a.txt", digest) == f"upload:a.txt#{digest[:12]}"
    with pytest.raises(NotFound):
        upload_identity(quick_store, "a.txt", digest, replaces="unknown")


def test_jobs_wait_in_the_order_in_which_they_came(queue: JobQueue) -> None:
    first, second = queue.submit("https://a.example/"), queue.submit_upload("b.txt", b"b")
    queue.cancel(first)
    waiting = queue.next_waiting(0)
    assert waiting is not None and (waiting.job_id, waiting.name) == (second, "b.txt")
    assert queue.next_waiting(second) is None
    assert (queue.wanted(first), queue.wanted(second), queue.wanted(None)) == (False, True, False)


def test_an_identity_is_coming_while_its_job_is_not_finished(queue: JobQueue, tmp_path: Path) -> None:
    path = tmp_path / "herons.txt"
    path.write_text(HERONS)
    upload, source = queue.submit_upload("b.txt", b"b"), queue.submit(str(path))
    for identity, job in (("upload:b.txt", upload), (str(path.resolve()), source)):
        assert queue.coming(identity)
        queue.cancel(job)
        assert not queue.coming(identity)


def test_a_cancelled_job_is_not_brought_back_by_the_worker(queue: JobQueue) -> None:
    job = queue.submit("https://a.example/")
    queue.advance(job, "embedding", "3 of 40 passages")
    assert (queue.recent()[0].state, queue.recent()[0].message) == ("embedding", "3 of 40 passages")
    queue.cancel(job)
    queue.advance(job, "embedding", "9 of 40 passages")
    queue.put_back([job])
    assert (queue.recent()[0].state, queue.recent()[0].message) == ("failed", "Cancelled")


def test_what_a_killed_process_left_begins_again_and_what_failed_on_demand(queue: JobQueue) -> None:
    running, failed, done, waiting = (queue.submit(f"https://a.example/{number}") for number in range(4))
    queue.advance(running, "reading")
    queue.finish(failed, AddedDocument("failed", "x", error=("unreadable", "no")))
    queue.finish(done, AddedDocument("unchanged", "x"))
    queue.begin_again()
    assert states(queue) == ["waiting", "failed", "done", "waiting"]
    assert queue.active() == 2
    queue.retry(done)
    queue.retry_failed()
    assert states(queue) == ["waiting", "waiting", "done", "waiting"]
    queue.cancel_all()
    assert states(queue) == ["failed", "failed", "done", "failed"]


def test_members_are_queued_all_or_none_and_end_the_job_of_their_archive(
    queue: JobQueue, quick_store: Store
) -> None:
    archive = queue.submit_upload("all.zip", b"packed")
    members = [
        AddItem((0, place), f"upload:all.zip!/{name}", name, {"publisher": "Delta"}, data=data, depth=1)
        for place, (name, data) in enumerate((("a.txt", b"a"), ("b.txt", b"b")))
    ]
    with quick_store.ledger.transaction() as connection:
        connection.execute(
            "CREATE TRIGGER fault BEFORE INSERT ON jobs WHEN new.name = 'b.txt' "
            "BEGIN SELECT raise(ABORT, 'no room'); END"
        )
    with pytest.raises(Exception, match="no room"):
        queue.submit_members(members, archive)
    assert states(queue) == ["waiting"]
    with quick_store.ledger.transaction() as connection:
        connection.execute("DROP TRIGGER fault")
    queue.submit_members(members, archive)
    assert states(queue) == ["done", "waiting", "waiting"]
    assert queue.recent()[-1].message == "2 files in it"
    request = queue.next_waiting(archive).request  # type: ignore[union-attr]
    assert (request["identity"], request["depth"]) == ("upload:all.zip!/a.txt", 1)
    assert not quick_store.originals.has(sha256("packed")), "no version was read from the archive itself"
    assert quick_store.originals.has(sha256("a"))
