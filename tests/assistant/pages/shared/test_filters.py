"""Filters in words, and as they are kept with an answer."""

from __future__ import annotations

import pytest
from page_values import record

from assistant.pages.shared.filters import from_json, to_json, words
from vectorstore import Filters


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (Filters(), ""),
        (Filters(include_undated=True), ""),
        (Filters(as_of="2022-06"), "As of June 2022"),
        (
            Filters(as_of="2022-06", since="2020", include_undated=True),
            "As of June 2022 · since 2020 · with undated reports",
        ),
        (Filters(publishers=("River Wire",), tags=("gold",)), "Publisher River Wire · tag gold"),
        (Filters(documents=("d1",)), "Only Report 1"),
        (Filters(documents=("gone",)), "Only a report that has been removed"),
        (Filters(documents=("d1", "d2")), "Only 2 reports"),
    ],
)
def test_filters_are_told_in_words(chosen: Filters, said: str) -> None:
    assert words(chosen, [record(1), record(2)]) == said


def test_kept_filters_are_read_back_as_they_were() -> None:
    chosen = Filters(
        as_of="2022", since="2020-01", publishers=("River Wire",), tags=("a", "b"), documents=("d1",)
    )
    assert from_json(to_json(chosen)) == chosen
    assert to_json(Filters()) == {} and from_json({}) == Filters()
