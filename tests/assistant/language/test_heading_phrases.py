"""Noun phrases that can stand as a heading."""

from __future__ import annotations

import pytest

from assistant.language.noun_phrases import noun_phrases


@pytest.mark.parametrize(
    ("sentence", "phrases"),
    [
        (
            "The incidents demonstrate the weakness of border posts.",
            ["incidents", "weakness", "border posts"],
        ),
        ("It has undergone two coups of the armed forces.", ["armed forces"]),
        ("The gendarmes arrest whole groups near the market town.", ["market town"]),
        ("Western capitals call it a mercenary company.", ["mercenary company"]),
    ],
)
def test_a_phrase_for_a_heading_has_no_verb_at_its_ends(sentence: str, phrases: list[str]) -> None:
    assert set(noun_phrases(sentence)) >= set(phrases)
    assert not any(
        set(one.split()) & {"arrest", "undergone", "demonstrate", "call"} for one in noun_phrases(sentence)
    )
