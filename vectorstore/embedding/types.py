"""What an embedding model is made of, without any code of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class ModelIdentity:
    """What an index must agree on before vectors may be compared."""

    name: str
    revision: str  # commit of a hub model, else the first 12 digits of its weights' SHA-256
    dimension: int

    @property
    def key(self) -> str:
        """Under which the ledger keeps this model's vectors."""
        return f"{self.name}@{self.revision}"

    def __str__(self) -> str:
        return f"{self.key} ({self.dimension} dimensions)"


class Runner(Protocol):
    """A loaded model; safe to share between threads."""

    @property
    def limit(self) -> int: ...  # word pieces of one text, its two special ones not counted
    @property
    def dimension(self) -> int: ...
    @property
    def revision(self) -> str: ...

    def tokenizer(self) -> Any: ...  # a tokenizers.Tokenizer of one's own
    def embed(self, texts: Sequence[str]) -> Vectors: ...
