from __future__ import annotations

import pytest

from assistant.language.noun_phrases import noun_phrases


@pytest.mark.parametrize(
    ("sentence", "phrases"),
    [
        (
            "Control of the mining sector gives a source of foreign income.",
            ["mining sector", "foreign income"],
        ),
        ("They met Aminata Traoré.", ["Aminata Traoré"]),
        ("The operation was followed by local protests.", ["operation", "local protests"]),
        ("They want to demonstrate the cooperation of it.", ["cooperation"]),
        ("Leaders of movements demonstrate the cooperation.", ["movements", "cooperation"]),
        ("", []),
    ],
)
def test_a_phrase_stands_after_a_determiner_or_preposition_or_is_a_name(
    sentence: str, phrases: list[str]
) -> None:
    assert list(noun_phrases(sentence)) == phrases


@pytest.mark.parametrize(
    "sentence",
    [
        "Kolda is quiet.",  # a single name
        "The gendarmes arrest officials.",  # a plural before the end: a verb follows
        "In Mali continues unrest.",  # after a name comes a verb
        "He was seen in May.",
        "They spoke of it last week.",
        "The long and winding road of a day.",
    ],
)
def test_what_may_hold_a_verb_or_says_too_little_is_no_phrase(sentence: str) -> None:
    assert list(noun_phrases(sentence)) == []


def test_a_phrase_is_trimmed_of_what_cannot_begin_or_end_it() -> None:
    assert list(noun_phrases("The three newly armed opposition movements agreed.")) == [
        "armed opposition movements"
    ]


def test_a_long_run_of_words_is_no_phrase() -> None:
    assert list(noun_phrases("The big old grey stone harbour warehouse ruins burnt.")) == []


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
