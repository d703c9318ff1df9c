from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from vectorstore.ledger.database import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger in a folder of its own."""
    opened = Ledger(tmp_path)
    yield opened
    opened.close()
