"""A bad file ends the reading process and nothing else."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from ingest_samples import FIRST, PAGE

from ingest import Document, IngestError, read, read_isolated
from ingest.sandbox.client import IsolatedReader

pytestmark = pytest.mark.index


@pytest.fixture
def reader() -> Iterator[IsolatedReader]:
    reader = IsolatedReader(seconds=30)
    yield reader
    reader.close()


def process_id(reader: IsolatedReader) -> int:
    assert reader.process_id is not None
    return reader.process_id


def wait_for_end(reader: IsolatedReader) -> None:
    process = reader._process
    assert process is not None
    process.wait(10)


def test_a_document_arrives_as_it_was_read(reader: IsolatedReader, pdf: bytes) -> None:
    for data, name in ((pdf, "a.pdf"), (PAGE.encode(), "a.html"), (FIRST.encode(), "a.txt")):
        assert reader.read(data, name) == read(data, name)


def test_errors_arrive_with_code_and_message(reader: IsolatedReader) -> None:
    with pytest.raises(IngestError) as caught:
        reader.read(b"", "a.txt")
    assert caught.value.code == "empty"
    assert reader.read(FIRST.encode(), "b.txt").text == FIRST


def test_one_process_serves_many_files(reader: IsolatedReader) -> None:
    reader.read(FIRST.encode(), "a.txt")
    first = process_id(reader)
    reader.read(FIRST.encode(), "b.txt")
    assert process_id(reader) == first


def test_a_process_that_died_is_replaced(reader: IsolatedReader) -> None:
    reader.read(FIRST.encode(), "a.txt")
    first = process_id(reader)
    os.kill(first, signal.SIGSEGV)
    wait_for_end(reader)
    assert reader.read(FIRST.encode(), "b.txt").text == FIRST
    assert process_id(reader) != first


def kill_the_next(reader: IsolatedReader, *, after: int | None) -> threading.Thread:
    """Kills the process that follows the one with the number `after`, as soon as it is there."""

    def kill() -> None:
        while reader.process_id in (after, None):
            time.sleep(0.001)
        os.kill(process_id(reader), signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    return thread


def test_a_file_that_ends_a_fresh_process_is_an_error_of_that_file_alone(reader: IsolatedReader) -> None:
    killer = kill_the_next(reader, after=None)
    with pytest.raises(IngestError) as caught:
        reader.read(FIRST.encode(), "b.txt")
    killer.join()
    assert caught.value.code == "unreadable" and caught.value.message.startswith("b.txt ")
    assert reader.read(FIRST.encode(), "c.txt").text == FIRST


def test_a_file_is_not_blamed_for_what_an_earlier_one_left_behind(reader: IsolatedReader) -> None:
    reader.read(FIRST.encode(), "a.txt")
    damaged = process_id(reader)
    os.kill(damaged, signal.SIGSTOP)
    threading.Timer(0.3, os.kill, (damaged, signal.SIGKILL)).start()
    assert reader.read(FIRST.encode(), "b.txt").text == FIRST
    assert process_id(reader) != damaged


def test_but_it_is_where_it_ends_a_fresh_process_too(reader: IsolatedReader) -> None:
    reader.read(FIRST.encode(), "a.txt")
    damaged = process_id(reader)
    os.kill(damaged, signal.SIGSTOP)
    killer = kill_the_next(reader, after=damaged)
    os.kill(damaged, signal.SIGKILL)
    with pytest.raises(IngestError) as caught:
        reader.read(FIRST.encode(), "b.txt")
    killer.join()
    assert caught.value.code == "unreadable"


def test_a_process_that_does_not_start_is_told_from_a_bad_file(
    reader: IsolatedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.sandbox.child_process.sys.executable", shutil.which("false"))
    with pytest.raises(IngestError, match="does not start"):
        reader.read(FIRST.encode(), "a.txt")


def test_a_file_that_takes_too_long_is_given_up() -> None:
    reader = IsolatedReader(seconds=20)
    reader.read(FIRST.encode(), "a.txt")
    os.kill(process_id(reader), signal.SIGSTOP)
    reader._seconds = 0.3
    with pytest.raises(IngestError) as caught:
        reader.read(FIRST.encode(), "b.txt")
    assert caught.value.code == "timeout"
    reader._seconds = 20
    assert reader.read(FIRST.encode(), "c.txt").text == FIRST
    reader.close()


def test_an_answer_over_the_limit_is_refused() -> None:
    reader = IsolatedReader(seconds=30, largest_answer=2000)
    with pytest.raises(IngestError) as caught:
        reader.read((FIRST * 20).encode(), "a.txt")
    assert caught.value.code == "too_large"
    reader.close()


def test_threads_share_the_process(reader: IsolatedReader) -> None:
    results: list[Document] = []
    texts = [f"{FIRST} Number {number}." for number in range(6)]
    threads = [
        threading.Thread(target=lambda text=text: results.append(reader.read(text.encode(), "a.txt")))
        for text in texts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(result.text for result in results) == texts


def test_it_works_from_any_main_module_and_folder(tmp_path: object) -> None:
    # A json.py in the current folder must not be taken for the standard library's.
    folder = str(tmp_path)
    with open(os.path.join(folder, "json.py"), "w", encoding="utf-8") as file:
        file.write("raise SystemExit('taken')\n")
    code = "from ingest import read_isolated; print(read_isolated(b'Only words here.', 'a.txt').text)"
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": root},
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "Only words here.", done.stderr


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc, which is Linux's")


@on_linux
def test_the_process_is_limited_and_knows_no_secret_of_its_callers_environment(
    reader: IsolatedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOME_PROVIDER_API_KEY", "sk-not-to-be-told")
    reader.read(FIRST.encode(), "a.txt")
    process = Path(f"/proc/{process_id(reader)}")
    told = (process / "environ").read_bytes()
    assert b"sk-not-to-be-told" not in told
    assert b"ORT_DISABLE_TELEMETRY=1" in told.split(b"\0")
    limits = {
        line[:26].strip(): line[26:].split()[:2] for line in (process / "limits").read_text().splitlines()
    }
    for name, most in (
        ("Max data size", 1 << 30),
        ("Max address space", 4 << 30),
        ("Max file size", 0),
        ("Max open files", 128),
        ("Max core file size", 0),
    ):
        assert all(int(limit) <= most for limit in limits[name]), name


def test_the_reading_process_gives_the_same_document(word: bytes) -> None:
    document = read(word, "a.docx")
    assert read_isolated(word, "a.docx") == document
