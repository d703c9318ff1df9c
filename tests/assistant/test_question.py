from __future__ import annotations

import pytest

from assistant.language.words import names, numbers, stems
from assistant.questions.question import LONGEST, parse


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (LONGEST + 1)])
def test_a_question_that_cannot_be_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"question (is empty|has)"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13 million people", {13_000_000}),
        ("almost 363,000 Malians", {363_000}),
        ("thirteen soldiers", {13}),
        ("two hundred and six", {206}),
        ("77% and 8.5%", {77, 8.5}),
        ("1 300 000 tonnes", {1_300_000}),
        ("2012-2013", {2012, 2013}),
        ("one of them", set()),
    ],
)
def test_numbers_are_compared_by_value(text: str, expected: set[float]) -> None:
    assert numbers(text) == expected


def test_names_are_found_by_their_capitals() -> None:
    assert names("Yesterday Aminata Traoré met MINUSMA in Kolda.") == ["Aminata Traoré", "MINUSMA", "Kolda"]


def test_stems_ignore_accents_and_endings() -> None:
    assert stems("Attacks in Ségou") == stems("attacking Segou")
