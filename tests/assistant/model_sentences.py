"""Two passages, and what is shown of a text that a chat model writes over them."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.llm.review import RewriteSentence, SentenceReview
from assistant.llm.writer import reviewed_sentences
from assistant.results.answer import CitationList, Sentence
from vectorstore import Passage


def passage(text: str, document: str = "d1") -> Passage:
    return Passage(
        passage_id=f"p-{document}-{len(text)}",
        document_id=document,
        title="A report",
        authors=(),
        publisher="Desk",
        published="2022-01",
        source="a.txt",
        page=None,
        heading=None,
        start=100,
        end=100 + len(text),
        text=text,
    )


PASSAGES = [
    passage("The bridge at Kolda fell in March 2021. Nobody was hurt."),
    passage("Twelve traders were fined in Kayes. The fines came to 300 francs each.", "d2"),
]


def write(
    text: str, size: int = 3, cut: bool = False, rewrite: RewriteSentence | None = None
) -> tuple[list[Sentence], CitationList]:
    citations = CitationList()
    pieces: Iterator[str] = (text[at : at + size] for at in range(0, len(text), size))
    review = SentenceReview(PASSAGES, citations, cut=cut)
    return list(reviewed_sentences(pieces, review.rewriting(rewrite) if rewrite else review)), citations
