"""Passages, sentences and citations made for a test, without an index."""

from __future__ import annotations

from assistant.evidence.scoring import Evidence
from assistant.results.answer import Citation
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


def evidence_of(
    text: str,
    document: str = "a",
    published: str | None = "2022-06-01",
    *,
    publisher: str | None = None,
    heading: str | None = None,
) -> Evidence:
    """One sentence that is a passage of its own, of a document of its own unless two are given one name."""
    passage = Passage(
        f"{document}:{text}", document, f"Report {document}", (), publisher, published,
        f"{document}.txt", None, heading, 0, len(text), text,
    )  # fmt: skip
    return Evidence(passage, 0, len(text), score=0.9)


def citations_of(*rows: tuple[str, str | None, str]) -> list[Citation]:
    """Citations of (document, publisher, words), numbered from 1."""
    citations = []
    for number, (document, publisher, words) in enumerate(rows, 1):
        passage = passage_of(words, document, publisher, "2021-05-04")
        citations.append(Citation.of(passage, 0, len(words), number))
    return citations


FERRY = (
    "The ferry of Lomidan ran aground on 4 May 2021 with 62 people aboard, the harbour master said. Nobody was hurt. "
    "The ferry had been repaired in March at a cost of 40,000 francs, and its owner promised an inquiry by July.\n"
)
