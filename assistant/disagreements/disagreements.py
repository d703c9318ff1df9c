"""Collects the disagreements between reports: differing figures, contradictions, differing accounts of an event.

Dates separate updates from conflicts. All sides are cited, and none is preferred.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Literal

from assistant.disagreements.contradictions import contradict
from assistant.disagreements.events import event_difference, other_names
from assistant.disagreements.figures import Figure, figure_difference, figures_in
from assistant.disagreements.statements import Statement, common_subject
from assistant.evidence.scoring import Evidence
from assistant.results.answer import Citation
from assistant.results.briefing import Conflict, ConflictKind, Side
from assistant.results.wording import date_words, shorten
from vectorstore.embedding.types import Embed

DifferenceType = Literal["figures", "statements", "who", "when", "where"]

_MOST_SENTENCES = 80  # sentences that are compared with each other, best first
_LEAST_COSINE = 0.5  # cosine from which two sentences with names and words in common are about one thing …
_LEAST_COSINE_FEW_WORDS = 0.7  # … if they have few words in common
_ORDER: tuple[ConflictKind, ...] = ("conflict", "update")


@dataclass(frozen=True)
class SourcePosition:
    """One side of a disagreement: a sentence, and the part of it that differs."""

    evidence: Evidence
    says: str  # for the reader: "340,000,000", "“rose”", "Crescent Brigade"


@dataclass(frozen=True)
class Difference:
    """Sentences of different reports that cannot all be true, or not at one time."""

    of: DifferenceType
    kind: ConflictKind
    about: str  # names that all sides share
    positions: tuple[SourcePosition, ...]  # two or more, by report date; undated reports come last


def conflicts_in(
    evidence: Sequence[Evidence],
    number: Callable[[Citation], int],
    embed: Embed | None = None,
    most: int = 6,
) -> tuple[Conflict, ...]:
    """At most `most` disagreements as a briefing shows them, conflicts before updates; `number` numbers a citation."""
    return tuple(
        Conflict(
            difference.about
            + ": "
            + " or ".join(dict.fromkeys(position.says for position in difference.positions)),
            difference.kind,
            tuple(
                Side(
                    shorten(position.evidence.text),
                    position.evidence.passage.published,
                    (number(position.evidence.citation),),
                )
                for position in difference.positions
            ),
        )
        for difference in differences(evidence, embed)[:most]
    )


def differences(
    evidence: Sequence[Evidence], embed: Embed | None = None, *, asked: bool = False
) -> list[Difference]:
    """The disagreements between documents, conflicts before updates, the strongest evidence first.

    With `asked` the sentences were found for one question, and need less in common to be about one thing. `embed`
    turns n texts into (n, d) unit vectors, by which sentences that mean something else are dropped.
    """
    statements = [Statement(pair) for pair in evidence[:_MOST_SENTENCES]]
    pairs = _close_in_meaning(list(_pairs(statements, asked)), embed)
    joined = [
        _difference_of(group)
        for kind in _ORDER
        for group in _groups([pair for pair in pairs if pair.kind == kind])
    ]
    return _without_repeats(joined)


@dataclass(frozen=True)
class _Pair:
    """Two sentences that disagree, before pairs with a sentence in common are merged."""

    of: DifferenceType
    kind: ConflictKind
    key: str  # unit of the figures, or the aspect; only pairs of one key merge
    positions: tuple[SourcePosition, SourcePosition]
    about: str
    least: float = _LEAST_COSINE  # cosine, -1 to 1, that the sentences need


def _pairs(statements: Sequence[Statement], same_question: bool) -> Iterator[_Pair]:
    """Each two sentences of different documents that disagree on a figure, else on an event, else contradict."""
    figures_of = {id(statement): figures_in(statement) for statement in statements}
    name_pairs = other_names([statement.evidence.passage.text for statement in statements])
    for a, b in combinations(statements, 2):
        if a.evidence.passage.document_id == b.evidence.passage.document_id or not a.stems & b.stems:
            continue
        if (pair := _of_figures(a, b, figures_of[id(a)], figures_of[id(b)], same_question)) is not None:
            yield pair
        elif (event := event_difference(a, b, name_pairs)) is not None:
            says = event.says
            if event.of == "when":
                says = (date_words(says[0]), date_words(says[1]))
            yield _pair(event.of, "conflict", event.of, a, b, says)
        elif (opposed := contradict(a, b)) is not None:
            yield _pair(
                "statements", opposed.kind, "", a, b, (f"“{opposed.words[0]}”", f"“{opposed.words[1]}”")
            )


def _of_figures(
    a: Statement, b: Statement, a_figures: Sequence[Figure], b_figures: Sequence[Figure], same_question: bool
) -> _Pair | None:
    """The first two figures of two sentences that disagree, or None."""
    for figure, other_figure in product(a_figures, b_figures):
        difference = figure_difference(figure, other_figure, same_question=same_question)
        if difference is not None:
            says = f"{figure.value:,.10g}", f"{other_figure.value:,.10g}"
            pair = _pair("figures", difference.kind, figure.unit, a, b, says)
            return pair if difference.enough_words else replace(pair, least=_LEAST_COSINE_FEW_WORDS)
    return None


def _pair(
    of: DifferenceType, kind: ConflictKind, key: str, a: Statement, b: Statement, says: tuple[str, str]
) -> _Pair:
    """A pair with the names that both sentences share."""
    named = common_subject(a.names & b.names, a.evidence.text, key or "One says otherwise")
    return _Pair(
        of, kind, key, (SourcePosition(a.evidence, says[0]), SourcePosition(b.evidence, says[1])), named
    )


def _close_in_meaning(pairs: Sequence[_Pair], embed: Embed | None) -> list[_Pair]:
    """The pairs whose sentences are not orthogonal; without vectors, the pairs with enough words in common."""
    if embed is None or not pairs:
        return [pair for pair in pairs if pair.least <= _LEAST_COSINE]
    texts = list(dict.fromkeys(position.evidence.text for pair in pairs for position in pair.positions))
    vectors = dict(zip(texts, embed(texts), strict=True))
    return [
        pair
        for pair in pairs
        if float(vectors[pair.positions[0].evidence.text] @ vectors[pair.positions[1].evidence.text])
    ]


def _groups(pairs: Sequence[_Pair]) -> list[list[_Pair]]:
    """Merge pairs of one type and key that share a sentence: three figures are one disagreement with three sides."""
    groups: list[list[_Pair]] = []
    for pair in pairs:
        spans = {position.evidence.span for position in pair.positions}
        touching = [
            group
            for group in groups
            if any(
                member.of == pair.of
                and member.key == pair.key
                and spans & {position.evidence.span for position in member.positions}
                for member in group
            )
        ]
        joined = [*(member for group in touching for member in group), pair]
        groups = [*(group for group in groups if group not in touching), joined]
    return groups


def _difference_of(group: Sequence[_Pair]) -> Difference:
    """One disagreement of merged pairs, its sides sorted by report date."""
    positions = {position.evidence.span: position for pair in group for position in pair.positions}
    ordered = sorted(positions.values(), key=lambda position: position.evidence.passage.published or "9999")
    first = group[0]
    return Difference(first.of, first.kind, first.about, tuple(ordered))


def _without_repeats(differences: Sequence[Difference]) -> list[Difference]:
    """The differences without repeats: a report may say one thing in two sentences."""
    unique: list[Difference] = []
    for difference in differences:
        key = _sides(difference)
        if not any(earlier.of == difference.of and key <= _sides(earlier) for earlier in unique):
            unique.append(difference)
    return unique


def _sides(difference: Difference) -> set[tuple[str, str]]:
    """(document id, what it says) for each side."""
    return {(position.evidence.passage.document_id, position.says) for position in difference.positions}
