"""What a briefing rests on, once it is written: grades, echoes, confidence, and the summary of its sources."""

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
    found: Sequence[Passage],
    records: Sequence[DocumentRecord],
    confirmed: Callable[[DocumentRecord], bool],
) -> Briefing:
    """The briefing with all that is counted from its citations; `found` are the passages the search brought."""
    citations = with_grades(briefing.citations, records, confirmed)
    return with_counts(replace(briefing, citations=citations, echoes=echoes(citations, found, records)))


def with_counts(briefing: Briefing) -> Briefing:
    """The briefing with its confidence and source summary counted anew from what stands in it, and from that alone."""
    paragraphs = tuple(
        replace(
            one,
            confidence=paragraph_confidence(
                one.sentences, briefing.citations, briefing.echoes, briefing.conflicts
            ),
        )
        for one in briefing.paragraphs
    )
    body = [*briefing.bottom_line, *(one for paragraph in paragraphs for one in paragraph.sentences)]
    summary = summarise_sources(briefing.citations, body, briefing.echoes, briefing.as_of)
    return replace(briefing, paragraphs=paragraphs, source_summary=summary)
