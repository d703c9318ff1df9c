from __future__ import annotations

import pytest

from assistant.questions.ambiguity import names_no_subject, underspecified_reference
from assistant.questions.question import parse


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [("When was it built?", "it"), ("Who killed him?", "him"), ("What is their aim?", "their")],
)
def test_a_lone_pronoun_names_no_subject(text: str, pronoun: str) -> None:
    assert names_no_subject(parse(text), "") == f"The question does not say who or what “{pronoun}” is."


@pytest.mark.parametrize(
    ("text", "conversation"),
    [
        ("When was it built?", "Where is the harbour?"),  # it may be the harbour
        ("When did it leave Kolda?", ""),  # a name
        ("Why did the mission leave the town it had protected?", ""),
        ("When was the harbour built?", ""),
    ],
)
def test_a_question_with_a_subject_or_a_conversation_is_clear(text: str, conversation: str) -> None:
    assert names_no_subject(parse(text), conversation) is None


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Who plays the actor?", "actor"),
        ("When was the old film’s premiere?", "film"),
        ("Who wrote this song and when?", "song"),
        ("When did the prime minister resign?", None),
        ("When was the prime minister appointed?", "prime minister"),
        ("When was the battle of the hills?", None),
        ("What does the country export?", None),
    ],
)
def test_one_of_many_is_not_named(text: str, head: str | None) -> None:
    expected = f"The question does not say which {head} is meant." if head else None
    assert underspecified_reference(parse(text), "") == expected


def test_what_was_spoken_of_or_is_named_is_clear() -> None:
    assert underspecified_reference(parse("Who plays the actor?"), "Which actors were there?") is None
    assert underspecified_reference(parse("Who plays the actor in Casablanca?"), "") is None
