"""Cuts a document into passages and says which text of each is embedded."""

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

# Word pieces of the model's limit reserved for what stands before a passage. The model cuts off what is longer.
_TITLE_PIECES = 48  # at most; a shorter title reserves less
_HEADING_PIECES = 32
_TITLE_CHARACTERS, _HEADING_CHARACTERS = 160, 120  # the beginning of a title, the end of a heading


@dataclass(frozen=True)
class IncomingDocument:
    """A document that was read and is to be added."""

    identity: str  # a resolved path, an address, or the name of an upload or attachment
    source: str  # the name that people know it by
    document: Document
    original: StoredOriginal  # the bytes it was read from
    corrected: Mapping[str, Any] = field(
        default_factory=dict
    )  # metadata set by people; overrules what was read
    parent: str | None = None  # id of the mail that this is an attachment of


@dataclass(frozen=True)
class PreparedDocument:
    """A document to be added, cut into passages that are not embedded yet."""

    incoming: IncomingDocument
    spans: tuple[Span, ...]  # of the passages, in order
    contexts: tuple[str, ...]  # title and heading of each passage
    texts: tuple[str, ...]  # what is embedded for each passage: its context and its own text

    @property
    def document_id(self) -> str:
        """The id of the document, the same for every version of it."""
        return catalogue.document_id(self.incoming.identity)


def cut_document(incoming: IncomingDocument, title: str | None, model: EmbeddingModel) -> PreparedDocument:
    """Cut a document into passages that the model reads whole, each with title and heading before it.

    `title` is the document's title in force, after corrections.
    """
    document = incoming.document
    longest = model.limit - min(model.count(title or ""), _TITLE_PIECES) - _HEADING_PIECES
    spans = split(document, longest, model.count)
    contexts = tuple(passage_context(title, span.heading) for span in spans)
    texts = tuple(
        embedded_text(context, document.text[span.start : span.end])
        for context, span in zip(contexts, spans, strict=True)
    )
    return PreparedDocument(incoming, tuple(spans), contexts, texts)


def passage_context(title: str | None, heading: str | None) -> str:
    """What is embedded before a passage: the document's title and the headings above the passage.

    `passage_context("Gold", "Mali › Kayes") == "Gold › Mali › Kayes"`; "" if there is neither.
    """
    parts = ((title or "")[:_TITLE_CHARACTERS], (heading or "")[-_HEADING_CHARACTERS:])
    return " › ".join(part for part in parts if part)


def embedded_text(context: str, text: str) -> str:
    """The text that is embedded for a passage: `embedded_text("Gold", "It fell.") == "Gold\\nIt fell."`."""
    return f"{context}\n{text}".strip()
