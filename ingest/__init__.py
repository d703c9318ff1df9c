"""Turns a file or a web address into a `Document`: located text, metadata and passages. Knows nothing of storage.

Public: the names in `__all__`. They are imported when first used, so that importing ingest costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ingest.document import Attachment, Block, Document, IngestError, Metadata, Span
    from ingest.reading import read
    from ingest.sandbox.client import read_isolated
    from ingest.sources.expanding import Source, expand
    from ingest.sources.fetching import FetchedPage, fetch
    from ingest.splitting import passages
    from ingest.text.sentences import sentences

__all__ = [
    "Attachment",
    "Block",
    "Document",
    "FetchedPage",
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

# Public name -> the module that defines it.
_HOMES = {
    "Attachment": "document",
    "Block": "document",
    "Document": "document",
    "FetchedPage": "sources.fetching",
    "IngestError": "document",
    "Metadata": "document",
    "Source": "sources.expanding",
    "Span": "document",
    "expand": "sources.expanding",
    "fetch": "sources.fetching",
    "passages": "splitting",
    "read": "reading",
    "read_isolated": "sandbox.client",
    "sentences": "text.sentences",
}


def __getattr__(name: str) -> Any:
    """A public name, imported when it is first asked for (PEP 562). Raises AttributeError for any other."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """All names, imported yet or not, for completion in a shell."""
    return sorted([*globals(), *__all__])
