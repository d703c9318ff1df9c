"""How much of what a sentence means stands in the cited words: shared words, and vectors where there are some."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.language.tokens import TokenizedText

Embed = Callable[[Sequence[str]], NDArray[np.float32]]  # n texts -> (n, d) vectors of unit length

_WORDS = (
    0.3  # weight of coverage beside likeness; .2 to .5 differ little (see checking for what it was set on)
)
_CANDIDATES = 4  # cited sentences, and windows of each width, whose vectors are looked at
_WIDTHS = (1, 2, 3)  # sentences in a window


@dataclass(frozen=True)
class Similarity:
    coverage: float  # 0 to 1: share of our stems in the best window of three cited sentences
    likeness: float | None  # -1 to 1: the best window's cosine; None without vectors

    @property
    def score(self) -> float:
        """0 to 1: likeness and a smaller part of coverage, or the coverage alone."""
        if self.likeness is None:
            return self.coverage
        return min(1.0, _WORDS * self.coverage + (1 - _WORDS) * max(self.likeness, 0.0))


def similarity(
    ours: TokenizedText, cited: TokenizedText, embed: Embed | None = None, whole: TokenizedText | None = None
) -> Similarity:
    """What of a sentence's meaning its cited words hold. Long texts are read where most of its words stand.

    `whole` is the cited words with the sentence before them, where they point back to it ("both resigned there").
    """
    windows = _windows(ours, cited)
    if whole is not None:
        held = frozenset().union(*whole.sentence_stems)
        windows.append((len(ours.stems & held) / max(1, len(ours.stems)), whole.plain))
    coverage = max((share for share, _ in windows), default=0.0)
    if embed is None or not windows:
        return Similarity(coverage, None)
    texts = [text for _, text in windows]
    vectors = embed([ours.plain, *texts])
    return Similarity(coverage, float(np.max(vectors[1:] @ vectors[0])))


def _windows(ours: TokenizedText, cited: TokenizedText) -> list[tuple[float, str]]:
    """(share of our stems, text) of the best windows of one to three cited sentences."""
    stems = cited.sentence_stems
    wanted = ours.stems
    best: list[tuple[float, str]] = []
    for width in _WIDTHS:
        found = [
            (len(wanted & frozenset().union(*stems[at : at + width])) / max(1, len(wanted)), at)
            for at in range(max(1, len(stems) - width + 1))
        ]
        found.sort(key=lambda one: (-one[0], one[1]))
        for share, at in found[:_CANDIDATES]:
            last = min(at + width, len(stems)) - 1
            best.append((share, cited.plain[cited.spans[at][0] : cited.spans[last][1]]))
    return list(dict.fromkeys(best))
