"""Names of a sentence against those of its cited words and of the text around them."""

from __future__ import annotations

import pytest

from assistant.grounding.names import name_disagreements, same_name, single_names
from assistant.language.tokens import tokenize

AROUND = "Mali: the south\n\nThe Azure Front rules Kolda. The group taxed cattle. Its rival, the Blue Brigade, did not."


def faults(sentence: str, span: str, around: str = "") -> list[str]:
    return list(name_disagreements(tokenize(sentence), tokenize(span), tokenize(around)))


@pytest.mark.parametrize(
    ("sentence", "span", "name"),
    [
        ("Gunmen attacked Ziguinchor.", "Gunmen attacked Kolda.", "Ziguinchor"),
        ("The Red Front taxed cattle.", "The Azure Front taxed cattle.", "Red Front"),
        ("Brandt said that the post fell.", "Diallo said that the post fell.", "Brandt"),
        ("Chad left the post.", "Niger left the post.", "Chad"),
    ],
)
def test_a_name_that_is_not_cited_is_a_fault(sentence: str, span: str, name: str) -> None:
    assert f"“{name}” does not stand in the cited words" in faults(sentence, span)


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("Gunmen attacked Kolda.", "Gunmen attacked Kolda."),
        ("Rain fell on the hills.", "It rained on the hills."),
        ("However, the post fell.", "The post fell."),
        ("The Governor left.", "The governor left."),
    ],
)
def test_the_capital_of_a_beginning_or_a_title_names_nobody(sentence: str, span: str) -> None:
    assert faults(sentence, span) == []


def test_a_name_from_around_passes_only_where_the_cited_words_point_back() -> None:
    assert faults("The Azure Front taxed cattle.", "The group taxed cattle.", AROUND) == []
    assert faults("The Azure Front taxed cattle.", "Herders taxed cattle.", AROUND) != []


def test_a_name_from_around_does_not_take_the_place_of_one_that_is_cited() -> None:
    assert faults("The Blue Brigade taxed cattle.", "The Azure Front taxed its cattle.", AROUND) != []
    assert faults("The Blue Brigade taxed cattle.", "It taxed its cattle.", AROUND) == []


def test_names_are_taken_apart_at_and_and_compared_in_any_form() -> None:
    assert single_names("It left Mali and Niger.") == ["Mali", "Niger"]
    assert same_name("UN", "United Nations") and not same_name("Red Front", "Blue Front")
