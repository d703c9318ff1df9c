"""Derives a paragraph's confidence level from counts alone: independent sources, conflicts, grades, dates."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.language.words import stems
from assistant.results.answer import Citation, Sentence
from assistant.results.briefing import Confidence, ConfidenceLevel, Conflict, Echo
from assistant.results.wording import count_words
from assistant.sourcing.origins import independent_sources

_LEVELS: tuple[ConfidenceLevel, ...] = ("low", "moderate", "high")
_HIGH = 2  # index of "high" in _LEVELS
_SHARED_STEMS = 3  # stems that two quotes about one thing share
_UNRELIABLE = frozenset("DE")  # Admiralty letters: not usually reliable, unreliable
_DOUBTFUL = frozenset("45")  # Admiralty numbers: doubtful, improbable


def paragraph_confidence(
    sentences: Sequence[Sentence],
    citations: Sequence[Citation],
    echoes: Sequence[Echo],
    conflicts: Sequence[Conflict],
) -> Confidence | None:
    """The confidence of a paragraph with the reasons in words; None for a paragraph that cites nothing.

    Three independent sources that corroborate each other give "high", two "moderate", one "low". One level lower if the
    sources contradict each other, and if one is graded as doubtful; at most "moderate" if none is dated. `citations`,
    `echoes` and `conflicts` are the whole briefing's; those that the paragraph does not cite are ignored.
    """
    numbers = {number for sentence in sentences for number in sentence.citations}
    cited = [citation for citation in citations if citation.number in numbers]
    if not cited:
        return None
    sources, documents = independent_sources(cited, echoes), len({citation.document_id for citation in cited})
    level = min(sources, 3) - 1
    notes = []
    if level == _HIGH and not _corroborate(cited):
        level -= 1
        notes.append("they tell of different things")
    if any(_touches(conflict, numbers) for conflict in conflicts):
        level -= 1
        notes.append("they contradict each other on a figure or fact")
    doubted = {
        citation.document_id
        for citation in cited
        if citation.grade[0] in _UNRELIABLE or citation.grade[1] in _DOUBTFUL
    }
    if doubted:
        level -= 1
        notes.append(f"{count_words(len(doubted), 'report')} graded as doubtful")
    if not any(citation.published for citation in cited):
        level = min(level, 1)
        notes.append("none is dated")
    level_name = _LEVELS[max(0, level)]
    noun = "independent sources" if sources > 1 else "source"
    counted = f"{sources} {noun} in {count_words(documents, 'report')}"
    return Confidence(
        level_name,
        sources,
        documents,
        f"{level_name.capitalize()} confidence: {'; '.join([counted, *notes])}.",
    )


def _corroborate(cited: Sequence[Citation]) -> bool:
    """Whether at least three publishers share three stems with the quote of another: they tell of the same thing."""
    quote_stems = [
        (citation.publisher or citation.document_id, set(stems(citation.quote))) for citation in cited
    ]
    corroborated = {
        publisher
        for publisher, publisher_stems in quote_stems
        if any(
            publisher != other_publisher and len(publisher_stems & other_stems) >= _SHARED_STEMS
            for other_publisher, other_stems in quote_stems
        )
    }
    return len(corroborated) > _HIGH


def _touches(conflict: Conflict, numbers: set[int]) -> bool:
    """Whether a conflict (not an update) has one of these citations on a side."""
    return conflict.kind == "conflict" and any(numbers & set(side.citations) for side in conflict.sides)
