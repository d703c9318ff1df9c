"""The types that all modules of the embedding folder share, apart from any implementation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]  # of unit length; shape (texts, dimension), or (dimension,) for one
Embed = Callable[[Sequence[str]], Vectors]  # texts -> their vectors


@dataclass(frozen=True)
class ModelIdentity:
    """What two models must share before their vectors may be compared."""

    name: str  # as the settings name it: packaged, on the hub, or a path
    revision: str  # 12 hex digits: of a hub model's commit, else of its weights' SHA-256
    dimension: int  # numbers in a vector

    @property
    def key(self) -> str:
        """The name under which the ledger keeps this model's vectors: `name@revision`."""
        return f"{self.name}@{self.revision}"

    def __str__(self) -> str:
        return f"{self.key} ({self.dimension} dimensions)"


class Runner(Protocol):
    """A loaded model; safe to share between threads."""

    @property
    def limit(self) -> int:
        """Word pieces of one text that the model reads, not counting the two special ones."""

    @property
    def dimension(self) -> int:
        """Numbers of one vector."""

    @property
    def revision(self) -> str:
        """The version of the weights, as in `ModelIdentity`."""

    def tokenizer(self) -> Any:
        """A `tokenizers.Tokenizer` for the caller alone."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """The vectors of at least one text, one row each."""
