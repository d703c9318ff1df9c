from __future__ import annotations

import pytest

from assistant.language.words import (
    is_about_report_itself,
    names,
    needs_previous_sentence,
    numbers,
    small_number,
    stem,
    stems,
)


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


@pytest.mark.parametrize(
    ("text", "first_word", "expected"),
    [
        ("Kolda is quiet.", False, []),
        ("Kolda is quiet.", True, ["Kolda"]),
        ("MINUSMA left.", False, ["MINUSMA"]),
        ("Yesterday Kolda was quiet.", False, ["Kolda"]),
        ("Quietly Kolda fell.", False, ["Kolda"]),
        ("They met in May.", False, []),
        ("It is the Bank of Mali.", False, ["Bank of Mali"]),
    ],
)
def test_the_capital_of_a_first_word_proves_no_name(text: str, first_word: bool, expected: list[str]) -> None:
    assert names(text, first_word) == expected


@pytest.mark.parametrize(
    ("sentence", "needs_it"),
    [
        ("They left.", True),
        ("However, it rained.", True),
        ("One of the posts fell.", False),
        ("Troops left.", False),
    ],
)
def test_a_sentence_that_needs_the_one_before_is_told_by_its_opening(sentence: str, needs_it: bool) -> None:
    assert needs_previous_sentence(sentence) is needs_it


@pytest.mark.parametrize(
    ("sentence", "of_itself"),
    [
        ("In this issue we look at gold.", True),
        ("Subscribe to our newsletter.", True),
        ("Photo: Reuters", True),
        ("This report was read out in the council.", False),
        ("Gold is exported from Kayes.", False),
    ],
)
def test_what_a_report_says_of_itself_is_told_by_its_opening(sentence: str, of_itself: bool) -> None:
    assert is_about_report_itself(sentence) is of_itself


def test_the_stem_of_a_possessive_is_that_of_its_word() -> None:
    assert stem("mayor's") == stem("mayor") == stem("mayors")


@pytest.mark.parametrize(
    ("word", "value"),
    [("12", 12), ("Two", 2), ("nineteen", 19), ("twenty", None), ("a", None), ("some", None)],
)
def test_a_number_before_days_is_in_digits_or_a_word_below_twenty(word: str, value: int | None) -> None:
    assert small_number(word) == value
