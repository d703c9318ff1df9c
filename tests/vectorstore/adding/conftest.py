from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hashed_model import HashedModel
from putting import HERONS, OTTERS

from vectorstore import Store
from vectorstore.adding.jobs import JobQueue


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "herons.txt").write_text(HERONS, "utf8")
    (tmp_path / "in" / "otters.md").write_text("# " + OTTERS, "utf8")
    return tmp_path / "in"


@pytest.fixture
def jobs(store: Store) -> JobQueue:
    return JobQueue(store)


@pytest.fixture
def quick_store(tmp_path: Path) -> Iterator[Store]:
    """An empty store whose model needs no loading."""
    opened = Store(tmp_path / "data", HashedModel())
    yield opened
    opened.close()
