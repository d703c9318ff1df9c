"""Sentences of the sources that may answer a question, with what speaks for each."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.answer import Citation
from assistant.citations import trim
from assistant.question import Question, holds_kind
from assistant.words import fold, leans_back, stems
from ingest import sentences
from vectorstore import Passage

if TYPE_CHECKING:
    from vectorstore.embeddings import Vectors

Embed = Callable[[Sequence[str]], "Vectors"]  # texts -> unit vectors, shape (n, dimension)

_FEWEST_WORDS = 3  # shorter fragments (a stray label, a list's number) answer nothing


@dataclass(frozen=True)
class Evidence:
    """One sentence of a passage: passage.text[start:end]."""

    passage: Passage
    start: int  # offset within the passage's text
    end: int
    similarity: float = 0.0  # cosine of question and sentence, -1 to 1
    coverage: float = 0.0  # share of the question's weighted words it holds, 0 to 1
    context: float = 0.0  # the same, of its passage, title and heading
    fits: bool = True  # it holds a fact of the kind asked for
    score: float = 0.0  # what it is ranked by, 0 to 1: the calibrated chance that it answers

    @property
    def text(self) -> str:
        """The sentence on one line; the quote keeps the source's own white space."""
        return " ".join(self.passage.text[self.start : self.end].split())

    @property
    def citation(self) -> Citation:
        return Citation.of(self.passage, self.start, self.end)

    @property
    def span(self) -> tuple[str, int, int]:
        return self.passage.document_id, self.passage.start + self.start, self.passage.start + self.end


def evidence_for(
    question: Question, passages: Sequence[Passage], embed: Embed, weights: Mapping[str, float] | None = None
) -> list[Evidence]:
    """Every sentence of the passages, scored for the question, best first.

    `weights` gives each stem of the question its weight (its rarity in the index); 1 each by default.
    """
    found = [
        Evidence(passage, *trim(passage.text, *span))
        for passage in passages
        for span in sentences(passage.text)
    ]
    # Overlapping passages bring the same sentence twice: the better-placed passage keeps it.
    once = {one.span: one for one in reversed(found) if len(one.text.split()) >= _FEWEST_WORDS}
    found = [one for one in found if once.get(one.span) is one]
    if not found:
        return []
    vectors = embed([question.search_text, *_read_with_antecedents(found)])
    similarities = vectors[1:] @ vectors[0]
    scored = [
        _scored(one, question, float(similarity), weights or {})
        for one, similarity in zip(found, similarities, strict=True)
    ]
    return sorted(scored, key=lambda one: (-one.score, one.span))


def _read_with_antecedents(found: Sequence[Evidence]) -> list[str]:
    """The sentences as they are embedded: "This helps them …" means little without the one before it."""
    texts = []
    for before, one in zip([None, *found], found, strict=False):
        same = before is not None and before.passage is one.passage
        texts.append(f"{before.text} {one.text}" if before and same and leans_back(one.text) else one.text)
    return texts


def _scored(one: Evidence, question: Question, similarity: float, weights: Mapping[str, float]) -> Evidence:
    around = f"{one.passage.title or ''} {one.passage.heading or ''} {one.passage.text}"
    seen = replace(
        one,
        similarity=similarity,
        coverage=_coverage(question.terms, one.text, weights),
        context=_coverage(question.terms, around, weights),
        fits=holds_kind(question.kind, one.text, question),
    )
    return replace(seen, score=chance(seen, question))


def _coverage(terms: Sequence[str], text: str, weights: Mapping[str, float]) -> float:
    total = sum(weights.get(term, 1.0) for term in terms)
    held = set(stems(text))
    return sum(weights.get(term, 1.0) for term in terms if term in held) / total if total else 0.0


# Logistic regression over sentences of retrieved passages; how it was fitted is in
# tests/benchmarks/fit_evidence.py. Order: see features().
_COEFFICIENTS = (5.0, 2.0, 1.0, 1.0, 1.5, 0.5)
_INTERCEPT = -5.5
_STRANGER = (
    0.6  # a name in the question that the passage does not know makes the sentence this much less likely
)


def features(one: Evidence, question: Question) -> tuple[float, ...]:
    """What speaks for a sentence; each about 0 to 1."""
    return (
        one.similarity,
        one.coverage,
        one.context,
        float(one.fits and question.kind != "thing"),
        one.passage.similarity,
        one.passage.score,
    )


def chance(one: Evidence, question: Question) -> float:
    """What a sentence is ranked by, 0 to 1: the weighted sum of what speaks for it, as a logistic curve."""
    log_odds = _INTERCEPT + sum(c * x for c, x in zip(_COEFFICIENTS, features(one, question), strict=True))
    return _STRANGER ** _strangers(one, question) / (1.0 + math.exp(-log_odds))


def _strangers(one: Evidence, question: Question) -> int:
    """How many of the names in the question neither the passage nor its document's title knows."""
    around = fold(f"{one.passage.title or ''} {one.passage.heading or ''} {one.passage.text}")
    if any(fold(other) in around for other in question.kin):
        return 0
    return sum(not any(word[:5] in around for word in fold(name).split()) for name in question.names)
