"""A document cut into passages, with what is embedded of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ingest import Document, Span
from ingest.splitting import passages as split
from vectorstore.ledger import catalogue
from vectorstore.ledger.originals import StoredOriginal

if TYPE_CHECKING:
    from vectorstore.embedding.model import EmbeddingModel

_TITLE_PIECES = 48  # of the model's limit, kept for a title; longer ones are cut when embedded
_HEADING_PIECES = 32


@dataclass(frozen=True)
class IncomingDocument:
    """A document on its way in, as it was read."""

    identity: str  # a resolved path, an address, or what names an upload or attachment
    source: str  # what people know it by
    document: Document
    original: StoredOriginal  # the bytes it was read from
    corrected: Mapping[str, Any] = field(default_factory=dict)  # set by people: over all that is stated of it
    parent: str | None = None  # id of the mail that it came with


@dataclass(frozen=True)
class PreparedDocument:
    """A document on its way in, cut into passages whose texts are still to be embedded."""

    incoming: IncomingDocument
    spans: tuple[Span, ...]
    contexts: tuple[str, ...]  # embedded before each passage's text
    texts: tuple[str, ...]  # what is embedded, one a span

    @property
    def document_id(self) -> str:
        return catalogue.document_id(self.incoming.identity)


def cut_document(incoming: IncomingDocument, title: str | None, model: EmbeddingModel) -> PreparedDocument:
    """Cut a document into passages that the model reads whole, each with its title and heading before it."""
    document = incoming.document
    longest = model.limit - min(model.count(title or ""), _TITLE_PIECES) - _HEADING_PIECES
    spans = split(document, longest, model.count)
    contexts = tuple(passage_context(title, span.heading) for span in spans)
    texts = tuple(
        embedded_text(above, document.text[span.start : span.end])
        for above, span in zip(contexts, spans, strict=True)
    )
    return PreparedDocument(incoming, tuple(spans), contexts, texts)


def passage_context(title: str | None, heading: str | None) -> str:
    """What is embedded before a passage: its document's title and the headings it stands under."""
    return " › ".join(part for part in ((title or "")[:160], (heading or "")[-120:]) if part)


def embedded_text(context: str, text: str) -> str:
    """A passage as it is embedded."""
    return f"{context}\n{text}".strip()
