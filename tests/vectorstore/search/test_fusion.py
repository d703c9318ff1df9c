"""One ranking of two."""

from __future__ import annotations

import pytest

from vectorstore.search.fusion import Hit, _scaled, fuse


@pytest.mark.parametrize(
    ("dense", "lexical", "matched", "fused"),
    [
        ([], [], 1.0, []),
        ([(1, 0.9), (2, 0.1)], [(2, 7.0)], 1.0, [(1, 0.5), (2, 0.5)]),
        ([(1, 0.9), (2, 0.1)], [(2, 7.0), (1, 3.0)], 1.0, [(1, 0.5), (2, 0.5)]),
        ([(1, 0.4)], [(1, 3.0)], 1.0, [(1, 1.0)]),
        ([(1, 0.9), (2, 0.5), (3, 0.1)], [(2, 7.0)], 0.15, [(1, 0.75), (2, 0.625), (3, 0.0)]),
        ([(1, 0.9), (2, 0.1)], [(2, 7.0)], 0.0, [(1, 1.0), (2, 0.0)]),
        ([(5, -0.2), (4, -0.2)], [], 0.0, [(4, 1.0), (5, 1.0)]),
    ],
    ids=["nothing", "each its own", "opposite", "the same", "half matched", "not matched", "ties by row"],
)
def test_scaled_scores_are_averaged_and_words_weigh_as_much_as_they_matched(
    dense: list[Hit], lexical: list[Hit], matched: float, fused: list[Hit]
) -> None:
    assert fuse(dense, lexical, matched) == [(row, pytest.approx(score)) for row, score in fused]


def test_a_full_match_weighs_no_more_than_meaning() -> None:
    dense, lexical = [(1, 1.0), (2, 0.0)], [(2, 9.0), (1, 1.0)]
    assert fuse(dense, lexical, 0.3) == fuse(dense, lexical, 1.0) == fuse(dense, lexical, 2.0)
    assert fuse(dense, lexical, 0.29)[0][0] == 1 and dict(fuse(dense, lexical, 0.29))[2] < 0.5


@pytest.mark.parametrize(
    ("hits", "scaled"),
    [
        ([(1, 5.0), (2, 3.0), (3, 1.0)], [(1, 1.0), (2, 0.5), (3, 0.0)]),
        ([(1, 2.0), (2, 2.0)], [(1, 1.0), (2, 1.0)]),
        ([(1, -1.0), (2, -3.0)], [(1, 1.0), (2, 0.0)]),
    ],
)
def test_scores_are_scaled_from_the_lowest_to_the_highest(hits: list[Hit], scaled: list[Hit]) -> None:
    assert _scaled(hits) == scaled
