"""The list of what is being added: its order, its rows and the time that is left."""

from __future__ import annotations

import pytest
from page_values import job

from assistant.pages.shared import jobs
from vectorstore.adding.jobs import QueueStatus
from vectorstore.adding.prefetch import CANCELLED


def test_what_failed_comes_first_and_what_waits_in_its_turn() -> None:
    listed = [
        job("a", "done", 1), job("b", "done", 2), job("c", "waiting", 3), job("d", "waiting", 4),
        job("e", "reading", 5), job("f", "failed", 6),
    ]  # fmt: skip
    assert [one.name for one in sorted(listed, key=jobs._sort_key)] == ["f", "e", "c", "d", "b", "a"]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "less than a minute left"),
        (29, "less than a minute left"),
        (31, "about 1 minute left"),
        (300, "about 5 minutes left"),
        (99 * 60, "about 99 minutes left"),
        (100 * 60, "about 2 hours left"),
    ],
)
def test_the_time_left_is_told_in_minutes_up_to_99(seconds: float, words: str) -> None:
    assert jobs._time_left(seconds) == words


def test_progress_names_failures_and_the_time_left_only_if_there_are_any() -> None:
    assert "failed" not in jobs._progress(QueueStatus(left=2, done=1, failed=0, seconds=None), 3)
    line = jobs._progress(QueueStatus(left=2, done=1, failed=1, seconds=60), 4)
    assert "1 of 4 done" in line and "1 failed" in line and "1 minute left" in line


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("/home/ana/reports/mali.pdf", "mali.pdf"),
        ("C:\\Reports\\mali.pdf", "mali.pdf"),
        ("https://wire.example/a/b", "https://wire.example/a/b"),
        ("mali.pdf", "mali.pdf"),
        ("/", "/"),
    ],
)
def test_a_file_is_called_by_its_name_without_folders_of_this_machine(name: str, shown: str) -> None:
    assert jobs.name_of(job(name)) == shown


def test_a_failure_says_why_and_names_its_file_once() -> None:
    failed = job("/tmp/a&b.pdf", "failed", code="broken", message="/tmp/a&b.pdf is no PDF: open it <again>")
    row = jobs._status(failed)
    assert (
        row.count("a&amp;b.pdf") == 1 and "/tmp" not in row and "&lt;again&gt;" in row and "bd-failed" in row
    )
    assert "It could not be added." in jobs._status(job("x.pdf", "failed", code="broken"))


@pytest.mark.parametrize(
    ("state", "changes", "said"),
    [
        ("done", {"status": "unchanged"}, "Already in the library, unchanged"),
        ("done", {}, "Done"),
        ("failed", {"code": CANCELLED[0], "message": CANCELLED[1]}, CANCELLED[1]),
        ("reading", {}, "Reading …"),
        ("embedding", {"message": "page 3"}, "Indexing, page 3 …"),
    ],
)
def test_a_row_says_what_became_of_its_report(state: str, changes: dict[str, str], said: str) -> None:
    row = jobs._status(job("x.pdf", state, **changes))
    assert f">{said}</span>" in row and "bd-failed" not in row
