"""The index: a ledger that holds everything, Chroma for search, hybrid retrieval over both.

Public: `Store`, the values `DocumentRecord`, `Passage`, `Filters`, `SearchResult`, `AddedDocument` and `AddReport`,
the dates `parse_date`, `first_day` and `last_day`, `EmbeddingModel` and `DEFAULT_MODEL`, and the errors `StoreError`,
`IndexHeld`, `ModelMismatch` and `NotFound`. Names are imported when first used: heavy libraries wait until then. Also
`records.NO_FILTERS`, `store.HELD_WAIT` and `terms` (`fold`, `snowball_stem`, `STOP_WORDS`, `terms`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vectorstore.adding.outcome import AddedDocument, AddReport
    from vectorstore.embedding.model import EmbeddingModel
    from vectorstore.embedding.torch_model import DEFAULT_MODEL
    from vectorstore.errors import IndexHeld, ModelMismatch, NotFound, StoreError
    from vectorstore.records import DocumentRecord, Filters, Passage, first_day, last_day, parse_date
    from vectorstore.search.hybrid import SearchResult
    from vectorstore.store import Store

_HOMES = {
    "AddedDocument": "adding.outcome",
    "AddReport": "adding.outcome",
    "DEFAULT_MODEL": "embedding.torch_model",
    "EmbeddingModel": "embedding.model",
    "IndexHeld": "errors",
    "ModelMismatch": "errors",
    "NotFound": "errors",
    "StoreError": "errors",
    "DocumentRecord": "records",
    "Filters": "records",
    "Passage": "records",
    "first_day": "records",
    "last_day": "records",
    "parse_date": "records",
    "SearchResult": "search.hybrid",
    "Store": "store",
}

__all__ = [
    "AddReport",
    "AddedDocument",
    "DEFAULT_MODEL",
    "DocumentRecord",
    "EmbeddingModel",
    "Filters",
    "IndexHeld",
    "ModelMismatch",
    "NotFound",
    "Passage",
    "SearchResult",
    "Store",
    "StoreError",
    "first_day",
    "last_day",
    "parse_date",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `briefing --help` answers at once."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
