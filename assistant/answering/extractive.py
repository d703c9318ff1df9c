"""The built-in writer: answers with the fewest of the sources' own sentences that suffice, each cited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.evidence.scoring import Evidence
from assistant.language.words import needs_previous_sentence, numbers
from assistant.questions.instructions import AnswerLength
from assistant.results.annotations import (
    with_antecedent,
    with_attribution,
    with_injection_label,
    with_report_date,
)
from assistant.results.answer import CitationList, Sentence
from vectorstore.embedding.types import Embed

# Most sentences of an answer, by length. "standard" holds if the best sentence very likely answers the question.
_MOST: dict[AnswerLength, int] = {"short": 1, "standard": 3, "long": 10}
_MOST_UNSURE = 5  # instead of "standard", if the best sentence is less likely to answer
_MOST_SEVERAL = 6  # instead of "standard", if the question asks for several things ("which towns …")
_MOST_OF_PART = 2  # for each part of a question with several parts
_EXTRA_FOR_ANTECEDENT = 1  # a sentence that begins "They …" may bring the one before it
_FIRST = 3  # sentences that come first, before any weaker one

# A further sentence needs this share of the best one's score:
_NEAR_BEST = 0.3
_NEAR_GOOD = 0.6  # if the best has a score of _GOOD and holds _COVERS of the question's words
_NEAR_LONG = 0.1  # in a long answer
# threshold                                  | data                     | metric               | value
# _GOOD 0.6, _COVERS 0.6, _NEAR_GOOD 0.6     | 60 questions, 5 reports  | facts lost by it     | 0
_GOOD, _COVERS = 0.6, 0.6
# Next to a sentence that holds _HOLDS_ALL of the question's words, one with less than _OF_ITS_WORDS of that coverage
# is about something else.
_HOLDS_ALL, _OF_ITS_WORDS = 0.8, 0.6
_SAME = 0.9  # cosine from which two sentences say the same thing


def choose_sentences(
    evidence: Sequence[Evidence],
    embed: Embed,
    *,
    sure: bool = True,
    length: AnswerLength = "standard",
    part: bool = False,
    several: bool = False,
) -> list[Evidence]:
    """Choose the sentences that answer a question together: strong, unlike each other, in an order that reads well.

    `evidence` is best first. A `sure` answer keeps only sentences with a fact of the type asked for. A `part` of a
    question gets fewer sentences, a question for `several` things more. The three strongest come first; among these,
    and among the rest, the best sentence leads, followed by the others of its document in the source's order, then by
    other documents.
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
    near = _NEAR_GOOD if good and best.term_coverage >= _COVERS and not several else _NEAR_BEST
    near = _NEAR_LONG if length == "long" else near
    strong = [sentence for sentence in evidence if sentence.score >= near * best.score][: 4 * most]
    if sure and best.has_answer_type and length != "long":
        strong = [sentence for sentence in strong if sentence.has_answer_type]
    if best.term_coverage >= _HOLDS_ALL and best.has_answer_type and length != "long":
        strong = [
            sentence for sentence in strong if sentence.term_coverage >= _OF_ITS_WORDS * best.term_coverage
        ]
    vectors = embed([sentence.text for sentence in strong])
    chosen: list[int] = []
    for i in range(len(strong)):
        if len(chosen) == most:
            break
        # Other figures in similar words are another version of the story, and must be shown.
        if all(
            float(vectors[i] @ vectors[j]) < _SAME or numbers(strong[i].text) != numbers(strong[j].text)
            for j in chosen
        ):
            chosen.append(i)
    selected = [strong[i] for i in chosen]
    first: list[Evidence] = []
    rest: list[Evidence] = []
    for sentence in selected:
        shown = [*first, *rest]
        pair = (sentence, _antecedent(sentence, evidence))
        added = [candidate for candidate in pair if candidate and candidate not in shown]
        if len(shown) + len(added) > most + _EXTRA_FOR_ANTECEDENT and shown:
            continue
        if not first or (not rest and len(first) + len(added) <= _FIRST):
            first += added
        else:
            rest += added
    return [*_in_order(first), *_in_order(rest)]


def _antecedent(sentence: Evidence, evidence: Sequence[Evidence]) -> Evidence | None:
    """The sentence before one that begins with "it", "this" and the like; None for any other sentence."""
    if not needs_previous_sentence(sentence.text):
        return None
    return max(
        (earlier for earlier in evidence if sentence.follows(earlier)),
        key=lambda earlier: earlier.span[2],
        default=None,
    )


def _in_order(chosen: Sequence[Evidence]) -> list[Evidence]:
    """Documents ordered by their best sentence, sentences by the source; but the best of all leads.

    A best sentence that leans on the one before it stays in the source's order.
    """
    if not chosen:
        return []
    best = max(chosen, key=lambda sentence: sentence.score)
    rank: dict[str, int] = {}
    for sentence in sorted(chosen, key=lambda sentence: -sentence.score):
        rank.setdefault(sentence.passage.document_id, len(rank))
    leads = not needs_previous_sentence(best.text)

    def place(sentence: Evidence) -> tuple[int, int, int]:
        return rank[sentence.passage.document_id], 0 if leads and sentence is best else 1, sentence.span[1]

    return sorted(chosen, key=place)


def write_sentences(
    chosen: Sequence[Evidence], citations: CitationList, *, dated: bool = False
) -> Iterator[Sentence]:
    """Yield the chosen sentences as they stand in the sources, each cited and marked verbatim.

    With `dated`, each gets its source's publisher and date; else only one that says "currently" or the like. A thing
    that a sentence merely points to ("the region") is named in brackets, unless the sentence before it is shown, too.
    """
    for before, sentence in zip([None, *chosen], chosen, strict=False):
        passage = sentence.passage
        follows = before is not None and before.passage is passage
        text = (
            sentence.text
            if follows
            else with_antecedent(sentence.text, passage.text[: sentence.start], passage.heading or "")
        )
        date = with_attribution if dated else with_report_date
        text = with_injection_label(date(text, passage.published, passage.publisher), sentence.text)
        yield Sentence(
            text, citations.numbers([sentence.citation]), "verbatim", round(min(sentence.score, 1.0), 3)
        )
