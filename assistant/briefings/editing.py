"""A briefing under the analyst's hand: sentences accepted, reworded or struck, headings renamed and moved.

Every change leaves a whole briefing: an edited sentence is checked again, numbers are given anew, counts are counted
anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.grounding import Checker
from assistant.grounding.surroundings import DocumentText, surroundings
from assistant.results.annotations import without_report_date
from assistant.results.answer import Sentence
from assistant.results.briefing import Briefing, Paragraph
from assistant.results.numbering import renumber_citations
from assistant.results.spans import split_markers
from assistant.sourcing.sourcing import with_counts

SectionName = Literal["bottom_line", "key_judgements", "alternatives", "paragraph"]
LONGEST = 2_000  # characters of a sentence


@dataclass(frozen=True)
class SentencePosition:
    """Where a sentence stands, counted from 0."""

    part: SectionName
    sentence: int
    paragraph: int = 0


def sentence_at(briefing: Briefing, place: SentencePosition) -> Sentence:
    """Raises IndexError for a place that is not there (any more)."""
    return _sentences(briefing, place)[place.sentence]


def accept(briefing: Briefing, place: SentencePosition) -> Briefing:
    """Note that the analyst stands by a sentence."""
    return _changed(briefing, place, lambda one: [replace(one, mark="accepted")])


def strike(briefing: Briefing, place: SentencePosition) -> Briefing:
    """Without a sentence; a paragraph goes with its last one."""
    return _changed(briefing, place, lambda one: [])


def reword(
    briefing: Briefing, place: SentencePosition, text: str, checker: Checker, text_of: DocumentText
) -> Briefing:
    """With other words for a sentence, checked against what it cites.

    Markers in the text ("[3]") say what it cites from now on, and must be those of the briefing; without any it cites
    what it did. Raises ValueError for an empty text, one that is too long, or a number that the briefing does not have.
    """
    plain, numbers = split_markers(" ".join(text.split()))
    if not plain:
        raise ValueError("The sentence is empty: strike it instead")
    if len(plain) > LONGEST:
        raise ValueError(f"The sentence has {len(plain):,} characters, the most is {LONGEST:,}")
    cited = numbers or sentence_at(briefing, place).citations
    known = {one.number: one for one in briefing.citations}
    strange = [number for number in cited if number not in known]
    if strange:
        raise ValueError(f"The briefing has no endnote {', '.join(map(str, strange))}: cite one that it has")
    quotes = [known[number].quote for number in cited]
    around = surroundings([known[number].to_json() for number in cited], text_of)
    verdict = checker(without_report_date(plain), quotes, around)
    made = Sentence(plain, tuple(cited), verdict.support, verdict.score, verdict.reasons, "edited")
    return _changed(briefing, place, lambda one: [made])


def rename(briefing: Briefing, paragraph: int, heading: str) -> Briefing:
    """With another heading for a paragraph. Raises ValueError for an empty one."""
    heading = " ".join(heading.split())[:200]
    if not heading:
        raise ValueError("A paragraph needs a heading")
    paragraphs = list(briefing.paragraphs)
    paragraphs[paragraph] = replace(paragraphs[paragraph], heading=heading)
    return _whole(replace(briefing, paragraphs=tuple(paragraphs)))


def move(briefing: Briefing, paragraph: int, by: int) -> Briefing:
    """With a paragraph `by` places further down, or up where that is negative; no further than there is room."""
    paragraphs = list(briefing.paragraphs)
    one = paragraphs.pop(paragraph)
    paragraphs.insert(max(0, min(len(paragraphs), paragraph + by)), one)
    return _whole(replace(briefing, paragraphs=tuple(paragraphs)))


def _sentences(briefing: Briefing, place: SentencePosition) -> tuple[Sentence, ...]:
    if place.part == "paragraph":
        return briefing.paragraphs[place.paragraph].sentences
    found: tuple[Sentence, ...] = getattr(briefing, place.part)
    return found


def _changed(
    briefing: Briefing, place: SentencePosition, change: Callable[[Sentence], Sequence[Sentence]]
) -> Briefing:
    sentences = list(_sentences(briefing, place))
    sentences[place.sentence : place.sentence + 1] = change(sentences[place.sentence])
    if place.part != "paragraph":
        return _whole(replace(briefing, **{place.part: tuple(sentences)}))  # type: ignore[arg-type]
    paragraphs: list[Paragraph] = list(briefing.paragraphs)
    if sentences:
        paragraphs[place.paragraph] = replace(paragraphs[place.paragraph], sentences=tuple(sentences))
    else:
        del paragraphs[place.paragraph]
    return _whole(replace(briefing, paragraphs=tuple(paragraphs)))


def _whole(briefing: Briefing) -> Briefing:
    return with_counts(renumber_citations(briefing))
