"""Sentences that repeat their source but for a word or two."""

from __future__ import annotations

import pytest

from assistant.grounding.edits import edit_disagreements
from assistant.language.tokens import tokenize

SPAN = "The Blue Front took the northern post in the hills of Kolda in spring."


def faults(sentence: str, span: str = SPAN) -> list[str]:
    return list(edit_disagreements(tokenize(sentence), tokenize(span)))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("Blue", "Red", "names “Red” where the cited words name “Blue”"),
        ("northern", "southern", "says “southern” where the cited words say “northern”"),
        ("took", "never took", "denies what the cited words say"),
        ("took", "hardly took", "denies what the cited words say"),
    ],
)
def test_a_word_put_in_the_place_of_its_opposite_or_of_another_name_is_a_fault(
    old: str, new: str, fault: str
) -> None:
    assert faults(SPAN.replace(old, new)) == [fault]


def test_a_denial_that_was_left_out_is_a_fault() -> None:
    assert faults(SPAN, SPAN.replace("took", "never took")) == ["says what the cited words deny"]


@pytest.mark.parametrize(("old", "new"), [("took", "seized"), ("in spring", "in May"), ("northern ", "")])
def test_another_word_or_one_left_out_is_none(old: str, new: str) -> None:
    assert faults(SPAN.replace(old, new)) == []


def test_a_sentence_of_other_words_is_not_compared_word_by_word() -> None:
    assert faults("Red fighters never held southern towns.") == []
