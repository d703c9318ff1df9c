"""Which sentences a briefing is made of: its bottom line, and groups of sentences that belong together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.evidence.refusal import LEAST_CHANCE, answerable
from assistant.evidence.scoring import Embed, Evidence
from assistant.language.words import leans_back

if TYPE_CHECKING:
    from vectorstore.embedding.types import Vectors
from assistant.evidence.scoring import stands_alone


@dataclass(frozen=True)
class BriefingSize:
    bottom_line: int  # sentences
    paragraphs: int
    sentences: int  # in a paragraph
    events: int  # rows of the chronology
    least: float = 0.0  # of the best sentence's chance, below which one stays out


SIZES = {
    "short": BriefingSize(1, 2, 3, 8),
    "standard": BriefingSize(2, 4, 4, 20),
    "long": BriefingSize(2, 6, 5, 50),
    # One paragraph takes all that is near its lead, so the weak must stay out: at a fifth, killings came in among
    # figures of the displaced; at a half, a region's count of attacks fell out of a paragraph on that region.
    "paragraph": BriefingSize(0, 1, 4, 0, 0.4),
}
_NEAR_BEST = 0.2  # a sentence needs at least this part of the best one's chance …
_FEWEST = 8  # … unless fewer than this many have it
_SAME = 0.88  # cosine above which two sentences say the same thing
_APART = 0.6  # weight of being unlike the themes already found, against speaking of the topic
_NEAR_THEME = 0.3  # cosine to its lead sentence that a theme's other sentences must reach
_TURNED = 0.3  # what a sentence loses for the bottom line if the next one turns it
_TURNS = re.compile(r"(?:But|Yet|Still|Instead|Not any ?more|No longer|Nevertheless|Nonetheless|Even so)\b")


def arrange_themes(
    pool: Sequence[Evidence], vectors: Vectors, size: BriefingSize
) -> tuple[list[int], list[list[Evidence]]]:
    """Places of the bottom line's sentences, and the groups of the others; the vectors are the pool's."""
    first = choose_bottom_line(pool, vectors, size.bottom_line)
    themes = _themes(pool, vectors, first, size)
    if (covered := _covered(first, themes, pool)) != first:
        first, themes = _again(covered, pool, vectors, themes, size)
    return first, themes


def theme_pool(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Sentences that speak of the topic and can stand alone."""
    able = [one for one in evidence if stands_alone(one)]
    strong = [one for one in able if one.score >= _NEAR_BEST * evidence[0].score]
    if len(strong) >= _FEWEST:
        return strong
    return [one for one in able if one.score >= LEAST_CHANCE][:_FEWEST] or list(evidence[:1])


def choose_bottom_line(pool: Sequence[Evidence], vectors: Vectors, count: int) -> list[int]:
    """The sentences that speak of the topic and stand in the middle of what is said; of two, two documents'."""
    ranked = _ranked(pool, vectors)
    chosen = ranked[: min(1, count)]
    for other in (True, False):
        for i in ranked:
            if len(chosen) < count and i not in chosen and _unlike(i, chosen, vectors):
                fresh = pool[i].passage.document_id not in {pool[j].passage.document_id for j in chosen}
                if fresh or not other:
                    chosen.append(i)
    return chosen


def _ranked(pool: Sequence[Evidence], vectors: Vectors) -> list[int]:
    """Places of the sentences by what speaks for them in a bottom line."""
    central = (vectors @ vectors.T).mean(axis=1)

    def worth(i: int) -> float:
        one = pool[i]
        return one.score + float(central[i]) - _TURNED * _is_turned(one)

    return sorted(range(len(pool)), key=lambda i: -worth(i))


def _again(
    covered: Sequence[int],
    pool: Sequence[Evidence],
    vectors: Vectors,
    themes: Sequence[Sequence[Evidence]],
    size: BriefingSize,
) -> tuple[list[int], list[list[Evidence]]]:
    """Bottom line and themes where some of the first bottom line is not gone into below.

    What is left of it stands, and the rest may go into a paragraph; where nothing is left, the best other sentence
    that the paragraphs go into, or the first of them itself, said once in short and once in its place.
    """
    if covered:
        return list(covered), _themes(pool, vectors, covered, size)
    below = {one.span for theme in themes for one in theme}
    others = [i for i in _ranked(pool, vectors) if pool[i].span not in below]
    first = _covered(others, themes, pool)[:1] or [pool.index(themes[0][0])]
    return first, [list(theme) for theme in themes]


def _covered(
    some: Sequence[int], themes: Sequence[Sequence[Evidence]], pool: Sequence[Evidence]
) -> list[int]:
    """Of some sentences those of reports that the paragraphs below go into: a bottom line sums up."""
    below = {one.passage.document_id for theme in themes for one in theme}
    return [i for i in some if pool[i].passage.document_id in below]


def _is_turned(one: Evidence) -> bool:
    """Whether the next sentence takes it back or goes on with it ("But …", "That comfort is gone")."""
    after = one.passage.text[one.end :].lstrip(" \n")
    return leans_back(after) or _TURNS.match(after) is not None


def _themes(
    pool: Sequence[Evidence], vectors: Vectors, taken: Sequence[int], size: BriefingSize
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


def themes_for_headings(
    taken: Sequence[Evidence], given: Sequence[tuple[str, Sequence[Evidence]]], embed: Embed, most: int
) -> Iterator[list[Evidence]]:
    """For each heading of an outline the sentences that say most on it, none of them told before."""
    told = {one.span for one in taken}
    for _, evidence in given:
        pool = theme_pool(evidence) if answerable(evidence) else []
        pool = [one for one in pool if one.span not in told]
        if not pool:
            yield []
            continue
        vectors = embed([one.text for one in pool])
        unlike: list[int] = []
        for i in range(len(pool)):
            if _unlike(i, unlike, vectors):
                unlike.append(i)
        chosen = [pool[i] for i in _paragraph(unlike, pool, most)]
        told |= {one.span for one in chosen}
        yield chosen


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
