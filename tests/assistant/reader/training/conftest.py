from __future__ import annotations

from pathlib import Path

import pytest

_WITH_TORCH = {"test_encoding.py", "test_export.py", "test_train.py"}  # all of them of the index tier


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Importing torch takes four seconds, which `-m unit` would pay for tests that it leaves out."""
    return True if config.getoption("markexpr") == "unit" and collection_path.name in _WITH_TORCH else None
