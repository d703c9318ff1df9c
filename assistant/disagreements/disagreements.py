"""Where reports disagree: figures that differ, statements that contradict, one event told differently.

Updates are told from conflicts by their dates; all sides are cited and none is chosen.
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
from assistant.evidence.scoring import Embed, Evidence
from assistant.results.answer import Citation
from assistant.results.briefing import Conflict, Side
from assistant.results.wording import date_words, shorten

Kind = Literal["conflict", "update"]
DifferenceType = Literal["figures", "statements", "who", "when", "where"]

_READ = 80  # sentences at most that are compared, best first
# Cosine from which two sentences that share names and words speak of one thing.
_NEAR = 0.5
_VERY_NEAR = 0.7  # … where they have few words in common
_ORDER: tuple[Kind, ...] = ("conflict", "update")


@dataclass(frozen=True)
class SourcePosition:
    """What one report says, and what of it the others say otherwise."""

    evidence: Evidence
    says: str


@dataclass(frozen=True)
class Difference:
    """Sentences of different reports that cannot all be so, or not at one time."""

    of: DifferenceType
    kind: Kind
    about: str  # names that they share
    stands: tuple[
        SourcePosition, ...
    ]  # two or more, by the dates of their reports; an undated one comes last


def conflicts_in(
    evidence: Sequence[Evidence],
    number: Callable[[Citation], int],
    embed: Embed | None = None,
    most: int = 6,
) -> tuple[Conflict, ...]:
    """At most `most` disagreements between documents, as a briefing shows them, conflicts first."""
    return tuple(
        Conflict(
            one.about + ": " + " or ".join(dict.fromkeys(stand.says for stand in one.stands)),
            one.kind,
            tuple(
                Side(
                    shorten(stand.evidence.text),
                    stand.evidence.passage.published,
                    (number(stand.evidence.citation),),
                )
                for stand in one.stands
            ),
        )
        for one in differences(evidence, embed)[:most]
    )


def differences(
    evidence: Sequence[Evidence], embed: Embed | None = None, *, asked: bool = False
) -> list[Difference]:
    """What different documents say differently, conflicts before updates, the strongest evidence first.

    `asked`: the sentences were found for one question, so that less need tell that they speak of one thing. `embed`
    turns n texts into (n, d) unit vectors; with it, sentences must also mean nearly the same.
    """
    read = [Statement(one) for one in evidence[:_READ]]
    pairs = _near(list(_pairs(read, asked)), embed)
    found = [
        _joined(group) for kind in _ORDER for group in _groups([one for one in pairs if one.kind == kind])
    ]
    return _once(found)


@dataclass(frozen=True)
class _Pair:
    of: DifferenceType
    kind: Kind
    key: str  # what is counted: only figures of one unit can be sides of one disagreement
    stands: tuple[SourcePosition, SourcePosition]
    about: str
    least: float = _NEAR  # cosine that the sentences must reach


def _pairs(read: Sequence[Statement], asked: bool) -> Iterator[_Pair]:
    counted = {id(one): figures_in(one) for one in read}
    known = other_names([one.evidence.passage.text for one in read])
    for a, b in combinations(read, 2):
        if a.evidence.passage.document_id == b.evidence.passage.document_id or not a.stems & b.stems:
            continue
        if (pair := _of_figures(a, b, counted[id(a)], counted[id(b)], asked)) is not None:
            yield pair
        elif (account := event_difference(a, b, known)) is not None:
            says = account.says
            if account.of == "when":
                says = (date_words(says[0]), date_words(says[1]))
            yield _pair(account.of, "conflict", account.of, a, b, says)
        elif (opposed := contradict(a, b)) is not None:
            yield _pair(
                "statements", opposed.kind, "", a, b, (f"“{opposed.words[0]}”", f"“{opposed.words[1]}”")
            )


def _of_figures(
    a: Statement, b: Statement, mine: Sequence[Figure], theirs: Sequence[Figure], asked: bool
) -> _Pair | None:
    for one, other in product(mine, theirs):
        found = figure_difference(one, other, asked=asked)
        if found is not None:
            says = f"{one.value:,.10g}", f"{other.value:,.10g}"
            pair = _pair("figures", found.kind, one.unit, a, b, says)
            return pair if found.alike else replace(pair, least=_VERY_NEAR)
    return None


def _pair(
    of: DifferenceType, kind: Kind, key: str, a: Statement, b: Statement, says: tuple[str, str]
) -> _Pair:
    named = common_subject(a.names & b.names, a.evidence.text, key or "One says otherwise")
    return _Pair(
        of, kind, key, (SourcePosition(a.evidence, says[0]), SourcePosition(b.evidence, says[1])), named
    )


def _near(pairs: Sequence[_Pair], embed: Embed | None) -> list[_Pair]:
    if embed is None or not pairs:
        return [one for one in pairs if one.least <= _NEAR]
    texts = list(dict.fromkeys(stand.evidence.text for one in pairs for stand in one.stands))
    vectors = dict(zip(texts, embed(texts), strict=True))
    return [
        one
        for one in pairs
        if float(vectors[one.stands[0].evidence.text] @ vectors[one.stands[1].evidence.text])
    ]


def _groups(pairs: Sequence[_Pair]) -> list[list[_Pair]]:
    """Pairs that have a sentence in common and are of one kind of thing are one disagreement of several sides."""
    groups: list[list[_Pair]] = []
    for pair in pairs:
        spans = {stand.evidence.span for stand in pair.stands}
        mine = [
            group
            for group in groups
            if any(
                one.of == pair.of
                and one.key == pair.key
                and spans & {stand.evidence.span for stand in one.stands}
                for one in group
            )
        ]
        joined = [*(one for group in mine for one in group), pair]
        groups = [*(group for group in groups if group not in mine), joined]
    return groups


def _joined(group: Sequence[_Pair]) -> Difference:
    stands = {stand.evidence.span: stand for one in group for stand in one.stands}
    ordered = sorted(stands.values(), key=lambda one: one.evidence.passage.published or "9999")
    first = group[0]
    return Difference(first.of, first.kind, first.about, tuple(ordered))


def _once(found: Sequence[Difference]) -> list[Difference]:
    """Each two documents' difference about one thing once: what is told in two sentences of a report is told twice."""
    told: list[Difference] = []
    for one in found:
        key = _sides(one)
        if not any(other.of == one.of and key <= _sides(other) for other in told):
            told.append(one)
    return told


def _sides(one: Difference) -> set[tuple[str, str]]:
    return {(stand.evidence.passage.document_id, stand.says) for stand in one.stands}
