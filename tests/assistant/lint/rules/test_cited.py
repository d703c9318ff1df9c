"""Rules on citing."""

from __future__ import annotations

import pytest
from linted import SOUND, found, rules


def test_a_factual_sentence_without_a_marker_is_found_on_its_line_and_told_with_a_remedy() -> None:
    (one,) = found(SOUND + "Ships wait outside.\n")
    assert (one.line, one.rule, one.text) == (6, "uncited", "Ships wait outside.")
    assert "marker" in one.remedy


@pytest.mark.parametrize(
    "sentence",
    [
        "Who opened the sluice?",
        "This briefing rests on one report.",
        "The sources do not say who opened the sluice.",
        "No report says who opened the sluice.",
        "We have moderate confidence in the toll, which one newspaper counted.",
        "The figures differ: 14 and 22.",
        "Nothing cited was published after 16 May 2022.",
    ],
)
def test_what_speaks_of_the_briefing_needs_no_marker(sentence: str) -> None:
    assert rules(f"{SOUND}\n{sentence}\n") == []


def test_two_sentences_that_one_note_quotes_share_its_marker() -> None:
    notes = "\n## Notes\n\n[1] River Wire, 16 May 2022: “The dyke broke. Nobody was warned.”\n"
    assert rules("The dyke broke. Nobody was warned. [1]\n", notes=notes) == []


def test_a_marker_without_note_and_a_note_without_marker_are_found() -> None:
    assert rules("The dyke at Kolda broke on 15 May 2022. [1] The port was closed. [7]\n") == [
        (5, "marker-without-note"),
        (10, "unused-note"),
    ]


def test_a_judgement_that_cites_no_fact_is_found() -> None:
    assert rules(f"{SOUND}\nA second breach is very likely.\n") == [(7, "judgement-without-fact")]
