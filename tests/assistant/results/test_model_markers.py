"""Markers that a model writes are split off and resolved within bounds."""

from __future__ import annotations

from model_sentences import PASSAGES

from assistant.results.spans import resolve_citations, split_markers


def test_resolving_is_bounds_checked() -> None:
    assert resolve_citations("Nobody was hurt.", [0, -1, 3, 2], PASSAGES) == resolve_citations(
        "Nobody was hurt.", [2], PASSAGES
    )


def test_markers_are_split_off_wherever_they_stand() -> None:
    assert split_markers("It fell [1, 2] in May [3].") == ("It fell in May.", (1, 2, 3))
