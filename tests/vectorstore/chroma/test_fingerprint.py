"""Files that changed after they were closed are not trusted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from vectorstore.chroma.fingerprint import index_state, remove_fingerprint, write_fingerprint
from vectorstore.ledger.database import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "data")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of two files."""
    folder = tmp_path / "chroma"
    (folder / "segment").mkdir(parents=True)
    (folder / "chroma.sqlite3").write_bytes(b"rows")
    (folder / "segment" / "data.bin").write_bytes(b"vectors")
    return folder


def test_files_left_alone_are_clean(folder: Path, ledger: Ledger) -> None:
    write_fingerprint(folder, ledger)
    assert index_state(folder, ledger) == "clean"
    write_fingerprint(folder, ledger)
    assert index_state(folder, ledger) == "clean", "the fingerprint is no part of what it covers"


CHANGES: dict[str, Callable[[Path], object]] = {
    "another byte": lambda folder: (folder / "segment" / "data.bin").write_bytes(b"vectorz"),
    "a file less": lambda folder: (folder / "chroma.sqlite3").unlink(),
    "a file more": lambda folder: (folder / "new.bin").write_bytes(b""),
    "another name": lambda folder: (folder / "chroma.sqlite3").rename(folder / "other.sqlite3"),
    "no JSON": lambda folder: (folder / "closed.json").write_bytes(b"\x00"),
    "other JSON": lambda folder: (folder / "closed.json").write_text("[]"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_is_seen(folder: Path, ledger: Ledger, change: str) -> None:
    write_fingerprint(folder, ledger)
    CHANGES[change](folder)
    assert index_state(folder, ledger) == "changed"


def test_files_that_were_opened_and_never_closed_are_unclosed(folder: Path, ledger: Ledger) -> None:
    assert index_state(folder, ledger) == "unclosed"
    write_fingerprint(folder, ledger)
    remove_fingerprint(folder)
    assert index_state(folder, ledger) == "unclosed"


def test_an_older_copy_is_changed_though_its_own_fingerprint_fits(folder: Path, ledger: Ledger) -> None:
    write_fingerprint(folder, ledger)
    older = (folder / "closed.json").read_text("utf8")
    write_fingerprint(folder, ledger)
    (folder / "closed.json").write_text(older, "utf8")
    assert json.loads(older)["files"] and index_state(folder, ledger) == "changed"
