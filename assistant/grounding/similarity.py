"""Measures how much of a sentence's meaning the cited words hold: by shared words and, if available, vectors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.language.tokens import TokenizedText
from vectorstore.embedding.types import Embed

_COVERAGE_WEIGHT = (
    0.3  # weight of coverage, 1 minus that of likeness; .2 to .5 differ little on the data in checker.py
)
_CANDIDATES = 4  # windows of each width that are embedded
_WIDTHS = (1, 2, 3)  # sentences in a window


@dataclass(frozen=True)
class Similarity:
    """How close a sentence is to the best window of its cited sentences."""

    coverage: float  # 0 to 1: share of the sentence's stems in the best window
    likeness: float | None  # -1 to 1: cosine with the best window; None without vectors

    @property
    def score(self) -> float:
        """0 to 1: .7 likeness + .3 coverage, or coverage alone: `Similarity(.5, None).score == .5`."""
        if self.likeness is None:
            return self.coverage
        return min(1.0, _COVERAGE_WEIGHT * self.coverage + (1 - _COVERAGE_WEIGHT) * max(self.likeness, 0.0))


def similarity(
    claim: TokenizedText, cited: TokenizedText, embed: Embed | None = None, whole: TokenizedText | None = None
) -> Similarity:
    """Compare a sentence with windows of one to three cited sentences; the best one counts.

    Only windows with most of the sentence's words are embedded, so that long texts stay fast. `embed` turns n texts
    into (n, d) unit vectors. `whole` is the cited text with the sentence before, if it refers back to that.
    """
    windows = _windows(claim, cited)
    if whole is not None:
        whole_stems = frozenset().union(*whole.sentence_stems)
        windows.append((len(claim.stems & whole_stems) / max(1, len(claim.stems)), whole.plain))
    coverage = max((share for share, _ in windows), default=0.0)
    if embed is None or not windows:
        return Similarity(coverage, None)
    texts = [text for _, text in windows]
    vectors = embed([claim.plain, *texts])
    return Similarity(coverage, float(np.max(vectors[1:] @ vectors[0])))


def _windows(claim: TokenizedText, cited: TokenizedText) -> list[tuple[float, str]]:
    """(share of the sentence's stems, text) of the best windows of one to three cited sentences."""
    stems = cited.sentence_stems
    wanted = claim.stems
    best: list[tuple[float, str]] = []
    for width in _WIDTHS:
        scored = [
            (len(wanted & frozenset().union(*stems[at : at + width])) / max(1, len(wanted)), at)
            for at in range(max(1, len(stems) - width + 1))
        ]
        scored.sort(key=lambda pair: (-pair[0], pair[1]))
        for share, at in scored[:_CANDIDATES]:
            last = min(at + width, len(stems)) - 1
            best.append((share, cited.plain[cited.spans[at][0] : cited.spans[last][1]]))
    return list(dict.fromkeys(best))
