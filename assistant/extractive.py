"""The embedded writer: the sources' own sentences, chosen to answer, at most five, each cited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answer import CitationList, Sentence
from assistant.dates import with_report_date
from assistant.evidence import Embed, Evidence
from assistant.words import leans_back, numbers

MOST_SENTENCES = 5
_NEAR_BEST = 0.3  # a further sentence must have at least this part of the best one's chance
# A good best sentence, which holds most of the question's words, needs less beside it: of 60 questions on five
# reports this cost none its fact.
_GOOD, _COVERS = 0.6, 0.6
_NEAR_GOOD = 0.6
_SAME = 0.9  # cosine above which two sentences say the same thing


def choose(evidence: Sequence[Evidence], embed: Embed) -> list[Evidence]:
    """At most five sentences that answer together: strong, unlike each other, in an order that reads well.

    `evidence` is best first. The best sentence comes first, with the rest of its document; other
    documents follow by their best sentence; within a document the source's order stands.
    """
    if not evidence:
        return []
    best = evidence[0]
    near = _NEAR_GOOD if best.score >= _GOOD and best.coverage >= _COVERS else _NEAR_BEST
    strong = [one for one in evidence if one.score >= near * best.score][: 4 * MOST_SENTENCES]
    vectors = embed([one.text for one in strong])
    chosen: list[int] = []
    for i in range(len(strong)):
        if len(chosen) == MOST_SENTENCES:
            break
        # Other figures in like words are another version of the story, and must be seen.
        if all(
            float(vectors[i] @ vectors[j]) < _SAME or numbers(strong[i].text) != numbers(strong[j].text)
            for j in chosen
        ):
            chosen.append(i)
    return _in_order(_with_antecedents([strong[i] for i in chosen], evidence))


def _with_antecedents(chosen: list[Evidence], evidence: Sequence[Evidence]) -> list[Evidence]:
    """Bring in the sentence that "it" or "this" leans on, while there is room for it."""
    room = MOST_SENTENCES - len(chosen)
    spans = {one.span for one in chosen}
    for one in list(chosen):
        if room and leans_back(one.text):
            before = [
                other
                for other in evidence
                if other.passage.passage_id == one.passage.passage_id and other.end <= one.start
            ]
            nearest = max(before, key=lambda other: other.end, default=None)
            if nearest is not None and nearest.span not in spans:
                chosen.append(nearest)
                spans.add(nearest.span)
                room -= 1
    return chosen


def _in_order(chosen: Sequence[Evidence]) -> list[Evidence]:
    """Documents by their best sentence; within the best one's, that sentence (and what it leans on) first."""
    if not chosen:
        return []
    best = max(chosen, key=lambda one: one.score)
    rank: dict[str, int] = {}
    for one in sorted(chosen, key=lambda one: -one.score):
        rank.setdefault(one.passage.document_id, len(rank))
    leads = not leans_back(best.text)

    def place(one: Evidence) -> tuple[int, int, int]:
        return rank[one.passage.document_id], 0 if leads and one is best else 1, one.span[1]

    return sorted(chosen, key=place)


def write(chosen: Sequence[Evidence], citations: CitationList) -> Iterator[Sentence]:
    """The chosen sentences as they stand in the sources."""
    for one in chosen:
        text = with_report_date(one.text, one.passage.published)
        yield Sentence(text, citations.numbers([one.citation]), "verbatim", round(min(one.score, 1.0), 3))
