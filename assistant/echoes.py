"""Passages that say again, in the same words, what another report says: one of them is evidence enough."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.words import numbers
from vectorstore import Passage
from vectorstore.likeness import shingles

_SAME = 0.7  # runs of five words shared, of those of the shorter passage


def without_echoes(passages: Sequence[Passage], most: int) -> tuple[Passage, ...]:
    """The first `most` passages (best first) of which none repeats a better one of another document.

    One whose figures differ is no echo but a correction, and stays.
    """
    kept: list[tuple[Passage, frozenset[int], set[float]]] = []
    for one in passages:
        if len(kept) == most:
            break
        words, figures = shingles(one.text), numbers(one.text)
        echo = any(
            one.document_id != other.document_id
            and figures <= theirs
            and len(words & said) > _SAME * min(len(words), len(said))
            for other, said, theirs in kept
        )
        if not echo:
            kept.append((one, words, figures))
    return tuple(one for one, _, _ in kept)
