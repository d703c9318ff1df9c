"""Chroma in a process of its own, which may end without harm to this one."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from vectorstore.chroma import process
from vectorstore.chroma.process import ChromaBusy, ChromaLost, ChromaProcess, ChromaUnavailable

pytestmark = pytest.mark.index

AXES = np.eye(3, dtype=np.float32)


@pytest.fixture
def chroma(tmp_path: Path) -> Iterator[ChromaProcess]:
    started = ChromaProcess(tmp_path / "chroma" / "1", "passages", 3)
    yield started
    started.kill()


def test_vectors_and_hits_pass_between_the_processes_unchanged(chroma: ChromaProcess) -> None:
    chroma.upsert([1, 2, 3], [5, 5, 6], AXES)
    chroma.delete([3])
    assert chroma.count() == 2
    assert chroma.query(AXES[1:2], 1) == [[(2, pytest.approx(1.0))]]
    [(rows, vectors)] = chroma.contents()
    assert rows == [1, 2] and vectors == pytest.approx(AXES[:2])
    chroma.clear()
    assert chroma.count() == 0 and list(chroma.contents()) == []


def test_what_was_closed_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    first = ChromaProcess(tmp_path / "chroma" / "1", "passages", 3)
    first.upsert([1], [1], AXES[:1])
    assert first.close()
    second = ChromaProcess(tmp_path / "chroma" / "1", "passages", 3)
    assert second.count() == 1 and second.close()
    assert not second.close(), "nothing is left to close"


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_crash_is_an_error_that_names_the_signal(chroma: ChromaProcess) -> None:
    os.kill(chroma.process_id, signal.SIGSEGV)
    with pytest.raises(ChromaLost, match=f"signal {int(signal.SIGSEGV)}"):
        chroma.count()


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_call_that_hangs_ends_at_its_limit(chroma: ChromaProcess) -> None:
    os.kill(chroma.process_id, signal.SIGSTOP)
    with pytest.raises(ChromaLost):
        chroma._exchange("count", seconds=0.2)


def test_chroma_s_own_error_is_told_and_the_process_lives_on(chroma: ChromaProcess) -> None:
    with pytest.raises(ChromaUnavailable, match="Chroma failed at .*chroma") as caught:
        chroma._call("query", b"1", n=1)
    assert not isinstance(caught.value, ChromaLost)
    assert chroma.count() == 0


def test_whoever_does_not_wait_is_told_that_chroma_is_busy(chroma: ChromaProcess) -> None:
    asked = threading.Event()
    with chroma._turn:
        with pytest.raises(ChromaBusy):
            chroma.query(AXES[:1], 1, patience=0.01)
        waiting = threading.Thread(target=lambda: (chroma.count(), asked.set()))
        waiting.start()
        assert not asked.wait(0.1), "without patience a call waits for its turn"
    waiting.join(30)
    assert asked.is_set()


def test_a_folder_that_cannot_be_opened_leaves_no_process_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[object] = []
    end = process.child_process.end_process
    monkeypatch.setattr(process.child_process, "end_process", lambda child: (ended.append(child), end(child)))
    (tmp_path / "chroma").write_text("a file in its place")
    with pytest.raises(ChromaUnavailable):
        ChromaProcess(tmp_path / "chroma" / "1", "passages", 3)
    assert len(ended) == 1
