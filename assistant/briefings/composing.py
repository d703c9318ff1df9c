"""A briefing made of the sources' own sentences: bottom line, paragraphs by theme, chronology, disagreements."""

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
from assistant.evidence.refusal import LEAST_CHANCE, REFUSAL, answerable
from assistant.evidence.scoring import Embed, Evidence, is_whole
from assistant.results.annotations import with_report_date
from assistant.results.answer import CitationList, Sentence
from assistant.results.briefing import NO_SOURCES, Briefing, Paragraph

# An event needs this part of the best sentence's chance. Of 18 events found for a narrow topic on eight reports that
# leaves the 8 nearest to it, of 26 for a wide one on five all but one.
_OF_THE_TOPIC = 0.12
SILENT = "The sources say nothing on this."  # under a heading that was asked for


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
    given: Sequence[tuple[str, Sequence[Evidence]]] = (),
) -> Briefing:
    """The briefing on `topic` from `evidence` (best first), `length` one of short, standard, long, paragraph.

    Events are also told from `further` sentences, which serve for nothing else. With `given` headings, each with its
    evidence, the paragraphs are theirs, in that order; else they follow the sources' own themes.

    Refused, with one note and no citation, where the sources do not speak of the topic.
    """
    size, citations = SIZES[length], CitationList()
    pool = theme_pool(evidence) if answerable(evidence) else []
    pool = [one for one in pool if one.score >= size.least * pool[0].score]
    summed_up: tuple[Sentence, ...] = (Sentence(REFUSAL),)
    paragraphs: tuple[Paragraph, ...] = ()
    if pool:
        vectors = embed([one.text for one in pool])
        if given:
            first = choose_bottom_line(pool, vectors, size.bottom_line)
            themes = list(themes_for_headings([pool[i] for i in first], given, embed, size.sentences))
        else:
            first, themes = arrange_themes(pool, vectors, size)
        named = [heading for heading, _ in given] or heading_candidates(topic, themes, embed)
        summed_up = tuple(_sentence(pool[i], citations) for i in first)
        paragraphs = tuple(
            Paragraph(heading, tuple(_sentence(one, citations) for one in theme) or (Sentence(SILENT),))
            for heading, theme in zip(named, themes, strict=True)
        )

    told = _telling(pool, [*evidence, *further])
    events = chronology(told, citations.number, as_of, size.events, text_of) if size.events else ()
    conflicts = conflicts_in(told, citations.number, embed)
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
        source_summary=NO_SOURCES,  # counted by `with_sourcing`, once echoes are known
        citations=citations.citations,
        model=model,
        index_documents=index_documents,
        embedding_model=embedding_model,
        seconds=0.0,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        left_out_undated=left_out_undated,
        left_out_later=left_out_later,
    )


def _telling(pool: Sequence[Evidence], evidence: Sequence[Evidence]) -> list[Evidence]:
    """The pool, then what else was found that speaks of the topic: an event is of use beside better sentences, too."""
    there = {one.span for one in pool}
    near = max(LEAST_CHANCE, _OF_THE_TOPIC * max((one.score for one in pool), default=0.0))
    rest = [one for one in evidence if one.span not in there and is_whole(one)]
    return [one for one in [*pool, *rest] if pool and one.score >= near]


def _sentence(one: Evidence, citations: CitationList) -> Sentence:
    text = with_report_date(one.text, one.passage.published)
    return Sentence(text, (citations.number(one.citation),), "verbatim", round(min(one.score, 1.0), 3))
