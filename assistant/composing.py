"""A briefing made of the sources' own sentences: bottom line, paragraphs by theme, chronology, disagreements."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assistant.answer import CitationList, Sentence
from assistant.briefing import Briefing, Paragraph
from assistant.chronology import TextOf, chronology
from assistant.dates import with_report_date
from assistant.disagreements import disagreements
from assistant.evidence import Embed, Evidence
from assistant.gaps import gaps
from assistant.headings import headings
from assistant.orders import is_order
from assistant.refusal import LEAST_CHANCE, REFUSAL, answerable
from assistant.source_summary import summarise
from assistant.words import leans_back

if TYPE_CHECKING:
    from vectorstore.embeddings import Vectors


@dataclass(frozen=True)
class _Size:
    bottom_line: int  # sentences
    paragraphs: int
    sentences: int  # in a paragraph
    events: int  # rows of the chronology
    least: float = 0.0  # of the best sentence's chance, below which one stays out


_SIZES = {
    "short": _Size(1, 2, 3, 8),
    "standard": _Size(2, 4, 4, 20),
    "long": _Size(2, 6, 5, 50),
    # One paragraph takes all that is near its lead, so the weak must stay out: at a fifth, killings came in among
    # figures of the displaced; at a half, a region's count of attacks fell out of a paragraph on that region.
    "paragraph": _Size(0, 1, 4, 0, 0.4),
}
_NEAR_BEST = 0.2  # a sentence needs at least this part of the best one's chance …
_FEWEST = 8  # … unless fewer than this many have it
_SAME = 0.88  # cosine above which two sentences say the same thing
_APART = 0.6  # weight of being unlike the themes already found, against speaking of the topic
_NEAR_THEME = 0.3  # cosine to its lead sentence that a theme's other sentences must reach
_WHOLE = re.compile(r"[.!][\"'”’»)\]]*$")
_TURNED = 0.3  # what a sentence loses for the bottom line if the next one turns it
_TURNS = re.compile(r"(?:But|Yet|Still|Instead|Not any ?more|No longer|Nevertheless|Nonetheless|Even so)\b")
_LONGEST = 600  # characters; longer is a list or a table in disguise


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
    further: Sequence[Evidence] = (),
    text_of: TextOf | None = None,
) -> Briefing:
    """The briefing on `topic` from `evidence` (best first), `length` one of short, standard, long, or paragraph.

    Events are also told from `further` sentences, which serve for nothing else.

    Refused, with one note and no citation, where the sources do not speak of the topic.
    """
    size, citations = _SIZES[length], CitationList()
    pool = _pool(evidence) if answerable(evidence) else []
    pool = [one for one in pool if one.score >= size.least * pool[0].score]
    bottom_line: tuple[Sentence, ...] = (Sentence(REFUSAL),)
    paragraphs: tuple[Paragraph, ...] = ()
    if pool:
        vectors = embed([one.text for one in pool])
        first = _bottom_line(pool, vectors, size.bottom_line)
        bottom_line = tuple(_sentence(pool[i], citations) for i in first)
        themes = _themes(pool, vectors, first, size)
        paragraphs = tuple(
            Paragraph(heading, tuple(_sentence(one, citations) for one in theme))
            for heading, theme in zip(headings(topic, themes, embed), themes, strict=True)
        )

    told = _telling(pool, [*evidence, *further])
    events = chronology(told, citations.number, as_of, size.events, text_of) if size.events else ()
    conflicts = disagreements(pool, citations.number)
    body = [*bottom_line, *(one for paragraph in paragraphs for one in paragraph.sentences)]
    return Briefing(
        topic=topic,
        as_of=as_of,
        title=topic[:1].upper() + topic[1:],
        refused=not pool,
        bottom_line=bottom_line,
        paragraphs=paragraphs,
        chronology=events,
        conflicts=conflicts,
        gaps=tuple(gaps(topic, pool, paragraphs, citations.citations, as_of, left_out_undated)),
        source_summary=summarise(citations.citations, body),
        citations=citations.citations,
        model=model,
        index_documents=index_documents,
        embedding_model=embedding_model,
        seconds=0.0,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        left_out_undated=left_out_undated,
    )


def _pool(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Sentences that speak of the topic and can stand alone."""
    able = [one for one in evidence if stands_alone(one)]
    strong = [one for one in able if one.score >= _NEAR_BEST * evidence[0].score]
    if len(strong) >= _FEWEST:
        return strong
    return [one for one in able if one.score >= LEAST_CHANCE][:_FEWEST] or list(evidence[:1])


def _telling(pool: Sequence[Evidence], evidence: Sequence[Evidence]) -> list[Evidence]:
    """The pool, then what else was found that speaks of the topic: an event is of use beside better sentences, too."""
    there = {one.span for one in pool}
    rest = [one for one in evidence if one.span not in there and one.score >= LEAST_CHANCE]
    return [*pool, *(one for one in rest if pool and is_whole(one))]


def stands_alone(one: Evidence) -> bool:
    """Whether a sentence is one, whole, and is understood without those before it."""
    return is_whole(one) and not leans_back(one.text)


def is_whole(one: Evidence) -> bool:
    """Whether it is a statement with beginning and end, of a sentence's length."""
    text = one.text
    whole = _WHOLE.search(text) and (text[0].isupper() or not text[0].isalpha())
    return bool(whole) and len(text) <= _LONGEST and not text.endswith("?") and not is_order(text)


def _bottom_line(pool: Sequence[Evidence], vectors: Vectors, count: int) -> list[int]:
    """The sentences that speak of the topic and stand in the middle of what is said; of two, two documents'."""
    central = (vectors @ vectors.T).mean(axis=1)
    ranked = sorted(
        range(len(pool)), key=lambda i: -(pool[i].score + float(central[i]) - _TURNED * _is_turned(pool[i]))
    )
    chosen = ranked[: min(1, count)]
    for other in (True, False):
        for i in ranked:
            if len(chosen) < count and i not in chosen and _unlike(i, chosen, vectors):
                fresh = pool[i].passage.document_id not in {pool[j].passage.document_id for j in chosen}
                if fresh or not other:
                    chosen.append(i)
    return chosen


def _is_turned(one: Evidence) -> bool:
    """Whether the next sentence takes it back or goes on with it ("But …", "That comfort is gone")."""
    after = one.passage.text[one.end :].lstrip(" \n")
    return leans_back(after) or _TURNS.match(after) is not None


def _themes(
    pool: Sequence[Evidence], vectors: Vectors, taken: Sequence[int], size: _Size
) -> list[list[Evidence]]:
    """Groups of sentences, each around a lead sentence that is strong and unlike the other leads."""
    rest: list[int] = []
    for i in range(len(pool)):
        if i not in taken and _unlike(i, [*taken, *rest], vectors):
            rest.append(i)
    rest = rest or list(taken)  # too little for both: the bottom line is all there is
    leads: list[int] = []
    while len(leads) < min(size.paragraphs, max(1, len(rest) // 2)):
        leads.append(
            max(
                (i for i in rest if i not in leads),
                key=lambda i: (
                    pool[i].score - _APART * max((float(vectors[i] @ vectors[j]) for j in leads), default=0)
                ),
            )
        )
    members: dict[int, list[int]] = {lead: [lead] for lead in leads}
    for i in rest:
        if i not in members:
            lead = max(leads, key=lambda j: float(vectors[i] @ vectors[j]))
            if float(vectors[i] @ vectors[lead]) >= _NEAR_THEME:
                members[lead].append(i)
    groups = [_paragraph(members[lead], pool, size.sentences) for lead in leads]
    lone = [i for group in groups for i in group if len(group) == 1]
    groups = [group for group in groups if len(group) > 1] + ([lone] if lone else [])
    return [[pool[i] for i in group] for group in groups]


def _paragraph(members: Sequence[int], pool: Sequence[Evidence], most: int) -> list[int]:
    """The lead, then the strongest of the others, no document filling more than half while others have a say.

    After the lead's document the others follow by date; within a document the source's order stands.
    """
    lead, others = members[0], members[1:]
    chosen, counts = [lead], Counter({pool[lead].passage.document_id: 1})
    for most_of_one in ((most + 1) // 2, most):
        for i in others:
            document = pool[i].passage.document_id
            if len(chosen) < most and i not in chosen and counts[document] < most_of_one:
                chosen.append(i)
                counts[document] += 1

    def place(i: int) -> tuple[bool, bool, str, tuple[str, int, int]]:
        passage = pool[i].passage
        first = pool[lead].passage.document_id
        return i != lead, passage.document_id != first, passage.published or "9999", pool[i].span

    return sorted(chosen, key=place)


def _unlike(i: int, others: Sequence[int], vectors: Vectors) -> bool:
    return all(float(vectors[i] @ vectors[j]) < _SAME for j in others)


def _sentence(one: Evidence, citations: CitationList) -> Sentence:
    text = with_report_date(one.text, one.passage.published)
    return Sentence(text, (citations.number(one.citation),), "verbatim", round(min(one.score, 1.0), 3))
