from __future__ import annotations

import pytest

from assistant.questions.decomposition import is_comparison, sub_questions


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Who led the mission, and how much did it cost?",
            ["Who led the mission?", "How much did it cost? (led the mission)"],
        ),
        (
            "When and where was the post attacked?",
            ["When was the post attacked?", "Where was the post attacked?"],
        ),
        (
            "How many attacks were there in Kayes, Segou and Mopti in June?",
            [f"How many attacks were there in {place} in June?" for place in ("Kayes", "Segou", "Mopti")],
        ),
        (
            "How many troops did France have in 2019 and in 2022?",
            ["How many troops did France have in 2019?", "How many troops did France have in 2022?"],
        ),
        (
            "How many attacks were there in May and June 2023?",
            ["How many attacks were there in May 2023?", "How many attacks were there in June 2023?"],
        ),
        (
            "What is the difference between Barkhane and Takuba?",
            ["What is Barkhane?", "What is Takuba?"],
        ),
        (
            "How many soldiers died in the attack of March 2021 and how many in the attack of May 2022?",
            ["How many soldiers died in the attack of March 2021?", "How many in the attack of May 2022?"],
        ),
    ],
)
def test_a_question_is_taken_apart(question: str, parts: list[str]) -> None:
    assert sub_questions(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Who led the mission?",
        "In which areas did the army and Wagner conduct joint operations?",
        "How long did the alliance between France and Mali last?",
        "What did France and Germany say about it?",
        "What happened to the governor and why?",
        "How many people live in the Central African Republic?",
    ],
)
def test_what_is_asked_of_all_together_stays_together(question: str) -> None:
    assert sub_questions(question) == [question]


def test_a_comparison_is_known() -> None:
    assert is_comparison("Were there more attacks in Kayes or Segou?")
    assert not is_comparison("How many more attacks were there?")
