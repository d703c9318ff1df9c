"""The wording rules for one sentence, as a chat model writes it."""

from __future__ import annotations

import pytest

from assistant.lint.draft.own_words import undated_words, wording_faults


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("A breach may follow.", "“may” leaves open"),
        ("A breach is probable.", "other column"),
        ("With high confidence, a breach is likely.", "stand in one sentence"),
    ],
)
def test_a_wording_fault_is_named(sentence: str, fault: str) -> None:
    (named,) = wording_faults(sentence, [])
    assert fault in named


@pytest.mark.parametrize(
    "sentence", ["A breach is likely.", "We have high confidence in the toll.", "It fell."]
)
def test_sound_wording_has_no_fault(sentence: str) -> None:
    assert wording_faults(sentence, []) == []


def test_words_of_the_source_are_no_fault_of_the_sentence() -> None:
    quotes = ["A breach may follow, the mayor said."]
    assert wording_faults("The mayor said that a breach may follow.", quotes) == []
    assert wording_faults("A breach may follow.", quotes) == []
    assert wording_faults("Floods may follow.", quotes) != []


def test_words_that_age_are_listed() -> None:
    assert undated_words("The port is currently closed, as it was last month.") == ["currently", "last month"]
    assert undated_words("The port was closed in May 2022.") == []
