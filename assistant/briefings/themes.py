"""Chooses the sentences of a briefing: its bottom line, and groups of sentences that belong together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.evidence.refusal import LEAST_SCORE, answerable
from assistant.evidence.scoring import Evidence, stands_alone
from assistant.language.words import needs_previous_sentence
from vectorstore.embedding.types import Embed, Vectors


@dataclass(frozen=True)
class BriefingSize:
    """How much a briefing of one length holds, each at most."""

    bottom_line: int  # sentences
    paragraphs: int
    sentences: int  # in a paragraph
    events: int  # rows of the chronology; 0 for no chronology
    least: float = 0.0  # share of the best sentence's score, 0 to 1, that a sentence needs


SIZES = {
    "short": BriefingSize(1, 2, 3, 8),
    "standard": BriefingSize(2, 4, 4, 20),
    "long": BriefingSize(2, 6, 5, 50),
    # A single paragraph takes all sentences near its lead, so weak ones must stay out.
    # least  | observed
    # 0.2    | killings came in among figures of displaced people
    # 0.5    | a region's count of attacks fell out of a paragraph on that region
    "paragraph": BriefingSize(0, 1, 4, 0, 0.4),
}
_NEAR_BEST = 0.2  # share of the best one's score that a sentence needs …
_FEWEST = 8  # … unless fewer than this many reach it
_SAME = 0.88  # cosine from which two sentences say the same thing
_APART = 0.6  # weight of a lead's likeness to earlier leads, subtracted from its score
_NEAR_THEME = 0.3  # cosine to its lead that a theme's other sentences need
_TURNED = 0.3  # subtracted for the bottom line from a sentence that the next one takes back
_TURNS = re.compile(r"(?:But|Yet|Still|Instead|Not any ?more|No longer|Nevertheless|Nonetheless|Even so)\b")


def arrange_themes(
    pool: Sequence[Evidence], vectors: Vectors, size: BriefingSize
) -> tuple[list[int], list[list[Evidence]]]:
    """Indexes into the pool of the bottom line's sentences, and the groups of the other sentences.

    `vectors` are the (n, d) unit vectors of the pool's n sentences. The bottom line is drawn only from documents that
    the groups use, too, because it sums them up.
    """
    first = choose_bottom_line(pool, vectors, size.bottom_line)
    themes = _themes(pool, vectors, first, size)
    if (covered := _covered(first, themes, pool)) != first:
        first, themes = _rearranged(covered, pool, vectors, themes, size)
    return first, themes


def theme_pool(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The sentences that are about the topic and make sense alone, best first; at least one if `evidence` has any."""
    able = [sentence for sentence in evidence if stands_alone(sentence)]
    strong = [sentence for sentence in able if sentence.score >= _NEAR_BEST * evidence[0].score]
    if len(strong) >= _FEWEST:
        return strong
    return [sentence for sentence in able if sentence.score >= LEAST_SCORE][:_FEWEST] or list(evidence[:1])


def choose_bottom_line(pool: Sequence[Evidence], vectors: Vectors, count: int) -> list[int]:
    """Indexes of at most `count` sentences that are about the topic and central to the pool, from different documents.

    Documents are used twice only if there are not enough. `vectors` are the (n, d) unit vectors of the pool.
    """
    ranked = _ranked(pool, vectors)
    chosen = ranked[: min(1, count)]
    for another_document in (True, False):
        for i in ranked:
            if len(chosen) < count and i not in chosen and _unlike(i, chosen, vectors):
                fresh = pool[i].passage.document_id not in {pool[j].passage.document_id for j in chosen}
                if fresh or not another_document:
                    chosen.append(i)
    return chosen


def _ranked(pool: Sequence[Evidence], vectors: Vectors) -> list[int]:
    """Indexes of the pool's sentences, those fittest for a bottom line first."""
    central = (vectors @ vectors.T).mean(axis=1)  # mean cosine to all sentences of the pool

    def score(i: int) -> float:
        sentence = pool[i]
        return sentence.score + float(central[i]) - _TURNED * _is_reversed(sentence)

    return sorted(range(len(pool)), key=lambda i: -score(i))


def _rearranged(
    covered: Sequence[int],
    pool: Sequence[Evidence],
    vectors: Vectors,
    themes: Sequence[Sequence[Evidence]],
    size: BriefingSize,
) -> tuple[list[int], list[list[Evidence]]]:
    """Bottom line and themes, after some sentences of the first bottom line turned out to be from unused documents.

    The `covered` sentences stay, and the others may go into a paragraph. If none is covered, the bottom line becomes
    the best unused sentence of a document that the paragraphs use, or else the first sentence of the paragraphs.
    """
    if covered:
        return list(covered), _themes(pool, vectors, covered, size)
    below = {sentence.span for theme in themes for sentence in theme}
    unused = [i for i in _ranked(pool, vectors) if pool[i].span not in below]
    first = _covered(unused, themes, pool)[:1] or [pool.index(themes[0][0])]
    return first, [list(theme) for theme in themes]


def _covered(
    candidates: Sequence[int], themes: Sequence[Sequence[Evidence]], pool: Sequence[Evidence]
) -> list[int]:
    """Those of the candidates whose document the themes use, too."""
    below = {sentence.passage.document_id for theme in themes for sentence in theme}
    return [i for i in candidates if pool[i].passage.document_id in below]


def _is_reversed(sentence: Evidence) -> bool:
    """True if the next sentence takes this one back or goes on with it ("But …", "That comfort is gone")."""
    after = sentence.passage.text[sentence.end :].lstrip(" \n")
    return needs_previous_sentence(after) or _TURNS.match(after) is not None


def _themes(
    pool: Sequence[Evidence], vectors: Vectors, excluded: Sequence[int], size: BriefingSize
) -> list[list[Evidence]]:
    """Groups of sentences, each around a lead that has a high score and is unlike the other leads.

    Sentences like an `excluded` one are left out. Groups of one sentence are merged into a last one.
    """
    rest: list[int] = []
    for i in range(len(pool)):
        if i not in excluded and _unlike(i, [*excluded, *rest], vectors):
            rest.append(i)
    rest = rest or list(excluded)  # with too little for both, the paragraph repeats the bottom line
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
    bottom_line: Sequence[Evidence],
    outline: Sequence[tuple[str, Sequence[Evidence]]],
    embed: Embed,
    most: int,
) -> Iterator[list[Evidence]]:
    """Yield for each heading of an outline the sentences that say most about it; none is used twice.

    `outline` pairs each heading with its evidence, best first. Sentences of the bottom line are not repeated. A
    heading on which the evidence says nothing gets an empty list. At most `most` sentences each.
    """
    used = {sentence.span for sentence in bottom_line}
    for _, evidence in outline:
        pool = theme_pool(evidence) if answerable(evidence) else []
        pool = [sentence for sentence in pool if sentence.span not in used]
        if not pool:
            yield []
            continue
        vectors = embed([sentence.text for sentence in pool])
        unlike: list[int] = []
        for i in range(len(pool)):
            if _unlike(i, unlike, vectors):
                unlike.append(i)
        chosen = [pool[i] for i in _paragraph(unlike, pool, most)]
        used |= {sentence.span for sentence in chosen}
        yield chosen


def _paragraph(members: Sequence[int], pool: Sequence[Evidence], most: int) -> list[int]:
    """The lead and the strongest of the other members, no document filling more than half if there are others.

    The lead comes first, then its document, then the other documents by date; in each the source's order is kept.
    """
    lead, rest = members[0], members[1:]
    chosen, counts = [lead], Counter({pool[lead].passage.document_id: 1})
    for limit in ((most + 1) // 2, most):
        for i in rest:
            document = pool[i].passage.document_id
            if len(chosen) < most and i not in chosen and counts[document] < limit:
                chosen.append(i)
                counts[document] += 1

    def sort_key(i: int) -> tuple[bool, bool, str, tuple[str, int, int]]:
        passage = pool[i].passage
        first = pool[lead].passage.document_id
        return i != lead, passage.document_id != first, passage.published or "9999", pool[i].span

    return sorted(chosen, key=sort_key)


def _unlike(i: int, chosen: Sequence[int], vectors: Vectors) -> bool:
    """True if sentence `i` says something else than each of the chosen ones."""
    return all(float(vectors[i] @ vectors[j]) < _SAME for j in chosen)
