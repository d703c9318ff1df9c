"""How much of a sentence's meaning its cited words hold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.grounding.similarity import Similarity, similarity
from assistant.language.tokens import tokenize

CLAIM = tokenize("Gunmen attacked the customs post.")


def test_without_vectors_the_share_of_words_alone_counts() -> None:
    full, half, none = (
        similarity(CLAIM, tokenize(text))
        for text in ("Gunmen attacked the customs post.", "The customs post is old.", "Grain is dear.")
    )
    assert full == Similarity(1.0, None) and full.score == 1.0
    assert full.score > half.score > none.score == 0.0


def test_words_that_stand_in_adjacent_sentences_count_together() -> None:
    assert (
        similarity(CLAIM, tokenize("Gunmen came. They attacked it. It was a customs post.")).coverage == 1.0
    )


def test_only_windows_with_most_of_the_words_are_embedded() -> None:
    asked: list[str] = []

    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        asked.extend(texts)
        return np.eye(len(texts), dtype=np.float32)

    cited = " ".join(f"Rain fell on day {day}." for day in range(40)) + " Gunmen attacked the customs post."
    assert similarity(CLAIM, tokenize(cited), embed).likeness == 0.0
    assert len(asked) <= 13 and any("Gunmen" in text for text in asked[1:])


@pytest.mark.parametrize(
    ("coverage", "likeness", "score"),
    [(0.5, None, 0.5), (1.0, 1.0, 1.0), (0.0, 1.0, 0.7), (1.0, 0.0, 0.3), (0.5, -1.0, 0.15)],
)
def test_likeness_weighs_more_than_words_and_a_negative_one_counts_as_none(
    coverage: float, likeness: float | None, score: float
) -> None:
    assert Similarity(coverage, likeness).score == pytest.approx(score)


def test_the_sentence_before_counts_where_the_cited_words_point_back_to_it() -> None:
    cited, whole = (
        tokenize("Both resigned there."),
        tokenize("Gunmen attacked the customs post. Both resigned there."),
    )
    assert similarity(CLAIM, cited, None, whole).coverage > similarity(CLAIM, cited).coverage
