"""The embedding model that an index was built with. Vectors of two models must never be compared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from vectorstore.errors import ModelMismatch
from vectorstore.ledger.database import Ledger

if TYPE_CHECKING:
    from vectorstore.embedding.model import EmbeddingModel
    from vectorstore.embedding.types import ModelIdentity

_KEY = "embedding_model"  # of the ledger's settings


class IndexModel:
    """The model identity recorded in one ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @property
    def name(self) -> str | None:
        """The recorded model's name; None for an index that never held a vector."""
        recorded = self._read()
        return None if recorded is None else str(recorded["name"])

    def mismatch(self, name: str) -> ModelMismatch | None:
        """The error for using the model `name` on this index, or None if it may be used. Loads no model."""
        recorded = self._read()
        if recorded is None or recorded["name"] == name:
            return None
        return _mismatch(recorded, name, name)

    def claim(self, model: EmbeddingModel) -> None:
        """Record the model of the first vectors. Raises ModelMismatch for every other model from then on."""
        recorded, identity = self._read(), model.identity
        if recorded is None:
            self.set(identity)
        elif (recorded["name"], recorded["revision"], recorded["dimension"]) != (
            identity.name,
            identity.revision,
            identity.dimension,
        ):
            raise _mismatch(recorded, str(identity), model.name)

    def set(self, identity: ModelIdentity) -> None:
        """Record a model, whatever was recorded before."""
        recorded = {"name": identity.name, "revision": identity.revision, "dimension": identity.dimension}
        self._ledger.set(_KEY, json.dumps(recorded))

    def _read(self) -> dict[str, Any] | None:
        recorded = self._ledger.get(_KEY)
        return None if recorded is None else dict(json.loads(recorded))


def _mismatch(recorded: dict[str, Any], in_use: str, name: str) -> ModelMismatch:
    return ModelMismatch(
        f"This index was built with the embedding model {recorded['name']}@{recorded['revision']} "
        f"({recorded['dimension']} dimensions), but the one in use is {in_use}. Unset "
        f"BRIEFING_EMBEDDING_MODEL or set it back, or embed everything again with: "
        f"briefing rebuild --embedding-model '{name}'"
    )
