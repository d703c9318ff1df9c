"""How well a paragraph is sourced, told from what can be counted and never from its words."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.language.words import stems
from assistant.results.answer import Citation, Sentence
from assistant.results.briefing import Confidence, ConfidenceLevel, Conflict, Echo
from assistant.results.wording import count_words
from assistant.sourcing.origins import independent_sources

_LEVELS: tuple[ConfidenceLevel, ...] = ("low", "moderate", "high")
_HIGH = 2  # place of "high" among them
_ALIKE = 3  # stems that two quotes on one matter share
_DOUBTED = frozenset("DE")  # publishers that are not usually reliable
_DOUBTFUL = frozenset("45")  # reports that are doubtful or improbable


def paragraph_confidence(
    sentences: Sequence[Sentence],
    citations: Sequence[Citation],
    echoes: Sequence[Echo],
    conflicts: Sequence[Conflict],
) -> Confidence | None:
    """The level for a paragraph: high from three independent sources that bear each other out, moderate from two, low
    from one.

    One lower where its sources contradict each other or one is graded as doubtful; without any date at most moderate.
    None for a paragraph that cites nothing.
    """
    numbers = {number for one in sentences for number in one.citations}
    cited = [one for one in citations if one.number in numbers]
    if not cited:
        return None
    sources, documents = independent_sources(cited, echoes), len({one.document_id for one in cited})
    level = min(sources, 3) - 1
    notes = []
    if level == _HIGH and not _bear_out(cited):
        level -= 1
        notes.append("they tell of different things")
    if any(_touches(one, numbers) for one in conflicts):
        level -= 1
        notes.append("they contradict each other on a figure or fact")
    doubted = {one.document_id for one in cited if one.grade[0] in _DOUBTED or one.grade[1] in _DOUBTFUL}
    if doubted:
        level -= 1
        notes.append(f"{count_words(len(doubted), 'report')} graded as doubtful")
    if not any(one.published for one in cited):
        level = min(level, 1)
        notes.append("none is dated")
    held = _LEVELS[max(0, level)]
    named = "independent sources" if sources > 1 else "source"
    counted = f"{sources} {named} in {count_words(documents, 'report')}"
    return Confidence(
        held, sources, documents, f"{held.capitalize()} confidence: {'; '.join([counted, *notes])}."
    )


def _bear_out(cited: Sequence[Citation]) -> bool:
    """Whether at least three publishers say something that another one speaks of, too: the same words for it stand
    in both."""
    words = [(one.publisher or one.document_id, set(stems(one.quote))) for one in cited]
    borne_out = {
        publisher
        for publisher, mine in words
        if any(publisher != other and len(mine & theirs) >= _ALIKE for other, theirs in words)
    }
    return len(borne_out) > _HIGH


def _touches(one: Conflict, numbers: set[int]) -> bool:
    return one.kind == "conflict" and any(numbers & set(side.citations) for side in one.sides)
