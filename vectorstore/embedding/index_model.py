"""The embedding model that an index was built with: its vectors may only be compared with its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from vectorstore.errors import ModelMismatch
from vectorstore.ledger.database import Ledger

if TYPE_CHECKING:
    from vectorstore.embedding.model import EmbeddingModel
    from vectorstore.embedding.types import ModelIdentity

_KEY = "embedding_model"  # in the ledger


class IndexModel:
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @property
    def name(self) -> str | None:
        """None for an index that never held any vectors."""
        recorded = self._read()
        return None if recorded is None else str(recorded["name"])

    def mismatch(self, name: str) -> ModelMismatch | None:
        """Why a model of this name may not be used here, told without loading it; None where it may."""
        recorded = self._read()
        if recorded is None or recorded["name"] == name:
            return None
        return _mismatch(recorded, name, name)

    def claim(self, model: EmbeddingModel) -> None:
        """Record a model with the first vectors; from then on raise ModelMismatch for any other."""
        recorded, mine = self._read(), model.identity
        if recorded is None:
            self.set(mine)
        elif (recorded["name"], recorded["revision"], recorded["dimension"]) != (
            mine.name,
            mine.revision,
            mine.dimension,
        ):
            raise _mismatch(recorded, str(mine), model.name)

    def set(self, mine: ModelIdentity) -> None:
        recorded = {"name": mine.name, "revision": mine.revision, "dimension": mine.dimension}
        self._ledger.set(_KEY, json.dumps(recorded))

    def _read(self) -> dict[str, Any] | None:
        recorded = self._ledger.get(_KEY)
        return None if recorded is None else dict(json.loads(recorded))


def _mismatch(recorded: dict[str, Any], mine: str, name: str) -> ModelMismatch:
    return ModelMismatch(
        f"This index was built with the embedding model {recorded['name']}@{recorded['revision']} "
        f"({recorded['dimension']} dimensions), but the one in use is {mine}. Unset "
        f"BRIEFING_EMBEDDING_MODEL or set it back, or embed everything again with: "
        f"briefing rebuild --embedding-model '{name}'"
    )
