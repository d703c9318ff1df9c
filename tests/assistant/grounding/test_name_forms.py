"""Names in the forms in which a text may hold them."""

from __future__ import annotations

import pytest

from assistant.grounding.name_forms import missing_words, name_words
from assistant.language.tokens import tokenize


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("United Nations", "The UN left."),
        ("UN", "The United Nations left."),
        ("GDP", "The gross domestic product rose."),
        ("Malian", "The army of Mali left."),
        ("Sahelian", "The Sahel is dry."),
        ("Qaida", "Fighters of al-Qaeda left."),
        ("British", "The United Kingdom left."),
        ("TiO2", "Plants make TiO 2 here."),
    ],
)
def test_a_name_is_found_derived_abbreviated_in_full_or_spelled_another_way(name: str, text: str) -> None:
    assert missing_words(name, tokenize(text)) == []


@pytest.mark.parametrize(
    ("name", "text", "missing"),
    [
        ("Red Front", "The Blue Front left.", ["red"]),
        ("Niger", "The army of Nigeria left.", ["niger"]),
        ("Kolda", "The army left Kayes.", ["kolda"]),
    ],
)
def test_another_name_is_missing_however_like_it_looks(name: str, text: str, missing: list[str]) -> None:
    assert missing_words(name, tokenize(text)) == missing


def test_particles_and_months_are_no_part_of_a_name() -> None:
    assert name_words("Bank of Mali's") == ["bank", "mali"] and name_words("May") == []
