"""What is shown of the evidence: each part of a question answered or named as missing, figures that differ told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answering import extractive
from assistant.disagreements.disagreements import Difference, differences
from assistant.evidence.refusal import UNSURE, RefusalVerdict
from assistant.evidence.scoring import Embed, Evidence
from assistant.questions.answer_types import AnswerType, asks_for_several
from assistant.questions.instructions import AnswerLength
from assistant.questions.question import Question
from assistant.results.answer import CitationList, Sentence
from assistant.results.wording import date_words, source_name
from ingest.text.date_patterns import YEAR

SIDE_BY_SIDE = "The sources do not compare these themselves; what they say of each stands side by side."

_COUNTED: frozenset[AnswerType] = frozenset(["count", "amount", "money", "share"])
_COMPARED = 12  # best sentences that are searched for other figures …
_NEAR_BEST = 0.5  # … with at least this part of the best one's chance

DifferingSpans = frozenset[tuple[str, int, int]]  # of the sentences that differ
WeighedQuestion = tuple[
    Question, Sequence[Evidence], RefusalVerdict
]  # one question in the question; evidence best first


def compose_answer(
    parts: Sequence[WeighedQuestion],
    embed: Embed,
    citations: CitationList,
    *,
    length: AnswerLength = "standard",
    side_by_side: bool = False,
) -> Iterator[Sentence]:
    """The sentences of an answer, notes among them; each source's sentence once."""
    shown: set[tuple[str, int, int]] = set()
    told: set[DifferingSpans] = set()
    several = len(parts) > 1
    if several and side_by_side:
        yield Sentence(SIDE_BY_SIDE)
    for question, evidence, verdict in parts:
        if verdict.refused:
            yield _missing(question, verdict)
            continue
        found = _differing(question, evidence, embed)
        chosen = extractive.choose_sentences(
            evidence,
            embed,
            sure=verdict.sure,
            length=length,
            part=several,
            several=asks_for_several(question.text),
        )
        differing = [
            one
            for one in found
            if any(side.evidence in chosen for side in one.stands) and _spans(one) not in told
        ][:1]
        fresh = [one for one in _with_both(chosen, differing) if one.span not in shown]
        if not verdict.sure and fresh:
            yield Sentence(UNSURE)
        shown |= {one.span for one in fresh}
        yield from extractive.write_sentences(fresh, citations, dated=side_by_side or bool(differing))
        for one in differing:
            told.add(_spans(one))
            yield _told(one, citations)


def _differing(question: Question, evidence: Sequence[Evidence], embed: Embed) -> list[Difference]:
    """What else is said to what is asked, among the sentences that answer nearly as well as the best."""
    near = [one for one in evidence[:_COMPARED] if one.score >= _NEAR_BEST * evidence[0].score]
    # Asked of one year, the figure of another is no other answer.
    dated = re.search(rf"\b{YEAR}\b", question.text) is not None
    return [
        one
        for one in differences(near, embed, asked=True)
        if (one.of != "figures" or question.answer_type in _COUNTED) and not (dated and one.kind == "update")
    ]


def _spans(one: Difference) -> DifferingSpans:
    return frozenset(stand.evidence.span for stand in one.stands)


def _with_both(chosen: list[Evidence], differing: Sequence[Difference]) -> list[Evidence]:
    sides = [stand.evidence for one in differing for stand in one.stands]
    return [*chosen, *(side for side in sides if side not in chosen)]


def _missing(question: Question, verdict: RefusalVerdict) -> Sentence:
    """That one part has no answer."""
    reason = f" {verdict.reason}" if verdict.reason else ""
    return Sentence(
        f"The sources do not answer this part: “{question.text.rstrip(' .')}”{reason and '.'}{reason}"
    )


def _told(one: Difference, citations: CitationList) -> Sentence:
    """What each side says, whose it is, and whether the later one takes the earlier one's place."""
    sides = [
        f"{stand.says} ({passage.publisher or source_name(passage.title, passage.source)}, "
        f"{date_words(passage.published)})"
        for stand, passage in ((stand, stand.evidence.passage) for stand in one.stands)
    ]
    if one.kind == "update":
        last = f"The later {'figure' if one.of == 'figures' else 'report'} updates the earlier one."
    else:
        last = "The sources contradict each other, and nothing in them says which is right."
    differ = {
        "figures": "The figures differ",
        "statements": "The reports differ",
        "who": "The reports differ on who it was",
        "when": "The reports differ on when it was",
        "where": "The reports differ on where it was",
    }
    numbers = citations.numbers([stand.evidence.citation for stand in one.stands])
    told = f"{', '.join(sides[:-1])} and {sides[-1]}"
    return Sentence(f"{differ[one.of]}: {told}. {last}", numbers)
