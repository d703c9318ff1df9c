"""Composes an answer from the evidence: each part of a question is answered or reported as missing, and sources that
differ are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answering import extractive
from assistant.disagreements.disagreements import Difference, differences
from assistant.evidence.refusal import UNSURE, RefusalVerdict
from assistant.evidence.scoring import Evidence
from assistant.questions.answer_types import AnswerType, asks_for_several
from assistant.questions.instructions import AnswerLength
from assistant.questions.question import Question
from assistant.results.answer import CitationList, Sentence
from assistant.results.wording import date_words, source_name
from ingest.text.date_patterns import YEAR
from vectorstore.embedding.types import Embed

SIDE_BY_SIDE = "The sources do not compare these themselves; what they say of each stands side by side."

_COUNTED: frozenset[AnswerType] = frozenset(["count", "amount", "money", "share"])
_COMPARED = 12  # best sentences that are searched for differences
_NEAR_BEST = 0.5  # share of the best one's score that each of them needs

# (document id, start, end) of each sentence of a difference, so that none is reported twice
DifferingSpans = frozenset[tuple[str, int, int]]
# One part of a question, its evidence (best first), and whether that answers it.
WeighedQuestion = tuple[Question, Sequence[Evidence], RefusalVerdict]


def compose_answer(
    parts: Sequence[WeighedQuestion],
    embed: Embed,
    citations: CitationList,
    *,
    length: AnswerLength = "standard",
    side_by_side: bool = False,
) -> Iterator[Sentence]:
    """Yield the sentences of an answer, with notes in between; no sentence of a source comes twice.

    `parts` are the questions in the question. With `side_by_side`, for comparisons, every sentence gets the date of
    its source, and a note says that the sources do not compare.
    """
    shown_spans: set[tuple[str, int, int]] = set()
    reported: set[DifferingSpans] = set()
    several = len(parts) > 1
    if several and side_by_side:
        yield Sentence(SIDE_BY_SIDE)
    for question, evidence, verdict in parts:
        if verdict.refused:
            yield _report_missing(question, verdict)
            continue
        candidates = _find_differences(question, evidence, embed)
        chosen = extractive.choose_sentences(
            evidence,
            embed,
            sure=verdict.sure,
            length=length,
            part=several,
            several=asks_for_several(question.text),
        )
        differing = [
            difference
            for difference in candidates
            if any(side.evidence in chosen for side in difference.positions)
            and _spans(difference) not in reported
        ][:1]
        fresh = [sentence for sentence in _with_both(chosen, differing) if sentence.span not in shown_spans]
        if not verdict.sure and fresh:
            yield Sentence(UNSURE)
        shown_spans |= {sentence.span for sentence in fresh}
        yield from extractive.write_sentences(fresh, citations, dated=side_by_side or bool(differing))
        for difference in differing:
            reported.add(_spans(difference))
            yield _report_difference(difference, citations)


def _find_differences(question: Question, evidence: Sequence[Evidence], embed: Embed) -> list[Difference]:
    """The differences among the sentences that answer a question nearly as well as the best one does."""
    near = [sentence for sentence in evidence[:_COMPARED] if sentence.score >= _NEAR_BEST * evidence[0].score]
    # To a question about one year, the figure of another year is not a different answer.
    dated = re.search(rf"\b{YEAR}\b", question.text) is not None
    return [
        difference
        for difference in differences(near, embed, asked=True)
        if (difference.of != "figures" or question.answer_type in _COUNTED)
        and not (dated and difference.kind == "update")
    ]


def _spans(difference: Difference) -> DifferingSpans:
    return frozenset(position.evidence.span for position in difference.positions)


def _with_both(chosen: list[Evidence], differing: Sequence[Difference]) -> list[Evidence]:
    """The chosen sentences, and all sides of the differences."""
    sides = [position.evidence for difference in differing for position in difference.positions]
    return [*chosen, *(side for side in sides if side not in chosen)]


def _report_missing(question: Question, verdict: RefusalVerdict) -> Sentence:
    """A note that one part of the question has no answer, and why."""
    reason = f" {verdict.reason}" if verdict.reason else ""
    return Sentence(
        f"The sources do not answer this part: “{question.text.rstrip(' .')}”{reason and '.'}{reason}"
    )


def _report_difference(difference: Difference, citations: CitationList) -> Sentence:
    """A note with what each side says, its source and date, and whether the later one updates the earlier."""
    sides = [
        f"{position.says} ({passage.publisher or source_name(passage.title, passage.source)}, "
        f"{date_words(passage.published)})"
        for position, passage in ((position, position.evidence.passage) for position in difference.positions)
    ]
    if difference.kind == "update":
        last = f"The later {'figure' if difference.of == 'figures' else 'report'} updates the earlier one."
    else:
        last = "The sources contradict each other, and nothing in them says which is right."
    differ = {
        "figures": "The figures differ",
        "statements": "The reports differ",
        "who": "The reports differ on who it was",
        "when": "The reports differ on when it was",
        "where": "The reports differ on where it was",
    }
    numbers = citations.numbers([position.evidence.citation for position in difference.positions])
    statements = f"{', '.join(sides[:-1])} and {sides[-1]}"
    return Sentence(f"{differ[difference.of]}: {statements}. {last}", numbers)
