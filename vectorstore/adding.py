"""Files, folders, uploads and addresses into the index, one bad one never stopping the rest."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ingest import IngestError, Source, expand, fetch, read_isolated
from vectorstore.records import DocumentRecord
from vectorstore.store import Store

Status = Literal["added", "unchanged", "replaced", "duplicate", "failed"]
State = Literal["reading", "embedding", "done"]

MAX_FILE = 200 * 2**20  # bytes


@dataclass(frozen=True)
class AddedDocument:
    """What became of one source."""

    status: Status
    source: str  # file name or address
    record: DocumentRecord | None = None  # None for a failed one; for a duplicate, the first
    error: tuple[str, str] | None = None  # code, message

    def to_json(self) -> dict[str, Any]:
        if self.record is not None:
            row = self.record.to_json()
        else:
            row = dict.fromkeys(DocumentRecord.__dataclass_fields__)
            row.update({"source": self.source, "authors": [], "tags": [], "passages": 0, "characters": 0})
        error = None if self.error is None else {"code": self.error[0], "message": self.error[1]}
        return {**row, "status": self.status, "error": error}


@dataclass(frozen=True)
class AddReport:
    documents: tuple[AddedDocument, ...]
    seconds: float

    def to_json(self) -> dict[str, Any]:
        return {
            "documents": [one.to_json() for one in self.documents],
            "seconds": round(self.seconds, 3),
        }


@dataclass(frozen=True)
class AddProgress:
    """Where adding is: `done` of `total` sources are finished; `name` is at `state`."""

    done: int
    total: int
    name: str
    state: State
    passages_done: int = 0  # of the source at hand, while embedding
    passages: int = 0


def add(
    store: Store,
    inputs: Sequence[str],
    *,
    corrected: Mapping[str, Any] | None = None,
    allow_private: bool = False,
    progress: Callable[[AddProgress], None] | None = None,
) -> AddReport:
    """Add what the inputs name; every source gets a line in the report, in order.

    `corrected` (title, authors, publisher, published, tags) overrides what is read of each. What is
    reported as added is safe in the ledger.
    """
    began = time.monotonic()
    sources = expand(inputs)
    rows = []
    for done, source in enumerate(sources):

        def tell(state: State, at: int = 0, of: int = 0, done: int = done, name: str = source.name) -> None:
            if progress:
                progress(AddProgress(done, len(sources), name, state, at, of))

        tell("reading")
        rows.append(add_source(store, source, corrected or {}, allow_private, tell))
        if progress:
            progress(AddProgress(done + 1, len(sources), source.name, "done"))
    return AddReport(tuple(rows), time.monotonic() - began)


def add_source(
    store: Store,
    source: Source,
    corrected: Mapping[str, Any],
    allow_private: bool,
    tell: Callable[..., None],
) -> AddedDocument:
    """Add one expanded source; what is wrong with it becomes a failed row, never an exception."""
    try:
        if source.error is not None:
            raise source.error
        data, address = _bytes(source, allow_private)
        return add_bytes(store, source.identity, source.name, data, corrected, tell, address)
    except IngestError as error:
        return AddedDocument("failed", source.name, error=(error.code, error.message))


def add_bytes(
    store: Store,
    identity: str,
    name: str,
    data: bytes,
    corrected: Mapping[str, Any],
    tell: Callable[..., None],
    address: str | None = None,
) -> AddedDocument:
    """Add bytes under an identity (a resolved path, an address, an upload's name).

    Raises IngestError for bytes that cannot become a document, StoreError for an index that cannot
    take them.
    """
    original = hashlib.sha256(data).hexdigest()
    if (known := store.unchanged(identity, original)) is not None:
        if corrected:
            known = store.edit(known.document_id, corrected)
        return AddedDocument("unchanged", name, known)
    if (first := store.same_elsewhere(identity, original=original)) is not None:
        return AddedDocument("duplicate", name, first)
    document = read_isolated(data, name, address)
    if (first := store.same_elsewhere(identity, text=document.text)) is not None:
        return AddedDocument("duplicate", name, first)
    store.originals.keep(data)
    tell("embedding")
    which, status = store.put(
        identity, name, document, original, corrected, lambda at, of: tell("embedding", at, of)
    )
    return AddedDocument("added" if status == "added" else "replaced", name, store.document(which))


def _bytes(source: Source, allow_private: bool) -> tuple[bytes, str | None]:
    if source.address is not None:
        fetched = fetch(source.address, allow_private=allow_private)
        return fetched.data, fetched.address
    assert source.path is not None
    try:
        if source.path.stat().st_size > MAX_FILE:
            raise IngestError(
                "too_large",
                f"{source.name} is larger than {MAX_FILE // 2**20} MB: split it, or export its text",
            )
        return source.path.read_bytes(), None
    except OSError as error:
        raise IngestError(
            "unreadable",
            f"{source.name} cannot be read ({error.strerror}): check that it exists and you may read it",
        ) from error
