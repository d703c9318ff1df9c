"""Adds to a finished briefing what is known of its sources: grades, echoes, confidence, source summary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.results.briefing import Briefing
from assistant.sourcing.confidence import paragraph_confidence
from assistant.sourcing.grades import with_grades
from assistant.sourcing.origins import echoes
from assistant.sourcing.summary import summarise_sources
from vectorstore import Passage
from vectorstore.records import DocumentRecord


def with_sourcing(
    briefing: Briefing,
    passages: Sequence[Passage],
    records: Sequence[DocumentRecord],
    confirmed: Callable[[DocumentRecord], bool],
) -> Briefing:
    """The briefing with grades, echoes, confidence and source summary.

    `passages` are all that the search found, `records` the reports; `confirmed` as in `grades.grade_of`.
    """
    citations = with_grades(briefing.citations, records, confirmed)
    return with_counts(replace(briefing, citations=citations, echoes=echoes(citations, passages, records)))


def with_counts(briefing: Briefing) -> Briefing:
    """The briefing with confidence and source summary recounted from its own content, as verification does."""
    paragraphs = tuple(
        replace(
            paragraph,
            confidence=paragraph_confidence(
                paragraph.sentences, briefing.citations, briefing.echoes, briefing.conflicts
            ),
        )
        for paragraph in briefing.paragraphs
    )
    body = [
        *briefing.bottom_line,
        *(sentence for paragraph in paragraphs for sentence in paragraph.sentences),
    ]
    summary = summarise_sources(briefing.citations, body, briefing.echoes, briefing.as_of)
    return replace(briefing, paragraphs=paragraphs, source_summary=summary)
