"""Chroma's files damaged while nobody has them open: found at the next opening, and mended from the ledger."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from putting import put

from vectorstore import Store

ANIMALS = "heron otter crane stork pelican egret ibis cormorant grebe plover".split()


def truncated(files: list[Path], old: Path) -> None:
    files[0].write_bytes(files[0].read_bytes()[: files[0].stat().st_size // 2])


def overwritten(files: list[Path], old: Path) -> None:
    """As a failing disk does it: neither size nor time of the file tells."""
    times = files[0].stat()
    data = bytearray(files[0].read_bytes())
    at = len(data) // 3
    data[at : at + 64] = random.Random(1).randbytes(64)
    files[0].write_bytes(data)
    os.utime(files[0], ns=(times.st_atime_ns, times.st_mtime_ns))


def without_database(files: list[Path], old: Path) -> None:
    next(one for one in files if one.name == "chroma.sqlite3").unlink()


def without_segment(files: list[Path], old: Path) -> None:
    for one in files:
        if one.name != "chroma.sqlite3":
            one.unlink()


def emptied(files: list[Path], old: Path) -> None:
    for one in files:
        one.unlink()


def set_back(files: list[Path], old: Path) -> None:
    """An older copy, whole and cleanly closed in its time."""
    folder = next(one for one in files if one.name == "chroma.sqlite3").parent
    shutil.rmtree(folder)
    shutil.copytree(old, folder)


@pytest.mark.parametrize(
    "damage", [truncated, overwritten, without_database, without_segment, emptied, set_back]
)
def test_damage_is_found_and_mended_and_costs_no_answer(
    store: Store,
    new_store: Callable[..., Store],
    tmp_path: Path,
    damage: Callable[[list[Path], Path], None],
) -> None:
    documents = {animal: put(store, animal, f"The {animal} nests in March.") for animal in ANIMALS[:6]}
    folder = tmp_path / "data" / "chroma" / "1"
    _close_owned(store)
    shutil.copytree(folder, tmp_path / "old")
    store = new_store()
    documents |= {animal: put(store, animal, f"The {animal} nests in March.") for animal in ANIMALS[6:]}
    _close_owned(store)
    files = sorted((one for one in folder.rglob("*") if one.is_file()), key=lambda one: -one.stat().st_size)
    damage(files, tmp_path / "old")
    later = new_store()
    assert later.search("Which bird is the plover?").passages[0].document_id == documents["plover"]
    assert later.own("a test")
    later.sync()
    assert later.dense.compare().any is False
    for animal, document in documents.items():
        assert later.search(f"the {animal} nests").passages[0].document_id == document


def _close_owned(store: Store) -> None:
    assert store.own("a test")
    store.sync()
    store.close()
