from __future__ import annotations

import pytest

from assistant.language.negation import denies, opposites_of_question


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("The post was not taken.", True),
        ("The post wasn't taken.", True),
        ("No post was taken.", True),
        ("The army left without a word.", True),
        ("The claims are unfounded.", True),
        ("The post was taken.", False),
        ("Under the treaty, units left until May.", False),
        ("No more than ten posts were taken.", False),
        ("Not only the post was taken.", False),
        ("No fewer than ten posts were not taken.", True),
    ],
)
def test_a_denial_is_told_from_a_limit(text: str, denied: bool) -> None:
    assert denies(text) is denied


@pytest.mark.parametrize(
    ("question", "sentence", "words"),
    [
        ("Who opened the port?", "The port closed in May.", ["opened"]),
        ("Which is the northern bridge?", "The southern bridge is old.", ["northern"]),
        ("Who opened the port?", "The port opened and closed in May.", []),
        ("Who opened the port?", "The port is old.", []),
        ("Did exports rise before the war?", "Exports fell after the war.", ["rise", "before"]),
    ],
)
def test_a_word_is_contrary_where_the_sentence_has_its_opposite_and_not_the_word(
    question: str, sentence: str, words: list[str]
) -> None:
    assert opposites_of_question(question, sentence) == words
