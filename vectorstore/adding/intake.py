"""Read one item: fetch its bytes, read the document, cut it into passages, or find that it is known or broken."""

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
from vectorstore.ledger.catalogue import MEMBER_SEPARATOR
from vectorstore.records import DocumentRecord
from vectorstore.store import Store

_MAX_FILE = 200 * 2**20  # bytes
_MAX_DEPTH = 4  # containers around a mail: mails within mails
_MAX_ARCHIVE_DEPTH = 1  # containers around an archive: an archive within an archive, no deeper
# A container inside another may unpack to ten times its size plus 1 MiB. Honest files stay below that, and a chain of
# nested archives cannot multiply.
_MAX_GROWTH, _GROWTH_ALLOWANCE = 10, 2**20  # factor, bytes


@dataclass(frozen=True)
class AddItem:
    """One file, upload, address or member of a container to add."""

    order: tuple[int, ...]  # place in the report; a member has its container's order and one number more
    # Resolved path, address, upload name, or the container's identity, MEMBER_SEPARATOR and the member's name.
    identity: str
    name: str  # file name or address
    corrected: Mapping[str, Any] = field(default_factory=dict)  # metadata set by people, over what is read
    source: Source | None = None  # where to read it from; None if `data` is given
    data: bytes | None = None  # the bytes themselves, of uploads and members
    parent: str | None = None  # id of the mail that it came with
    depth: int = 0  # number of containers around it
    job: int | None = None  # id of its job, if it is added in the background
    again: bool = False  # it was deferred once: see Deferred


class Deferred(Exception):
    """The item duplicates a document that is itself queued and may change: read it again after that one."""


IsPending = Callable[[str], bool]  # True for an identity that is being added or waits to be


@dataclass(frozen=True)
class ReadItem:
    """An item after reading."""

    item: AddItem
    outcome: PreparedDocument | AddedDocument | None  # to be embedded, or finished; None for an archive
    members: tuple[AddItem, ...] = ()  # files inside it that are to be added
    known: tuple[AddedDocument, ...] = ()  # attachments of an unchanged mail, which are not read again
    # If true, publishing this item hides attachments of its former version. Items behind it must wait for `settled`:
    # otherwise one could be taken for a duplicate of a document that is hidden a moment later.
    hides: bool = False
    # Set once it is published or has failed.
    settled: threading.Event = field(default_factory=threading.Event, compare=False)


def read_item(store: Store, item: AddItem, is_pending: IsPending, allow_private: bool = False) -> ReadItem:
    """Read an item; whatever is wrong with its file becomes a failed outcome. Raises Deferred, StoreError, OSError."""
    try:
        data, address = _fetch(item, allow_private)
        return _read(store, item, data, address, is_pending)
    except IngestError as error:
        return ReadItem(item, AddedDocument("failed", item.name, error=(error.code, error.message)))


def _fetch(item: AddItem, allow_private: bool) -> tuple[bytes, str | None]:
    """The bytes of an item, and the address they came from in the end. Raises IngestError."""
    if item.data is not None:
        return item.data, None
    source = item.source
    assert source is not None
    if source.error is not None:
        raise source.error
    if source.address is not None:
        from ingest import fetch  # imported here because its HTTP library takes 60 ms

        fetched = fetch(source.address, allow_private=allow_private)
        return fetched.data, fetched.address
    assert source.path is not None
    try:
        if source.path.stat().st_size > _MAX_FILE:
            raise IngestError(
                "too_large",
                f"{source.name} is larger than {_MAX_FILE // 2**20} MB. Split it, or export its text, and add that.",
            )
        return source.path.read_bytes(), None
    except OSError as error:
        raise IngestError(
            "unreadable",
            f"{source.name} cannot be read ({error.strerror}): check that it exists and you may read it.",
        ) from error


def _read(store: Store, item: AddItem, data: bytes, address: str | None, is_pending: IsPending) -> ReadItem:
    original = hashlib.sha256(data).hexdigest()
    live = store.unchanged(item.identity, original)
    store.originals.restore(store.ledger, data)
    # Pages and attachments that could not be read before may be readable now, so such a document is read again.
    if live is not None and "pages" not in live.found and store.is_whole(live.document_id):
        return _unchanged(store, item, live)
    if (first := find_duplicate(store, item, is_pending, original=original)) is not None:
        return ReadItem(item, _duplicate(store, item, first))
    document = read_isolated(data, item.name, address)
    _check_depth(item, document, len(data))
    if document.kind == "zip":
        return ReadItem(item, None, _members(item, document, None))
    if live is not None and document.text == store.text(live.document_id):
        return _unchanged(store, item, live, _members(item, document, live.document_id))
    members = _members(item, document, catalogue.document_id(item.identity))
    # A mail of the same text as another is not its duplicate if it brings attachments, which may differ.
    if not members and (first := find_duplicate(store, item, is_pending, text=document.text)) is not None:
        return ReadItem(item, _duplicate(store, item, first))
    stored = store.originals.store(data)
    prepared = store.prepare(
        IncomingDocument(item.identity, item.name, document, stored, item.corrected, item.parent)
    )
    hides = bool(store.members(prepared.document_id))
    return ReadItem(item, prepared, members, hides=hides)


def find_duplicate(
    store: Store,
    item: AddItem,
    is_pending: IsPending,
    *,
    original: str | None = None,
    text: str | None = None,
) -> DocumentRecord | None:
    """The live document of another identity that has the same bytes (`original`, a SHA-256) or `text`, or None.

    Raises Deferred if that document is itself queued and may change: after log rotation, a new file holds what the
    old one held before. An item that was deferred once is no duplicate: otherwise two items could wait for each other.
    """
    while (first := store.find_duplicate(item.identity, original=original, text=text)) is not None:
        if any(map(is_pending, store.origins(first.document_id))):
            if item.again:
                return None
            raise Deferred
        current = store.find_duplicate(item.identity, original=original, text=text)
        if current is not None and current.document_id == first.document_id:  # nor was it queued in between
            return current
    return None


def _duplicate(store: Store, item: AddItem, first: DocumentRecord) -> AddedDocument:
    """An item that duplicates another document; its own former version, if any, is hidden."""
    if item.parent is None:
        store.retire(item.identity, first)
    return AddedDocument("duplicate", item.name, first)


def _unchanged(
    store: Store, item: AddItem, record: DocumentRecord, members: tuple[AddItem, ...] | None = None
) -> ReadItem:
    """A document that has not changed; `members` are its attachments, if it was read again because of them."""
    if item.corrected:
        record = store.edit(record.document_id, item.corrected)
    outcome = AddedDocument("unchanged", item.name, record)
    if members is not None:
        return ReadItem(item, outcome, members)
    attached = store.members(record.document_id)
    return ReadItem(
        item, outcome, known=tuple(AddedDocument("unchanged", member.source, member) for member in attached)
    )


def _members(item: AddItem, document: Document, parent: str | None) -> tuple[AddItem, ...]:
    """The files inside a container; a second one of the same name gets "#2" behind its identity, and so on.

    They take over the corrections of their container, except its title.
    """
    counts: dict[str, int] = {}
    members = []
    for place, attachment in enumerate(document.attachments):
        count = counts[attachment.name] = counts.get(attachment.name, 0) + 1
        identity = f"{item.identity}{MEMBER_SEPARATOR}{attachment.name}" + (f"#{count}" if count > 1 else "")
        corrected = {name: value for name, value in item.corrected.items() if name != "title"}
        members.append(
            AddItem(
                (*item.order, place),
                identity,
                attachment.name,
                corrected,
                data=attachment.data,
                parent=parent or item.parent,
                depth=item.depth + 1,
            )
        )
    return tuple(members)


def _check_depth(item: AddItem, document: Document, size: int) -> None:
    """Refuse a container of `size` bytes that is nested too deep or unpacks to too much.

    Raises IngestError: `too_deep` for an archive inside two containers, or a mail with attachments inside five;
    `too_large` for a container inside another that unpacks to more than ten times its size.
    """
    if not document.attachments:
        return
    max_depth = _MAX_ARCHIVE_DEPTH if document.kind == "zip" else _MAX_DEPTH
    if item.depth > max_depth:
        raise IngestError(
            "too_deep", f"{item.name} lies inside too many other files. Unpack it, and add what is in it."
        )
    if item.depth and _unpacked_size(document) > _MAX_GROWTH * size + _GROWTH_ALLOWANCE:
        raise IngestError(
            "too_large",
            f"{item.name} unpacks to more than ten times its size. Unpack it, and add what is in it.",
        )


def _unpacked_size(document: Document) -> int:
    return sum(len(attachment.data) for attachment in document.attachments)
