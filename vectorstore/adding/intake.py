"""One source in: its bytes read, and cut into passages; or what became of it instead."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ingest import Document, IngestError, Source, read_isolated
from vectorstore.adding.outcome import AddedDocument
from vectorstore.embedding.passages import IncomingDocument, PreparedDocument
from vectorstore.ledger import catalogue
from vectorstore.ledger.catalogue import INSIDE
from vectorstore.records import DocumentRecord
from vectorstore.store import Store

LARGEST_FILE = 200 * 2**20  # bytes
_DEEPEST = 4  # mails within mails
_DEEPEST_ARCHIVE = 1  # an archive within an archive, and no deeper
# What a container inside another may unpack to: ten times its own size, which no honest one exceeds, so that a chain
# of archives cannot multiply.
_GROWTH, _FREE = 10, 2**20


@dataclass(frozen=True)
class AddItem:
    """One file, upload, address or member of a container to add."""

    order: tuple[int, ...]  # place in the report: members stand behind their container
    identity: str
    name: str
    corrected: Mapping[str, Any] = field(default_factory=dict)  # what people set of it
    source: Source | None = None
    data: bytes | None = None  # in place of a source
    parent: str | None = None  # id of the mail that it came with
    depth: int = 0  # containers around it
    job: int | None = None
    again: bool = False  # it was put off once: see Later


class Deferred(Exception):
    """What an item repeats is itself still to be added, and may change: the item is to be looked at after that."""


IsPending = Callable[[str], bool]  # whether something of this identity is being added, or waits to be


@dataclass(frozen=True)
class ReadItem:
    """An item after reading."""

    item: AddItem
    outcome: PreparedDocument | AddedDocument | None  # None: an archive, which is no document itself
    members: tuple[AddItem, ...] = ()  # what it holds, and is to be added
    known: tuple[AddedDocument, ...] = ()  # members of an unchanged mail
    # Publishing it may hide what came with its former version. What is read after it waits for that: it would be
    # told apart as unchanged, or as a duplicate, of a document that is gone a moment later.
    hides: bool = False
    settled: threading.Event = field(default_factory=threading.Event, compare=False)  # published, or failed


def read_item(store: Store, item: AddItem, coming: IsPending, allow_private: bool = False) -> ReadItem:
    """Read an item; what is wrong with it becomes a failed outcome, never an exception. Raises Later."""
    try:
        data, address = _bytes(item, allow_private)
        return _read(store, item, data, address, coming)
    except IngestError as error:
        return ReadItem(item, AddedDocument("failed", item.name, error=(error.code, error.message)))


def find_duplicate(
    store: Store, item: AddItem, coming: IsPending, *, original: str | None = None, text: str | None = None
) -> DocumentRecord | None:
    """The live document of another identity that has the same bytes or text, and keeps them.

    Raises Later for an item that repeats one still to be added, of which nobody knows what it will hold: a file
    that was rotated holds what another held before. Put off already, it repeats nothing: both would wait for each
    other.
    """
    while (first := store.same_elsewhere(item.identity, original=original, text=text)) is not None:
        if any(map(coming, store.origins(first.document_id))):
            if item.again:
                return None
            raise Deferred
        now = store.same_elsewhere(item.identity, original=original, text=text)
        if now is not None and now.document_id == first.document_id:  # nor was it added in between
            return now
    return None


def _read(store: Store, item: AddItem, data: bytes, address: str | None, coming: IsPending) -> ReadItem:
    original = hashlib.sha256(data).hexdigest()
    known = store.unchanged(item.identity, original)
    store.originals.restore(store.ledger, data)
    # Pages and attachments that could not be read before may be readable now.
    if known is not None and "pages" not in known.found and store.is_whole(known.document_id):
        return _unchanged(store, item, known)
    if (first := find_duplicate(store, item, coming, original=original)) is not None:
        return ReadItem(item, _duplicate(store, item, first))
    document = read_isolated(data, item.name, address)
    _check_depth(item, document, len(data))
    if document.kind == "zip":
        return ReadItem(item, None, _members(item, document, None))
    if known is not None and document.text == store.text(known.document_id):
        return _unchanged(store, item, known, _members(item, document, known.document_id))
    members = _members(item, document, catalogue.document_id(item.identity))
    # A mail of the same words as another may bring other attachments.
    if not members and (first := find_duplicate(store, item, coming, text=document.text)) is not None:
        return ReadItem(item, _duplicate(store, item, first))
    held = store.originals.store(data)
    prepared = store.prepare(
        IncomingDocument(item.identity, item.name, document, held, item.corrected, item.parent)
    )
    hides = bool(store.members(prepared.document_id))
    return ReadItem(item, prepared, members, hides=hides)


def _duplicate(store: Store, item: AddItem, first: DocumentRecord) -> AddedDocument:
    """An item that repeats another: what it held before, it holds no more."""
    if item.parent is None:
        store.retire(item.identity, first)
    return AddedDocument("duplicate", item.name, first)


def _unchanged(
    store: Store, item: AddItem, known: DocumentRecord, members: tuple[AddItem, ...] | None = None
) -> ReadItem:
    """A document that is as it was; `members` is what came with it, where it was read again for their sake."""
    if item.corrected:
        known = store.edit(known.document_id, item.corrected)
    outcome = AddedDocument("unchanged", item.name, known)
    if members is not None:
        return ReadItem(item, outcome, members)
    there = store.members(known.document_id)
    return ReadItem(item, outcome, known=tuple(AddedDocument("unchanged", one.source, one) for one in there))


def _members(item: AddItem, document: Document, parent: str | None) -> tuple[AddItem, ...]:
    named: dict[str, int] = {}
    members = []
    for place, one in enumerate(document.attachments):
        again = named[one.name] = named.get(one.name, 0) + 1
        identity = f"{item.identity}{INSIDE}{one.name}" + (f"#{again}" if again > 1 else "")
        corrected = {name: value for name, value in item.corrected.items() if name != "title"}
        members.append(
            AddItem(
                (*item.order, place),
                identity,
                one.name,
                corrected,
                data=one.data,
                parent=parent or item.parent,
                depth=item.depth + 1,
            )
        )
    return tuple(members)


def _check_depth(item: AddItem, document: Document, size: int) -> None:
    if not document.attachments:
        return
    deepest = _DEEPEST_ARCHIVE if document.kind == "zip" else _DEEPEST
    if item.depth > deepest:
        raise IngestError(
            "too_deep", f"{item.name} lies inside too many other files. Unpack it, and add what is in it."
        )
    if item.depth and sum(len(one.data) for one in document.attachments) > _GROWTH * size + _FREE:
        raise IngestError(
            "too_large",
            f"{item.name} unpacks to more than ten times its size. Unpack it, and add what is in it.",
        )


def _bytes(item: AddItem, allow_private: bool) -> tuple[bytes, str | None]:
    if item.data is not None:
        return item.data, None
    source = item.source
    assert source is not None
    if source.error is not None:
        raise source.error
    if source.address is not None:
        from ingest import fetch  # here: its HTTP library takes 60 ms to import

        fetched = fetch(source.address, allow_private=allow_private)
        return fetched.data, fetched.address
    assert source.path is not None
    try:
        if source.path.stat().st_size > LARGEST_FILE:
            raise IngestError(
                "too_large",
                f"{source.name} is larger than {LARGEST_FILE // 2**20} MB. Split it, or export its text, and add that.",
            )
        return source.path.read_bytes(), None
    except OSError as error:
        raise IngestError(
            "unreadable",
            f"{source.name} cannot be read ({error.strerror}): check that it exists and you may read it.",
        ) from error
