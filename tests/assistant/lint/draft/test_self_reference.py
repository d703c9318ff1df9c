"""Sentences about the briefing itself."""

from __future__ import annotations

import pytest

from assistant.lint.draft.self_reference import is_about_itself, leaves_open


@pytest.mark.parametrize(
    ("sentence", "about_itself"),
    [
        ("This briefing draws on six reports.", True),
        ("The sources differ on the toll.", True),
        ("Two reports support this.", True),
        ("It is not known who fired.", True),
        ("We have moderate confidence in the toll.", True),
        ("With high confidence, a breach is likely.", False),
        ("The report of the minister was burnt.", False),
        ("This briefing room was flooded.", False),
    ],
)
def test_a_sentence_about_the_briefing_states_no_fact(sentence: str, about_itself: bool) -> None:
    assert is_about_itself(sentence) is about_itself


@pytest.mark.parametrize(
    ("sentence", "asks"),
    [
        ("Who opened the sluice?", True),
        ("He asked “why?”", True),
        ("Whether the troops may return.", True),
        ("How many died", True),
        ("Whether it rained or not, the dyke broke.", False),
        ("It fell.", False),
    ],
)
def test_a_question_leaves_open_what_it_asks(sentence: str, asks: bool) -> None:
    assert leaves_open(sentence) is asks
