"""Files and addresses in, located text and its passages out; knows nothing of storage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ingest.document import Block, Document, IngestError, Metadata, Span
    from ingest.fetch import Fetched, fetch
    from ingest.isolation import read_isolated
    from ingest.reading import read
    from ingest.sentence_split import sentences
    from ingest.sources import Source, expand
    from ingest.splitting import passages

_HOMES = {
    "Block": "document",
    "Document": "document",
    "IngestError": "document",
    "Metadata": "document",
    "Span": "document",
    "Fetched": "fetch",
    "fetch": "fetch",
    "read_isolated": "isolation",
    "read": "reading",
    "sentences": "sentence_split",
    "Source": "sources",
    "expand": "sources",
    "passages": "splitting",
}

__all__ = [
    "Block",
    "Document",
    "Fetched",
    "IngestError",
    "Metadata",
    "Source",
    "Span",
    "expand",
    "fetch",
    "passages",
    "read",
    "read_isolated",
    "sentences",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value  # also where a submodule has the name of what it exports (fetch)
    return value
