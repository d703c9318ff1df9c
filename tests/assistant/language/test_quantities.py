from __future__ import annotations

import pytest

from assistant.language.quantities import quantities
from assistant.language.tokens import tokenize


def values(text: str) -> list[tuple[float, str | None, str]]:
    return [
        (round(quantity.value, 1), quantity.unit, quantity.kind) for quantity in quantities(tokenize(text))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.2 million people fled", (1_200_000, None, "number")),
        ("1,300 boats sank", (1300, None, "number")),
        ("twenty-one boats sank", (21, None, "number")),
        ("a hundred and twenty boats sank", (120, None, "number")),
        ("two dozen boats sank", (24, None, "number")),
        ("it cost $4 million", (4_000_000, "dollar", "number")),
        ("it cost 4 million francs", (4_000_000, "franc", "number")),
        ("39% voted", (39, "percent", "number")),
        ("a third of them voted", (33.3, "percent", "share")),
        ("four out of ten voted", (40, "percent", "share")),
        ("the 3rd brigade left", (3, None, "ordinal")),
        ("the third brigade left", (3, None, "ordinal")),
        ("it lasted a year", (1, "year", "single")),
        ("dozens of boats sank", (12, None, "vague")),
        ("exports doubled", (2, "times", "number")),
        ("it is 30 kilometres long", (30, "kilometre", "number")),
    ],
)
def test_a_number_is_read_with_its_unit_and_kind(text: str, expected: tuple[float, str | None, str]) -> None:
    assert values(text) == [expected]


@pytest.mark.parametrize(
    "text", ["On 3 May 2021 it rained.", "It rained in 2021.", "One of the boats sank.", ""]
)
def test_dates_and_the_word_one_state_no_number(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("more than 20 boats sank", "more"),
        ("up to 20 boats sank", "less"),
        ("at least 20 boats sank", "least"),
        ("about 20 boats sank", "about"),
        ("about 20 or more sank", "least"),
        ("the 20 boats sank", ""),
    ],
)
def test_the_words_around_a_number_bound_it(text: str, bound: str) -> None:
    assert [quantity.bound for quantity in quantities(tokenize(text))] == [bound]


def test_what_is_counted_stands_after_the_number_up_to_the_next() -> None:
    twelve, thirty = quantities(tokenize("Twelve soldiers and thirty traders died."))
    assert "soldier" not in thirty.heads and "trader" in thirty.heads
    assert twelve.heads and not twelve.heads & thirty.heads


def test_the_offsets_hold_the_number_with_its_unit() -> None:
    text = tokenize("It cost 4 million francs.")
    (cost,) = quantities(text)
    assert text.plain[cost.start : cost.end] == "4 million francs"
