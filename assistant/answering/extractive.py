"""The embedded writer: the sources' own sentences, chosen to answer, the fewest that do, each cited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.evidence.scoring import Embed, Evidence
from assistant.language.words import leans_back, numbers
from assistant.questions.instructions import AnswerLength
from assistant.results.annotations import (
    with_antecedent,
    with_attribution,
    with_injection_label,
    with_report_date,
)
from assistant.results.answer import CitationList, Sentence

# Sentences at most, by the length asked for; `standard` for a question that the best sentence very likely answers …
_MOST: dict[AnswerLength, int] = {"short": 1, "standard": 3, "long": 10}
_MOST_UNSURE = 5  # … and for one of which it is not so likely that it does
_MOST_SEVERAL = 6  # … and for "which towns …"
_MOST_OF_PART = 2  # for each part of a question that has several
_TO_LEAN_ON = 1  # sentence more, where one leans on the one before it
_FIRST = 3  # sentences that stand first, before any weaker one
_NEAR_BEST = 0.3  # a further sentence must have at least this part of the best one's chance
# A good best sentence, which holds most of the question's words, needs less beside it: of 60 questions on five
# reports this cost none its fact.
_GOOD, _COVERS = 0.6, 0.6
_NEAR_GOOD = 0.6
_NEAR_LONG = 0.1
# Beside a sentence that holds nearly all of the question's words, one that holds far fewer speaks of something else.
_HOLDS_ALL, _OF_ITS_WORDS = 0.8, 0.6
_SAME = 0.9  # cosine above which two sentences say the same thing


def choose_sentences(
    evidence: Sequence[Evidence],
    embed: Embed,
    *,
    sure: bool = True,
    length: AnswerLength = "standard",
    part: bool = False,
    several: bool = False,
) -> list[Evidence]:
    """The sentences that answer together: strong, unlike each other, in an order that reads well.

    `evidence` is best first. Beside a sure answer only sentences that hold a fact of the kind asked for stand; a
    `part` of a question gets fewer, one that asks for `several` things more. The three strongest come first. Among
    these and among the rest, the best sentence leads, with the others of its document in the source's order; other
    documents follow.
    """
    if not evidence:
        return []
    best = evidence[0]
    good = best.score >= _GOOD
    most = _MOST_UNSURE if length == "standard" and not (sure and good) else _MOST[length]
    if several and length == "standard":
        most = _MOST_SEVERAL
    if part and length != "long":
        most = min(most, _MOST_OF_PART)
    near = _NEAR_GOOD if good and best.coverage >= _COVERS and not several else _NEAR_BEST
    near = _NEAR_LONG if length == "long" else near
    strong = [one for one in evidence if one.score >= near * best.score][: 4 * most]
    if sure and best.has_answer_type and length != "long":
        strong = [one for one in strong if one.has_answer_type]
    if best.coverage >= _HOLDS_ALL and best.has_answer_type and length != "long":
        strong = [one for one in strong if one.coverage >= _OF_ITS_WORDS * best.coverage]
    vectors = embed([one.text for one in strong])
    chosen: list[int] = []
    for i in range(len(strong)):
        if len(chosen) == most:
            break
        # Other figures in like words are another version of the story, and must be seen.
        if all(
            float(vectors[i] @ vectors[j]) < _SAME or numbers(strong[i].text) != numbers(strong[j].text)
            for j in chosen
        ):
            chosen.append(i)
    found = [strong[i] for i in chosen]
    first: list[Evidence] = []
    rest: list[Evidence] = []
    for one in found:
        shown = [*first, *rest]
        wanted = [other for other in (one, _antecedent(one, evidence)) if other and other not in shown]
        if len(shown) + len(wanted) > most + _TO_LEAN_ON and shown:
            continue
        if not first or (not rest and len(first) + len(wanted) <= _FIRST):
            first += wanted
        else:
            rest += wanted
    return [*_in_order(first), *_in_order(rest)]


def _antecedent(one: Evidence, evidence: Sequence[Evidence]) -> Evidence | None:
    """The sentence that "it" or "this" leans on: the one before it."""
    if not leans_back(one.text):
        return None
    return max(
        (other for other in evidence if one.follows(other)), key=lambda other: other.span[2], default=None
    )


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


def write_sentences(
    chosen: Sequence[Evidence], citations: CitationList, *, dated: bool = False
) -> Iterator[Sentence]:
    """The chosen sentences as they stand in the sources; each with its source's date where all are `dated`.

    What a sentence only points at ("the region") is named in brackets, unless the sentence before it is shown.
    """
    for before, one in zip([None, *chosen], chosen, strict=False):
        passage = one.passage
        follows = before is not None and before.passage is passage
        text = (
            one.text
            if follows
            else with_antecedent(one.text, passage.text[: one.start], passage.heading or "")
        )
        date = with_attribution if dated else with_report_date
        text = with_injection_label(date(text, passage.published, passage.publisher), one.text)
        yield Sentence(text, citations.numbers([one.citation]), "verbatim", round(min(one.score, 1.0), 3))
