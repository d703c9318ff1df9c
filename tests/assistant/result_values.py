"""Citations and briefings made for a test, without an index."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.results.answer import Citation, Sentence
from assistant.results.briefing import Briefing, Conflict, Echo, Event, Paragraph, Side, SourceSummary


def citation_of(number: int, /, **changes: Any) -> Citation:
    """A citation of characters 10 * number to 10 * number + 5 of one document."""
    citation = Citation(
        number=number,
        passage_id="d1:0",
        document_id="d1",
        title="The harbour",
        authors=("A. Keita",),
        publisher="River Wire",
        published="2022-05-16",
        source="harbour.md",
        page=3,
        heading="Water",
        start=10 * number,
        end=10 * number + 5,
        quote="flood",
        grade="B2",
    )
    return replace(citation, **changes)


def briefing_of(**changes: Any) -> Briefing:
    """A briefing with something in each of its parts; every citation from 1 to 5 is cited, by a part of its own."""
    briefing = Briefing(
        topic="the flood",
        as_of="2022-06",
        title="The flood",
        refused=False,
        bottom_line=(Sentence("The flood drowned 14 people.", (1,), "verbatim"),),
        paragraphs=(
            Paragraph("Damage", (Sentence("The dyke broke.", (2,), "supported"), Sentence("A remark."))),
            Paragraph("Response", (Sentence("The army sent boats.", (3,), "verbatim"),)),
        ),
        chronology=(Event("2022-05-15", "The flood came.", (1,), "Sarrel", None, "14 people drowned"),),
        conflicts=(
            Conflict(
                "people drowned",
                "conflict",
                (Side("14 people", "2022-05-16", (2,)), Side("22 people", "2023-02-01", (4,))),
            ),
            Conflict("boats", "update", (Side("3 boats", None, (3,)),)),
        ),
        gaps=("Nothing on grain.",),
        source_summary=SourceSummary(
            1, ("River Wire",), "2022-05-16", "2022-05-16", 0, 1.0, "One source.", 1
        ),
        citations=tuple(citation_of(number) for number in range(1, 6)),
        model="extractive",
        index_documents=2,
        embedding_model="small",
        seconds=0.5,
        created="2022-06-01T10:00:00+00:00",
        echoes=(Echo("ACLED", "attributed", (5,), ("River Wire",)),),
        handling="Internal",
        inputs={"length": "short"},
    )
    return replace(briefing, **changes)
