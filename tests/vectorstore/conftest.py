from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vectorstore import EmbeddingModel, Store


@pytest.fixture(scope="session")
def model(models: Path) -> EmbeddingModel:
    return EmbeddingModel(cache=models)


@pytest.fixture
def new_store(tmp_path: Path, model: EmbeddingModel) -> Iterator[Callable[..., Store]]:
    """Opens the same folder again and again, as other processes and later runs would, or another one."""
    opened: list[Store] = []

    def open_store(folder: Path | None = None) -> Store:
        opened.append(Store(folder or tmp_path / "data", model))
        return opened[-1]

    yield open_store
    for store in opened:
        store.close()


@pytest.fixture
def store(new_store: Callable[..., Store]) -> Store:
    return new_store()
