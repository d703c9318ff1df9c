from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hashed_model import HashedModel

from vectorstore import Store


@pytest.fixture
def quick_store(tmp_path: Path) -> Iterator[Store]:
    """An empty store whose model needs no loading."""
    opened = Store(tmp_path / "data", HashedModel())
    yield opened
    opened.close()
