"""What is shown of the evidence: each part of a question answered or named as missing, figures that differ told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant import extractive
from assistant.answer import CitationList, Sentence
from assistant.disagreements import Difference, differences
from assistant.evidence import Embed, Evidence
from assistant.facts import Fact, several_asked
from assistant.instructions import Length
from assistant.question import Question
from assistant.refusal import UNSURE, Verdict
from assistant.wording import date_words, name_of

SIDE_BY_SIDE = "The sources do not compare these themselves; what they say of each stands side by side."

_COUNTED: frozenset[Fact] = frozenset(["count", "amount", "money", "share"])
_COMPARED = 12  # best sentences that are searched for other figures …
_NEAR_BEST = 0.5  # … with at least this part of the best one's chance

Pair = frozenset[tuple[str, int, int]]  # the spans of two sentences
Weighed = tuple[Question, Sequence[Evidence], Verdict]  # one question in the question; evidence best first


def answered(
    parts: Sequence[Weighed],
    embed: Embed,
    citations: CitationList,
    *,
    length: Length = "standard",
    side_by_side: bool = False,
) -> Iterator[Sentence]:
    """The sentences of an answer, notes among them; each source's sentence once."""
    shown: set[tuple[str, int, int]] = set()
    told: set[Pair] = set()
    several = len(parts) > 1
    if several and side_by_side:
        yield Sentence(SIDE_BY_SIDE)
    for question, evidence, verdict in parts:
        if verdict.refused:
            yield _missing(question, verdict)
            continue
        found = _differing(question, evidence)
        chosen = extractive.choose(
            evidence,
            embed,
            sure=verdict.sure,
            length=length,
            part=several,
            several=several_asked(question.text),
        )
        differing = [
            one for one in found if (one.earlier in chosen or one.later in chosen) and _pair(one) not in told
        ][:1]
        fresh = [one for one in _with_both(chosen, differing) if one.span not in shown]
        if not verdict.sure and fresh:
            yield Sentence(UNSURE)
        shown |= {one.span for one in fresh}
        yield from extractive.write(fresh, citations, dated=side_by_side or bool(differing))
        for one in differing:
            told.add(_pair(one))
            yield _told(one, citations)


def _differing(question: Question, evidence: Sequence[Evidence]) -> list[Difference]:
    """Other figures for what is asked, among the sentences that answer nearly as well as the best."""
    if question.fact not in _COUNTED:
        return []
    near = [one for one in evidence[:_COMPARED] if one.score >= _NEAR_BEST * evidence[0].score]
    # Asked of one year, the figure of another is no other answer.
    dated = re.search(r"\b(?:19|20)\d\d\b", question.text) is not None
    return [one for one in differences(near, asked=True) if not (dated and one.kind == "update")]


def _pair(one: Difference) -> Pair:
    return frozenset((one.earlier.span, one.later.span))


def _with_both(chosen: list[Evidence], differing: Sequence[Difference]) -> list[Evidence]:
    both = [side for one in differing for side in (one.earlier, one.later)]
    return [*chosen, *(side for side in both if side not in chosen)]


def _missing(question: Question, verdict: Verdict) -> Sentence:
    """That one part has no answer."""
    reason = f" {verdict.reason}" if verdict.reason else ""
    return Sentence(
        f"The sources do not answer this part: “{question.text.rstrip(' .')}”{reason and '.'}{reason}"
    )


def _told(one: Difference, citations: CitationList) -> Sentence:
    """Both figures, whose they are, and whether the later one takes the earlier one's place."""
    sides = [
        f"{value:,.10g} ({side.passage.publisher or name_of(side.passage.title, side.passage.source)}, "
        f"{date_words(side.passage.published)})"
        for value, side in zip(one.values, (one.earlier, one.later), strict=True)
    ]
    last = (
        "The later figure updates the earlier one."
        if one.kind == "update"
        else "The sources contradict each other, and nothing in them says which is right."
    )
    numbers = citations.numbers([one.earlier.citation, one.later.citation])
    return Sentence(f"The figures differ: {sides[0]} and {sides[1]}. {last}", numbers)
