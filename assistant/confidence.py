"""How well a paragraph is sourced, told from what can be counted and never from its words."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Citation, Sentence
from assistant.briefing import Confidence, Conflict, Echo, Level
from assistant.origins import independent
from assistant.wording import count_words

_LEVELS: tuple[Level, ...] = ("low", "moderate", "high")
_DOUBTED = frozenset("DE")  # publishers that are not usually reliable
_DOUBTFUL = frozenset("45")  # reports that are doubtful or improbable


def confidence(
    sentences: Sequence[Sentence],
    citations: Sequence[Citation],
    echoes: Sequence[Echo],
    conflicts: Sequence[Conflict],
) -> Confidence | None:
    """The level for a paragraph: high from three independent sources, moderate from two, low from one.

    One lower where its sources contradict each other or one is graded as doubtful; without any date at most moderate.
    None for a paragraph that cites nothing.
    """
    numbers = {number for one in sentences for number in one.citations}
    cited = [one for one in citations if one.number in numbers]
    if not cited:
        return None
    sources, documents = independent(cited, echoes), len({one.document_id for one in cited})
    level = min(sources, 3) - 1
    notes = []
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


def _touches(one: Conflict, numbers: set[int]) -> bool:
    return one.kind == "conflict" and any(numbers & set(side.citations) for side in one.sides)
