from __future__ import annotations

import pytest

from assistant.language.antonyms import AxisSides, claim_sides, question_sides, report_axes
from assistant.language.words import stem


def are_opposed(table: AxisSides, first: str, second: str) -> bool:
    return any((axis, 1 - side) in table.get(second, ()) for axis, side in table.get(first, ()))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("rose", "fell"),
        ("husband", "wife"),
        ("accepted", "rejected"),
        ("before", "after"),
        ("north", "south"),
    ],
)
def test_opposites_are_on_two_sides_of_one_axis(first: str, second: str) -> None:
    assert are_opposed(question_sides(), stem(first), stem(second))


def test_words_of_one_side_are_not_opposed() -> None:
    assert not are_opposed(claim_sides(), stem("rose"), stem("grew"))


@pytest.mark.parametrize(("first", "second"), [("highest", "lowest"), ("northern", "southern")])
def test_claims_do_not_contradict_each_other_on_an_axis_for_questions(first: str, second: str) -> None:
    assert are_opposed(question_sides(), stem(first), stem(second))
    assert not are_opposed(claim_sides(), stem(first), stem(second))


def test_reports_are_compared_by_word_forms_and_not_by_stems() -> None:
    places = report_axes().places
    assert are_opposed(places, "retook", "held")
    assert "take" not in places and "hold" in places


def test_the_kind_of_an_axis_is_no_word_of_it() -> None:
    axes = report_axes()
    assert "trend" not in axes.places and "contest" not in axes.places and "trend:" not in axes.places
    assert {axis for axis, _ in axes.places["rose"]} <= axes.trends
    assert {axis for axis, _ in axes.places["won"]} <= axes.contests
    assert not axes.trends & axes.contests


def test_every_axis_has_two_sides() -> None:
    for table in (claim_sides(), question_sides(), report_axes().places):
        taken = {place for places in table.values() for place in places}
        assert all((axis, 1 - side) in taken for axis, side in taken)
