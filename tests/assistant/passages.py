"""Passages made for a test, without an index."""

from __future__ import annotations

from vectorstore import Passage


def passage_of(
    text: str,
    document: str = "d1",
    publisher: str | None = None,
    published: str | None = None,
    similarity: float = 0.5,
) -> Passage:
    return Passage(
        passage_id=f"{document}:0",
        document_id=document,
        title=None,
        authors=(),
        publisher=publisher,
        published=published,
        source=f"{document}.txt",
        page=None,
        heading=None,
        start=0,
        end=len(text),
        text=text,
        similarity=similarity,
    )
