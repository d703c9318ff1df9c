"""Denials of a sentence against the denials of its cited words."""

from __future__ import annotations

import pytest

from assistant.grounding.denial import denial_disagreements, denials, denied
from assistant.language.tokens import tokenize


def faults(sentence: str, span: str) -> list[str]:
    return list(denial_disagreements(tokenize(sentence), tokenize(span)))


@pytest.mark.parametrize(
    ("sentence", "span", "fault"),
    [
        ("The post will reopen.", "The post will not reopen.", "says what the cited words deny"),
        ("The post will not reopen.", "The post will reopen.", "denies what the cited words say"),
        ("The guards were paid.", "It is not true that the guards were paid.", "says what the cited words deny"),
        ("The ministry did not pay the guards.", "The ministry failed to pay the guards.", None),
        ("The ministry did not accept the plan.", "The ministry rejected the plan.", None),
        ("The post will not reopen.", "The post will not reopen.", None),
        ("Grain is dear.", "The post will not reopen.", None),
    ],
)  # fmt: skip
def test_a_denial_on_one_side_alone_is_a_fault(sentence: str, span: str, fault: str | None) -> None:
    assert faults(sentence, span) == ([fault] if fault else [])


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("The post did not fall.", ["not"]),
        ("Nobody left the post.", ["nobody"]),
        ("Not only the post fell, but the town.", []),
        ("No fewer than 12 guards died.", []),
    ],
)
def test_what_only_looks_like_a_denial_denies_nothing(text: str, marks: list[str]) -> None:
    words = {word.start: word.text for word in tokenize(text).words}
    assert [words[start] for start in sorted(denials(tokenize(text)))] == marks


def test_a_denial_bears_on_the_words_after_it_in_its_clause() -> None:
    text = tokenize("The post did not fall, and the guards stayed.")
    assert {word.text for word in text.words if word.start in denied(text)} == {"did", "fall"}
