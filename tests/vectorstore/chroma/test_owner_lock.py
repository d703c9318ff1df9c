"""One owner at a time, known by name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from vectorstore import Store
from vectorstore.chroma.owner_lock import OwnerLock


def test_the_second_to_ask_is_told_no_until_the_first_lets_go(tmp_path: Path) -> None:
    first, second = OwnerLock(tmp_path), OwnerLock(tmp_path)
    assert first.acquire("the app") and not second.acquire("the shell")
    assert first.held and not second.held
    first.release()
    assert second.acquire("the shell") and "the shell" in first.holder()


def test_the_holder_may_ask_again_and_others_may_let_go_in_vain(tmp_path: Path) -> None:
    first, second = OwnerLock(tmp_path), OwnerLock(tmp_path)
    assert first.acquire("the app") and first.acquire("another name")
    second.release()
    assert first.held and "the app" in second.holder()


@pytest.mark.parametrize("content", [None, "", "{}", '{"name": "x"}'])
def test_an_owner_without_a_readable_name_is_another_process(tmp_path: Path, content: str | None) -> None:
    lock = OwnerLock(tmp_path)
    if content is not None:
        (tmp_path / "owner.json").write_text(content)
    assert lock.holder() == "another process"


def test_a_name_that_cannot_be_written_does_not_keep_anybody_from_owning(tmp_path: Path) -> None:
    (tmp_path / "owner.json").mkdir()
    lock = OwnerLock(tmp_path)
    assert lock.acquire("the app") and lock.held and lock.holder() == "another process"


def test_the_lock_names_its_holder_and_ends_with_its_process(store: Store) -> None:
    script = (
        "import sys,time; from pathlib import Path; from vectorstore.chroma.owner_lock import OwnerLock;"
        "lock=OwnerLock(Path(sys.argv[1])); print(lock.acquire('a stranger'), flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(store.folder)], stdout=subprocess.PIPE, text=True
    ) as stranger:
        assert stranger.stdout is not None and stranger.stdout.readline().strip() == "True"
        assert not store.own("the test")
        assert f"a stranger (process {stranger.pid}" in store.dense.lock.holder()
        stranger.kill()
        stranger.wait()
    assert store.own("the test", wait=5)
