"""What a briefing rests on, once it is written: grades, echoes, confidence, and the summary of its sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.results.briefing import Briefing
from assistant.sourcing.confidence import confidence
from assistant.sourcing.grades import graded
from assistant.sourcing.origins import echoes
from assistant.sourcing.summary import summarise
from vectorstore import Passage
from vectorstore.records import DocumentRecord


def sourced(
    briefing: Briefing,
    found: Sequence[Passage],
    records: Sequence[DocumentRecord],
    confirmed: Callable[[DocumentRecord], bool],
) -> Briefing:
    """The briefing with all that is counted from its citations; `found` are the passages the search brought."""
    citations = graded(briefing.citations, records, confirmed)
    return counted(replace(briefing, citations=citations, echoes=echoes(citations, found, records)))


def counted(briefing: Briefing) -> Briefing:
    """The briefing with its confidence and source summary counted anew from what stands in it, and from that alone."""
    paragraphs = tuple(
        replace(
            one, confidence=confidence(one.sentences, briefing.citations, briefing.echoes, briefing.conflicts)
        )
        for one in briefing.paragraphs
    )
    body = [*briefing.bottom_line, *(one for paragraph in paragraphs for one in paragraph.sentences)]
    summary = summarise(briefing.citations, body, briefing.echoes, briefing.as_of)
    return replace(briefing, paragraphs=paragraphs, source_summary=summary)
