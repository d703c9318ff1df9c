from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from putting import Clock, put
from working import Everything, wait_for, wait_until, work

from vectorstore import EmbeddingModel, ModelMismatch, Store
from vectorstore.adding.add import AddProgress, add
from vectorstore.adding.intake import AddItem, ReadItem
from vectorstore.adding.job_worker import JobWorker
from vectorstore.adding.jobs import JobQueue
from vectorstore.adding.outcome import AddedDocument
from vectorstore.adding.pipeline import run_pipeline

HERONS = (
    "Herons of the delta\n\nThe herons of the inner delta nest in March. Rangers counted 412 nests in 2021.\n"
)
OTTERS = (
    "Otters of the delta\n\nThe otters of the inner delta hunt at dusk. Rangers saw nine of them in 2022.\n"
)
CRANES = "Cranes of the delta\n\nThe cranes of the inner delta leave in April.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "herons.txt").write_text(HERONS, "utf8")
    (tmp_path / "in" / "otters.md").write_text("# " + OTTERS, "utf8")
    return tmp_path / "in"


def statuses(store: Store, *inputs: Path | str, **options: object) -> list[str]:
    return [one.status for one in add(store, [str(one) for one in inputs], **options).documents]  # type: ignore[arg-type]


def test_a_folder_goes_in_and_adding_it_again_changes_nothing(store: Store, folder: Path) -> None:
    assert statuses(store, folder) == ["added", "added"]
    revision = store.ledger.revision
    assert statuses(store, folder) == ["unchanged", "unchanged"]
    assert store.ledger.revision == revision


def test_a_changed_file_replaces_its_old_version(store: Store, folder: Path) -> None:
    statuses(store, folder)
    (folder / "herons.txt").write_text(HERONS.replace("412", "390"), "utf8")
    assert statuses(store, folder) == ["replaced", "unchanged"]
    assert "390" in store.search("nests").passages[0].text


def test_the_same_bytes_or_text_elsewhere_are_a_duplicate_of_the_first(store: Store, folder: Path) -> None:
    first = add(store, [str(folder / "herons.txt")]).documents[0].record
    (folder / "copy.txt").write_text(HERONS, "utf8")
    (folder / "respaced.txt").write_text(HERONS.replace(" ", "  "), "utf8")
    report = add(store, [str(folder / "copy.txt"), str(folder / "respaced.txt")])
    assert [one.status for one in report.documents] == ["duplicate", "duplicate"]
    assert first is not None and {one.to_json()["document_id"] for one in report.documents} == {
        first.document_id
    }


@pytest.mark.parametrize("text", ["as it was", "its white space"])
@pytest.mark.parametrize("old", ["report-old.txt", "report2.txt"])  # read before and after report.txt
def test_what_a_rotated_file_held_is_not_lost(store: Store, tmp_path: Path, old: str, text: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "report.txt").write_text(HERONS)
    statuses(store, folder)
    (folder / old).write_text(HERONS if text == "as it was" else HERONS.replace(" ", "  "))
    (folder / "report.txt").write_text(OTTERS)
    report = add(store, [str(folder)])
    assert {one.source: one.status for one in report.documents} == {old: "added", "report.txt": "replaced"}
    assert "412" in store.search("nests of herons").passages[0].text
    assert set(statuses(store, folder)) == {"unchanged"}


@pytest.mark.parametrize("turn", [1, -1])
def test_files_that_change_places_all_have_their_new_content(store: Store, tmp_path: Path, turn: int) -> None:
    contents = [HERONS, OTTERS, CRANES]
    for place, content in enumerate(contents):
        (tmp_path / f"{place}.txt").write_text(content)
    paths = sorted(tmp_path.glob("*.txt"))
    statuses(store, *paths)
    for place, path in enumerate(paths):
        path.write_text(contents[(place + turn) % 3])
    assert statuses(store, *paths) == ["replaced"] * 3
    assert [store.text(one.document_id).strip() for one in store.documents()] == [
        path.read_text().strip() for path in paths
    ]


@pytest.mark.parametrize("copy", [HERONS, HERONS.replace(" ", "  ")], ids=["bytes", "words"])
def test_what_a_file_held_before_it_became_a_copy_is_found_no_more(
    store: Store, folder: Path, copy: str
) -> None:
    statuses(store, folder)
    (folder / "otters.md").write_text(copy, "utf8")
    assert statuses(store, folder / "otters.md") == ["duplicate"]
    assert [one.source for one in store.documents()] == ["herons.txt"]
    assert all("otters" not in one.text for one in store.search("otters at dusk").passages)
    (folder / "otters.md").write_text("# " + OTTERS, "utf8")
    assert statuses(store, folder) == ["unchanged", "added"]


def test_a_copy_that_comes_before_its_first_is_still_its_duplicate(store: Store, folder: Path) -> None:
    statuses(store, folder)
    (folder / "a-copy.txt").write_text(HERONS, "utf8")
    seen: list[AddProgress] = []
    assert statuses(store, folder, progress=seen.append) == ["duplicate", "unchanged", "unchanged"]
    assert seen[-1].done == seen[-1].total == 3


def test_what_is_put_off_is_added_where_the_sources_fail(store: Store) -> None:
    class Coming(Everything):
        def coming(self, identity: str) -> bool:
            return identity == "test:otters" and not done

    def items() -> Iterator[AddItem]:
        yield AddItem((0,), "test:moved", "moved.txt", data=OTTERS.encode())
        yield AddItem((1,), "test:otters", "otters.txt", data=CRANES.encode())
        raise OSError("the list of sources cannot be read any further")

    done: list[str] = []
    statuses_of = {}
    put(store, "otters", OTTERS)
    with pytest.raises(OSError, match="any further"):
        for item, one in run_pipeline(store, items(), Coming()):
            done.append(item.name)
            statuses_of[item.name] = one.status
    assert statuses_of == {"otters.txt": "replaced", "moved.txt": "added"}


def test_one_bad_file_stops_none_of_the_others(store: Store, folder: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    (folder / "empty.txt").write_text("")
    (folder / "picture.xyz").write_bytes(bytes(range(256)) * 20)
    report = add(store, [str(folder), str(folder / "nowhere.txt")])
    failed = {one.source: one.error for one in report.documents if one.status == "failed"}
    assert len(store.documents()) == 2
    assert {Path(name).name for name in failed} == {"broken.pdf", "empty.txt", "picture.xyz", "nowhere.txt"}
    assert all(error is not None and len(error[1]) > 20 for error in failed.values())
    assert all(one.to_json()["document_id"] is None for one in report.documents if one.status == "failed")


def test_where_sources_come_from_may_fail_and_what_came_before_is_added(store: Store) -> None:
    def items() -> Iterator[AddItem]:
        yield AddItem((0,), "test:herons", "herons.txt", data=HERONS.encode())
        yield AddItem((1,), "test:otters", "otters.txt", data=OTTERS.encode())
        raise OSError("the list of sources cannot be read any further")

    became = []
    with pytest.raises(OSError, match="any further"):
        for item, one in run_pipeline(store, items(), Everything()):
            became.append((item.name, one.status))
    assert became == [("herons.txt", "added"), ("otters.txt", "added")]


def test_an_item_that_the_watch_fails_on_is_the_only_one_to_fail(store: Store) -> None:
    class Failing(Everything):
        def wanted(self, item: AddItem) -> bool:
            if item.name == "herons.txt":
                raise OSError("no room to look")
            return True

        def members(self, taken: ReadItem) -> Sequence[AddItem]:
            if taken.item.name == "otters.txt":
                raise OSError("no room for members")
            return ()

    items = [
        AddItem((place,), f"test:{name}", f"{name}.txt", data=text.encode())
        for place, (name, text) in enumerate({"herons": HERONS, "otters": OTTERS, "cranes": CRANES}.items())
    ]
    became = {item.name: one.error and one.error[0] for item, one in run_pipeline(store, items, Failing())}
    assert became == {"herons.txt": "unwritable", "otters.txt": "unwritable", "cranes.txt": None}


def test_what_was_embedded_before_the_model_was_changed_is_not_added(
    store: Store, new_store: Callable[..., Store], other_model: str
) -> None:
    class Changing(Everything):
        """Between embedding and publishing, another process changes the model."""

        embedded = False

        def tell(self, item: AddItem, state: str, at: int = 0, of: int = 0) -> None:
            self.embedded |= state == "embedding"

        def wanted(self, item: AddItem) -> bool:
            if self.embedded:
                other.rebuild(EmbeddingModel(other_model))
            return True

    other = new_store()
    put(store, "otters", OTTERS)
    items = [AddItem((0,), "test:herons", "herons.txt", data=HERONS.encode())]
    [(_, became)] = run_pipeline(store, items, Changing())
    assert became.error is not None and became.error[0] == "model_mismatch"
    assert "briefing rebuild" in became.error[1]
    with pytest.raises(ModelMismatch):
        store.edit(store.documents()[0].document_id, {"title": "Otters"})
    assert [one.source for one in other.documents()] == ["otters"] and other.search("otters").passages
    assert put(other, "herons", HERONS)


def test_what_the_user_states_overrides_what_was_read(store: Store, folder: Path) -> None:
    stated = {"publisher": "Delta Watch", "published": "2022-02", "tags": ["birds"]}
    record = add(store, [str(folder / "herons.txt")], corrected=stated).documents[0].record
    assert record is not None
    assert (record.publisher, record.published, record.tags) == ("Delta Watch", "2022-02", ("birds",))


def test_tags_of_the_front_matter_are_the_document_s_until_people_set_others(
    store: Store, folder: Path
) -> None:
    (folder / "otters.md").write_text(f"---\ntags: [rivers, otters]\n---\n# {OTTERS}", "utf8")
    [added] = add(store, [str(folder / "otters.md")]).documents
    assert added.record is not None and added.record.tags == ("rivers", "otters")
    [again] = add(store, [str(folder / "otters.md")], corrected={"tags": ["mammals"]}).documents
    assert again.record is not None and again.record.tags == ("mammals",)


def test_a_file_s_time_is_never_its_date(store: Store, folder: Path) -> None:
    record = add(store, [str(folder / "herons.txt")]).documents[0].record
    assert record is not None and record.published is None


def test_progress_is_told_for_every_source(store: Store, folder: Path) -> None:
    seen: list[AddProgress] = []
    add(store, [str(folder)], progress=seen.append)
    assert {(one.name, one.state) for one in seen} >= {("herons.txt", "reading"), ("otters.md", "done")}
    assert seen[-1].done == seen[-1].total == 2


@pytest.fixture
def site(folder: Path) -> Iterator[str]:
    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(folder))  # type: ignore[arg-type]

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_page_is_added_by_its_address_only_where_private_ones_are_allowed(store: Store, site: str) -> None:
    refused = add(store, [f"{site}/herons.txt"]).documents[0]
    assert refused.error is not None and refused.error[0] == "address_refused"
    assert statuses(store, f"{site}/herons.txt", allow_private=True) == ["added"]
    assert store.documents()[0].source == f"{site}/herons.txt"


# -- in the background


@pytest.fixture
def jobs(store: Store) -> JobQueue:
    return JobQueue(store)


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


def test_an_upload_of_what_another_one_replaces_is_added(store: Store, jobs: JobQueue) -> None:
    jobs.submit_upload("report.txt", HERONS.encode())
    work(store, jobs)
    jobs.submit_upload("report-old.txt", HERONS.encode())
    jobs.submit_upload("report.txt", OTTERS.encode(), replaces=store.documents()[0].document_id)
    assert {one.name: one.status for one in work(store, jobs)[:2]} == {
        "report-old.txt": "added", "report.txt": "replaced",
    }  # fmt: skip
    assert "412" in store.search("nests of herons").passages[0].text


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
        assert number >= 30 or jobs.standing().seconds is None
        clock.go(2)
        if number == 20:
            clock.go(step)
        jobs.finish(job, AddedDocument("unchanged", "a report"))
    clock.go(1)
    standing = jobs.standing()
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
    seconds = jobs.standing().seconds
    assert seconds is not None and 1.5 <= seconds <= 2


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ('<link rel="canonical" href="https://Delta.example/herons#top">', "https://delta.example/herons"),
        ('<meta property="og:url" content="https://delta.example/h">', "https://delta.example/h"),
        ('<link rel="canonical" href="/herons">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
    ],
)
def test_a_saved_page_knows_its_address(store: Store, folder: Path, link: str, address: str | None) -> None:
    page = folder / "saved.html"
    page.write_text(f"<html><head><title>Herons</title>{link}</head><body><p>{HERONS}</p></body></html>")
    [added] = add(store, [str(page)]).documents
    assert added.record is not None and added.record.address == address
    assert store.documents()[0].address == address


def test_pages_that_were_not_read_are_tried_again(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest import Block, Document, Metadata
    from vectorstore.adding import intake

    def half(data: bytes, name: str, address: str | None = None) -> Document:
        told = {"pages": "no text on page 2."} if len(read) < 2 else {}
        text = HERONS if len(read) < 2 else HERONS + OTTERS
        read.append(name)
        return Document(text, (Block(0, len(text)),), "pdf", Metadata(found=told), 2)

    read: list[str] = []
    monkeypatch.setattr(intake, "read_isolated", half)
    assert [statuses(store, folder / "herons.txt") for _ in range(4)] == [
        ["added"], ["unchanged"], ["replaced"], ["unchanged"],
    ]  # fmt: skip
    assert len(read) == 3
