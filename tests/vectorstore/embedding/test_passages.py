"""Which text is embedded for a passage."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import Block, Document, Metadata
from vectorstore import EmbeddingModel
from vectorstore.embedding.passages import IncomingDocument, cut_document, embedded_text, passage_context
from vectorstore.ledger import catalogue
from vectorstore.ledger.originals import Originals


@pytest.mark.parametrize(
    ("title", "heading", "context"),
    [
        ("Gold", "Mali › Kayes", "Gold › Mali › Kayes"),
        ("Gold", None, "Gold"),
        (None, "Kayes", "Kayes"),
        (None, None, ""),
        ("", "", ""),
        ("t" * 200, "h" * 130 + "end", "t" * 160 + " › " + "h" * 117 + "end"),
    ],
)
def test_a_passage_stands_under_its_title_and_the_nearest_headings(
    title: str | None, heading: str | None, context: str
) -> None:
    assert passage_context(title, heading) == context


def test_a_passage_without_context_is_embedded_alone() -> None:
    assert embedded_text("", "It fell.") == "It fell."
    assert embedded_text("Gold", "It fell.") == "Gold\nIt fell."


def test_every_passage_is_an_exact_span_that_the_model_reads_whole(
    tmp_path: Path, model: EmbeddingModel
) -> None:
    paragraph = "The ferry of Mopti sank in May. Nobody was hurt, the ministry said on Friday. " * 8
    text = "\n".join([paragraph] * 12)
    blocks = tuple(Block(at, at + len(paragraph)) for at in range(0, len(text), len(paragraph) + 1))
    document = Document(text, blocks, "txt", Metadata(title=None))
    original = Originals(tmp_path).store(text.encode())
    prepared = cut_document(IncomingDocument("test:ferry", "ferry", document, original), "Ferries", model)
    assert len(prepared.spans) == len(prepared.texts) == len(prepared.contexts) > 3
    for span, embedded in zip(prepared.spans, prepared.texts, strict=True):
        assert embedded == f"Ferries\n{text[span.start : span.end]}".strip()
        assert model.count(embedded) <= model.limit
    assert prepared.document_id == catalogue.document_id("test:ferry")
