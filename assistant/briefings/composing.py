"""Composes a briefing of the sources' own sentences: bottom line, themes, chronology, disagreements and gaps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from assistant.briefings.gaps import find_gaps
from assistant.briefings.headings import heading_candidates
from assistant.briefings.themes import (
    SIZES,
    arrange_themes,
    choose_bottom_line,
    theme_pool,
    themes_for_headings,
)
from assistant.disagreements.disagreements import conflicts_in
from assistant.events.chronology import PassageText, chronology
from assistant.evidence.refusal import LEAST_SCORE, REFUSAL, answerable
from assistant.evidence.scoring import Evidence, is_whole
from assistant.results.annotations import with_report_date
from assistant.results.answer import CitationList, Sentence
from assistant.results.briefing import NO_SOURCES, Briefing, Paragraph
from vectorstore.embedding.types import Embed

# Share of the best sentence's score that an event needs.
# threshold | data                              | metric        | value
# 0.12      | 18 events, narrow topic, 8 reports | events kept  | the 8 nearest to the topic
# 0.12      | 26 events, wide topic, 5 reports   | events kept  | 25
_OF_THE_TOPIC = 0.12
SILENT = "The sources say nothing on this."  # stands under a heading of the outline without evidence


def compose_briefing(
    topic: str,
    evidence: Sequence[Evidence],
    *,
    as_of: str | None,
    length: str,
    model: str,
    index_documents: int,
    embedding_model: str,
    left_out_undated: int | None,
    embed: Embed,
    left_out_later: int | None = None,
    further: Sequence[Evidence] = (),
    text_of: PassageText | None = None,
    outline: Sequence[tuple[str, Sequence[Evidence]]] = (),
) -> Briefing:
    """Compose the briefing on `topic` from `evidence` (best first); `length` is short, standard, long or paragraph.

    `further` sentences are used for chronology and disagreements only. `outline` pairs each heading with its
    evidence and makes the paragraphs, in that order; without it they follow the themes of the sources. `embed` turns
    n texts into (n, d) unit vectors.

    If the sources do not answer to the topic, the briefing is refused: one note, no citation.
    """
    size, citations = SIZES[length], CitationList()
    pool = theme_pool(evidence) if answerable(evidence) else []
    pool = [sentence for sentence in pool if sentence.score >= size.least * pool[0].score]
    summed_up: tuple[Sentence, ...] = (Sentence(REFUSAL),)
    paragraphs: tuple[Paragraph, ...] = ()
    if pool:
        vectors = embed([sentence.text for sentence in pool])
        if outline:
            first = choose_bottom_line(pool, vectors, size.bottom_line)
            themes = list(themes_for_headings([pool[i] for i in first], outline, embed, size.sentences))
        else:
            first, themes = arrange_themes(pool, vectors, size)
        named = [heading for heading, _ in outline] or heading_candidates(topic, themes, embed)
        summed_up = tuple(_sentence(pool[i], citations) for i in first)
        paragraphs = tuple(
            Paragraph(
                heading, tuple(_sentence(sentence, citations) for sentence in theme) or (Sentence(SILENT),)
            )
            for heading, theme in zip(named, themes, strict=True)
        )

    event_evidence = _event_evidence(pool, [*evidence, *further])
    events = chronology(event_evidence, citations.number, as_of, size.events, text_of) if size.events else ()
    conflicts = conflicts_in(event_evidence, citations.number, embed)
    return Briefing(
        topic=topic,
        as_of=as_of,
        title=topic[:1].upper() + topic[1:],
        refused=not pool,
        bottom_line=summed_up,
        paragraphs=paragraphs,
        chronology=events,
        conflicts=conflicts,
        gaps=tuple(
            find_gaps(
                topic,
                pool,
                paragraphs,
                citations.citations,
                as_of,
                left_out_undated,
                left_out_later,
                bottom_line=summed_up,
                events=events,
                today=datetime.now(UTC).date(),
            )
        ),
        source_summary=NO_SOURCES,  # `with_sourcing` counts the sources, once it knows which repeat each other
        citations=citations.citations,
        model=model,
        index_documents=index_documents,
        embedding_model=embedding_model,
        seconds=0.0,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        left_out_undated=left_out_undated,
        left_out_later=left_out_later,
    )


def _event_evidence(pool: Sequence[Evidence], evidence: Sequence[Evidence]) -> list[Evidence]:
    """The sentences from which events are taken: the pool, then weaker ones that are still about the topic."""
    pool_spans = {sentence.span for sentence in pool}
    near = max(LEAST_SCORE, _OF_THE_TOPIC * max((sentence.score for sentence in pool), default=0.0))
    rest = [sentence for sentence in evidence if sentence.span not in pool_spans and is_whole(sentence)]
    return [sentence for sentence in [*pool, *rest] if pool and sentence.score >= near]


def _sentence(sentence: Evidence, citations: CitationList) -> Sentence:
    """The sentence as it is shown: verbatim, cited, with its report's date if it says "currently" or the like."""
    text = with_report_date(sentence.text, sentence.passage.published)
    return Sentence(
        text, (citations.number(sentence.citation),), "verbatim", round(min(sentence.score, 1.0), 3)
    )
