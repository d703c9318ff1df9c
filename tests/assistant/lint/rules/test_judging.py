"""Rules on likelihood and confidence."""

from __future__ import annotations

import pytest
from linted import NOTES, SOUND, found, rules


def test_confidence_and_likelihood_in_one_sentence_are_found() -> None:
    body = f"{SOUND}We judge with high confidence that a second breach is likely. [1]\n"
    assert rules(body) == [(6, "confidence-with-likelihood")]
    assert rules(f"{SOUND}A second breach is likely. [1] Our confidence is moderate.\n") == []


def test_the_column_of_the_likelihood_table_that_is_used_less_is_found() -> None:
    body = f"{SOUND}A breach is likely. [1] Rain is very likely. [2] A flood is probable. [2]\n"
    (one,) = found(body)
    assert one.rule == "mixed-likelihood"
    assert "“probable”" in one.message


def test_a_term_of_the_right_column_beside_a_source_s_likely_is_found_and_not_the_other_way_round() -> None:
    notes = NOTES.replace("rain may go on", "River Wire thinks rain is likely to go on")
    passed_on = "River Wire said that rain is likely to go on. [2]"
    assert rules(f"{SOUND}{passed_on} A flood is improbable. [2]\n", notes=notes) == [(6, "mixed-likelihood")]
    other = NOTES.replace("rain may go on", "rain is probable")
    assert (
        rules(f"{SOUND}River Wire said that rain is probable. [2] A flood is unlikely. [2]\n", notes=other)
        == []
    )


@pytest.mark.parametrize("word", ["may", "might", "could", "possibly", "perhaps"])
def test_a_bare_possibility_is_found(word: str) -> None:
    assert rules(f"{SOUND}The bridge {word} fall. [1]\n") == [(6, "bare-possibility")]


@pytest.mark.parametrize(
    "sentence",
    [
        "It rained all May and in May 2022. [2]",
        "Boats could not land. [2]",
        "The mayor spoke of “what may come” next. [2]",
        "River Wire reported that rain may go on. [2]",
        "A remote village was cut off. [2]",
    ],
)
def test_words_that_only_look_like_a_bare_possibility_are_left_alone(sentence: str) -> None:
    assert [rule for _, rule in rules(f"{SOUND}\n{sentence}\n")] == []


def test_a_sentence_that_stands_in_its_quote_passes_the_sources_words_on() -> None:
    assert rules(f"{SOUND}The port is closed, and rain may go on. [2]\n") == []
    assert [rule for _, rule in rules(f"{SOUND}Rain may go on. [1]\n")] == ["bare-possibility"]
