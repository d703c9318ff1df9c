"""A bad file ends the reading process and nothing else."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from ingest_samples import FIRST, PAGE

from ingest import Attachment, Document, IngestError, read, read_isolated
from ingest.isolation import IsolatedReader
from ingest.wire import read_answer, write_answer


@pytest.fixture
def reader() -> Iterator[IsolatedReader]:
    reader = IsolatedReader(seconds=30)
    yield reader
    reader.close()


def process_id(reader: IsolatedReader) -> int:
    process = reader._process
    assert process is not None
    return process.pid


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


def test_a_crash_while_reading_is_an_error_of_that_file_alone(reader: IsolatedReader) -> None:
    reader.read(FIRST.encode(), "a.txt")
    victim = process_id(reader)
    os.kill(victim, signal.SIGSTOP)
    threading.Timer(0.3, os.kill, (victim, signal.SIGKILL)).start()
    with pytest.raises(IngestError) as caught:
        reader.read(FIRST.encode(), "b.txt")
    assert caught.value.code == "unreadable"
    assert reader.read(FIRST.encode(), "c.txt").text == FIRST


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
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": root},
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "Only words here.", done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited on Linux alone")
def test_the_process_may_use_a_limited_address_space(reader: IsolatedReader) -> None:
    reader.read(FIRST.encode(), "a.txt")
    with open(f"/proc/{process_id(reader)}/limits", encoding="ascii") as file:
        limit = next(line for line in file if line.startswith("Max address space")).split()[3]
    assert 1 << 30 < int(limit) < 4 << 30


def test_importing_the_package_imports_no_reader() -> None:
    heavy = "('lxml', 'docx', 'pypdfium2', 'trafilatura', 'httpx')"
    code = f"import sys, ingest; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_documents_survive_the_wire(word: bytes) -> None:
    attachments = (Attachment("a.txt", b"one"), Attachment("b.bin", b"\0\xff" * 1000))
    document = replace(read(word, "a.docx"), attachments=attachments)
    stream = io.BytesIO()
    write_answer(stream, document)
    stream.seek(0)
    assert read_answer(stream, 1_000_000) == document
    stream.seek(0)
    with pytest.raises(ValueError):
        read_answer(stream, stream.getbuffer().nbytes - 30)


def test_the_reading_process_gives_the_same_document(word: bytes) -> None:
    document = read(word, "a.docx")
    assert read_isolated(word, "a.docx") == document
