"""Edits a briefing: accept, reword or strike a sentence, rename or move a paragraph.

Every edit returns a complete briefing, in which an edited sentence was checked again, citations are renumbered and
sources recounted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.grounding import Checker
from assistant.grounding.surroundings import DocumentText, surroundings
from assistant.results.annotations import without_annotations
from assistant.results.answer import Sentence
from assistant.results.briefing import Briefing, Paragraph
from assistant.results.numbering import renumber_citations
from assistant.results.spans import split_markers
from assistant.sourcing.sourcing import with_counts

SectionName = Literal["bottom_line", "key_judgements", "alternatives", "paragraph"]
LONGEST = 2_000  # characters of an edited sentence


@dataclass(frozen=True)
class SentencePosition:
    """The position of a sentence in a briefing."""

    part: SectionName
    sentence: int  # 0-based
    paragraph: int = 0  # 0-based; only used if `part` is "paragraph"


def sentence_at(briefing: Briefing, place: SentencePosition) -> Sentence:
    """The sentence at a position. Raises IndexError if there is none."""
    return _sentences(briefing, place)[place.sentence]


def accept(briefing: Briefing, place: SentencePosition) -> Briefing:
    """Mark a sentence as accepted by the analyst."""
    return _changed(briefing, place, lambda sentence: [replace(sentence, mark="accepted")])


def strike(briefing: Briefing, place: SentencePosition) -> Briefing:
    """Remove a sentence, and with the last sentence of a paragraph the paragraph, too."""
    return _changed(briefing, place, lambda sentence: [])


def reword(
    briefing: Briefing, place: SentencePosition, text: str, checker: Checker, text_of: DocumentText
) -> Briefing:
    """Replace the words of a sentence, and check the new ones against what it cites.

    Markers in `text` ("[3]") replace its citations; without any, it keeps those it has. Raises ValueError if the text
    is empty or longer than `LONGEST`, or cites a number that the briefing does not have.
    """
    plain, numbers = split_markers(" ".join(text.split()))
    if not plain:
        raise ValueError("The sentence is empty: strike it instead")
    if len(plain) > LONGEST:
        raise ValueError(f"The sentence has {len(plain):,} characters, the most is {LONGEST:,}")
    cited = numbers or sentence_at(briefing, place).citations
    by_number = {citation.number: citation for citation in briefing.citations}
    missing = [number for number in cited if number not in by_number]
    if missing:
        raise ValueError(f"The briefing has no endnote {', '.join(map(str, missing))}: cite one that it has")
    quotes = [by_number[number].quote for number in cited]
    around = surroundings([by_number[number].to_json() for number in cited], text_of)
    verdict = checker(without_annotations(plain), quotes, around)
    reworded = Sentence(plain, tuple(cited), verdict.support, verdict.score, verdict.reasons, "edited")
    return _changed(briefing, place, lambda sentence: [reworded])


def rename(briefing: Briefing, paragraph: int, heading: str) -> Briefing:
    """Give a paragraph another heading, cut to 200 characters. Raises ValueError if it is empty."""
    heading = " ".join(heading.split())[:200]
    if not heading:
        raise ValueError("A paragraph needs a heading")
    paragraphs = list(briefing.paragraphs)
    paragraphs[paragraph] = replace(paragraphs[paragraph], heading=heading)
    return _whole(replace(briefing, paragraphs=tuple(paragraphs)))


def move(briefing: Briefing, paragraph: int, by: int) -> Briefing:
    """Move a paragraph down by `by` places, or up if that is negative, but not beyond either end."""
    paragraphs = list(briefing.paragraphs)
    moved = paragraphs.pop(paragraph)
    paragraphs.insert(max(0, min(len(paragraphs), paragraph + by)), moved)
    return _whole(replace(briefing, paragraphs=tuple(paragraphs)))


def _sentences(briefing: Briefing, place: SentencePosition) -> tuple[Sentence, ...]:
    if place.part == "paragraph":
        return briefing.paragraphs[place.paragraph].sentences
    section: tuple[Sentence, ...] = getattr(briefing, place.part)
    return section


def _changed(
    briefing: Briefing, place: SentencePosition, change: Callable[[Sentence], Sequence[Sentence]]
) -> Briefing:
    """The briefing with one sentence replaced by what `change` makes of it; by nothing to remove it."""
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
    """The briefing, renumbered and recounted."""
    return with_counts(renumber_citations(briefing))
