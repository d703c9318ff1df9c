"""What is read in which order: the desk's own questions and claims several times, public sets once and early.

Public sets teach near misses the wrong way round (what shares most words with the question answers it), so that
what the desk's own texts teach must come often and last.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from assistant.reader.training.changes import (
    changed_claims,
    changed_evidence,
    changed_sentences,
    other_question,
)
from assistant.reader.training.data import OWN, ClaimGroup, Split, TrainingQuestion
from assistant.reader.training.encoding import Encoded, Encoder

T = TypeVar("T", TrainingQuestion, ClaimGroup)

# The most of each public source; no more of reviews and forums than of encyclopedias.
_MOST = {
    "squad1-dev": 4500, "squadshifts-new_wiki": 5500, "qamr": 3000, "nq-open": 2600, "quoref": 165,
    "selqa-dev": 772, "clapnq-dev-half": 298, "covidqa": 400, "policyqa": 1000, "squadshifts-reddit": 1000,
    "squadshifts-amazon_reviews": 700, "qed-dev": 1000, "squad2-dev": 5500,
    "fever": 9000, "mnli": 9000, "breaking-nli": 2500,
}  # fmt: skip
_ROOMS = (104, 136, 168, 216)  # pieces of an input; passages of the index have about 160
_NEAR_MISS = 0.2  # of public questions, asked of another thing
_WITHOUT = 0.15  # of answerable questions, shown beside sentences that do not answer
_CLAIMS_A_GROUP = 6


@dataclass(frozen=True)
class Recipe:
    """How much is read; 1.0 of a share is all of it, or its cap."""

    own_passes: int = 4
    own_claim_passes: int = 4
    public_questions: float = 1.0
    public_claims: float = 1.0
    changed: float = 1.0  # near misses made by program
    changed_passages: int = 4000
    tasks: tuple[str, ...] = ("answering", "support")


@dataclass(order=True)
class Planned:
    """A unit of the plan: read when the share `place` of the training is over."""

    place: float
    number: int
    what: TrainingQuestion | ClaimGroup = field(compare=False)
    made: bool = field(compare=False, default=False)  # by program


def plan(split: Split, recipe: Recipe, seed: int) -> list[Planned]:
    """Units in the order in which they are read, the same for the same seed."""
    chance = random.Random(seed)
    placed: list[tuple[float, TrainingQuestion | ClaimGroup, bool]] = []
    if "answering" in recipe.tasks:
        placed += _questions(split.questions, recipe, chance)
    if "support" in recipe.tasks:
        placed += _claims(split, recipe, chance)
    planned = [Planned(place, number, what, made) for number, (place, what, made) in enumerate(placed)]
    return sorted(planned)


def _questions(
    questions: Sequence[TrainingQuestion], recipe: Recipe, chance: random.Random
) -> Iterator[tuple[float, TrainingQuestion, bool]]:
    own = [one for one in questions if one.source in OWN]
    for number in range(recipe.own_passes):
        for question in own:
            yield _in_pass(number, recipe.own_passes, chance), question, False
    for source, rows in _by_source([one for one in questions if one.source not in OWN]).items():
        for question in _sample(rows, source, recipe.public_questions, chance):
            other = None
            if question.answers and chance.random() < _NEAR_MISS * recipe.changed:
                other = other_question(question, chance)
            yield chance.uniform(0, 0.8), other or question, other is not None


def _claims(split: Split, recipe: Recipe, chance: random.Random) -> Iterator[tuple[float, ClaimGroup, bool]]:
    own = [one for one in split.claims if one.source in OWN]
    for number in range(recipe.own_claim_passes):
        for group in own:
            yield _in_pass(number, recipe.own_claim_passes, chance), group, False
    for source, rows in _by_source([one for one in split.claims if one.source not in OWN]).items():
        for group in _sample(rows, source, recipe.public_claims, chance):
            yield chance.uniform(0, 0.7), group, False
    made = [*changed_evidence(own, chance), *changed_claims(own, chance)]
    for group in chance.sample(made, round(len(made) * min(1.0, recipe.changed))):
        yield chance.uniform(0, 0.9), group, True
    passages = list(dict.fromkeys(one.passage for one in split.questions))
    for group in changed_sentences(passages, round(recipe.changed_passages * recipe.changed), chance):
        yield chance.uniform(0, 0.5), group, True


def _in_pass(number: int, passes: int, chance: random.Random) -> float:
    """A place in the passes of one's own, which lie closer towards the end."""
    return float(((number + chance.random()) / passes) ** 0.85)


def _by_source(rows: Sequence[T]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for row in rows:
        found.setdefault(row.source, []).append(row)
    return found


def _sample(rows: Sequence[T], source: str, share: float, chance: random.Random) -> list[T]:
    """At most so many questions or claims of a source as its cap allows."""
    room = round(_MOST.get(source, 1000) * share)
    taken: list[T] = []
    for row in chance.sample(list(rows), len(rows)):
        room -= len(row.claims) if isinstance(row, ClaimGroup) else 1
        if room < 0:
            break
        taken.append(row)
    return taken


def encoded(units: Sequence[Planned], encoder: Encoder, chance: random.Random) -> list[list[Encoded]]:
    """The inputs of each unit; what part of its passage a question is shown is left to chance."""
    found: list[list[Encoded]] = []
    for unit in units:
        if isinstance(unit.what, TrainingQuestion):
            inputs = _question(unit.what, encoder, chance)
        else:
            claims = unit.what.claims
            if len(claims) > _CLAIMS_A_GROUP:
                claims = tuple(chance.sample(list(claims), _CLAIMS_A_GROUP))
            inputs = [encoder.claim(one) for one in claims]
        if inputs:
            found.append(inputs)
    return found


def _question(question: TrainingQuestion, encoder: Encoder, chance: random.Random) -> list[Encoded]:
    shown = "none" if question.answers and chance.random() < _WITHOUT else "answer"
    room = chance.choice(_ROOMS)
    one = encoder.question(question, room, chance, shown) or encoder.question(question, room, chance)
    return [one] if one is not None else []
