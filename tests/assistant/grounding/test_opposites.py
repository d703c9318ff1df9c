"""Words of a sentence whose opposite its cited words say."""

from __future__ import annotations

import pytest

from assistant.grounding.opposites import opposed, opposite_disagreements
from assistant.language.tokens import tokenize


def faults(sentence: str, span: str, around: str = "") -> list[str]:
    return list(opposite_disagreements(tokenize(sentence), tokenize(span), tokenize(around)))


@pytest.mark.parametrize(
    ("sentence", "span", "pair"),
    [
        ("Exports of gold fell.", "Exports of gold rose.", ("fell", "rose")),
        ("The harvest came before the flood.", "The harvest came after the flood.", ("before", "after")),
        ("The north was flooded.", "The south was flooded.", ("north", "south")),
    ],
)
def test_the_opposite_of_what_is_cited_is_a_fault(sentence: str, span: str, pair: tuple[str, str]) -> None:
    assert f"says “{pair[0]}” where the cited words say “{pair[1]}”" in faults(sentence, span)


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("The harvest came before the flood.", "The flood came after the harvest."),
        ("Exports of gold rose.", "Exports of gold did not fall but rose."),
        ("More than 40 guards fled.", "At least 40 guards fled."),
        ("Grain prices fell.", "Exports of gold rose."),
    ],
)
def test_two_parts_that_changed_places_and_other_subjects_are_none(sentence: str, span: str) -> None:
    assert faults(sentence, span) == []


def test_a_compass_point_that_is_not_cited_is_a_fault_only_where_another_is() -> None:
    assert faults("The east was flooded.", "The south was flooded.") == [
        "“east” does not stand in the cited words"
    ]
    assert faults("The east was flooded.", "The region was flooded.") == []
    assert faults("The southwestern hills are dry.", "The hills in the south and west are dry.") == []


def test_opposed_words_stand_on_two_sides_of_one_axis() -> None:
    assert opposed("rose", "fell") and opposed("northern", "southern")
    assert not opposed("rose", "climbed") and not opposed("rose", "north")
