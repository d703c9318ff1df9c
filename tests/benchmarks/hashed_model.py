"""An embedding model that needs no loading: words hashed into 256 dimensions. It ranks by shared words, which is all
that a test of storage needs of it.

    python tests/benchmarks/hashed_model.py ARGUMENTS …

is `briefing ARGUMENTS …` with this model in place of the packaged one.
"""

from __future__ import annotations

import os
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from assistant import cli, desk
from vectorstore.embedding.model import EmbeddingModel
from vectorstore.embedding.types import ModelIdentity, Vectors

DIMENSION = 256
_SETTING = "BRIEFING_EMBEDDING_MODEL"
BRIEFING = (sys.executable, __file__)  # the command line with this model


class HashedModel(EmbeddingModel):
    """Unit vectors of hashed words; the same on every machine."""

    NAME = "hashed-words"

    def __init__(self) -> None:
        super().__init__(self.NAME)

    @property
    def identity(self) -> ModelIdentity:
        return ModelIdentity(self.name, "1", DIMENSION)

    @property
    def limit(self) -> int:
        return 254

    def count(self, text: str) -> int:
        return len(re.findall(r"\w+|[^\w\s]", text))

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.full((len(texts), DIMENSION), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.casefold()):
                place = zlib.crc32(word.encode())
                vectors[row, place % DIMENSION] += 1.0 if place & 1024 else -1.0
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


@contextmanager
def standing_in() -> Iterator[None]:
    """This model in place of the packaged one, for every desk that is opened in this process."""
    real, before = desk.EmbeddingModel, os.environ.get(_SETTING)
    desk.EmbeddingModel = lambda name, **_: HashedModel()  # type: ignore[assignment,misc]
    os.environ[_SETTING] = HashedModel.NAME  # without it the store takes the packaged model by itself
    try:
        yield
    finally:
        desk.EmbeddingModel = real  # type: ignore[misc]
        os.environ.pop(_SETTING)
        if before is not None:
            os.environ[_SETTING] = before


if __name__ == "__main__":
    with standing_in():
        cli.main()
