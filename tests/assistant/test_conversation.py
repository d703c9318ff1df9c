from __future__ import annotations

import pytest

from assistant.conversation import stand_alone


def history(*questions: str) -> list[tuple[str, str]]:
    return [turn for question in questions for turn in (("user", question), ("assistant", "An answer. [1]"))]


def test_a_question_that_stands_alone_is_left_alone() -> None:
    question = "Who governs the province of Kolda?"
    assert stand_alone(question, []) == question
    assert stand_alone(question, history("When did the Azure Front attack Bamako?")) == question


@pytest.mark.parametrize(
    ("earlier", "question", "must_hold"),
    [
        (
            "Who attacked the customs post at Kolda?",
            "and how many were killed there?",
            ["how many", "Kolda", "customs"],
        ),
        ("What is the Azure Front?", "When was it founded?", ["founded", "Azure Front"]),
        ("Who is Aminata Traoré?", "What did she say about the post?", ["post", "Aminata Traoré"]),
        (
            "How many incidents were there in Kolda in June 2023?",
            "And in May?",
            ["How many incidents", "Kolda", "May"],
        ),
        (
            "How many incidents were there in Kolda in June 2023?",
            "And in Kayes?",
            ["How many incidents", "Kayes"],
        ),
        ("Why did the mission end in 2022?", "what about 2023?", ["Why did the mission end", "2023"]),
    ],
)
def test_a_follow_up_takes_what_it_needs_from_before(
    earlier: str, question: str, must_hold: list[str]
) -> None:
    alone = stand_alone(question, history(earlier))
    assert [part for part in must_hold if part.casefold() not in alone.casefold()] == []


def test_a_replaced_date_is_not_kept_beside_the_new_one() -> None:
    alone = stand_alone("And in May 2022?", history("How many attacks were there in Kolda in June 2023?"))
    assert "2023" not in alone and "May 2022" in alone


def test_a_chain_of_follow_ups_keeps_its_subject() -> None:
    asked = history("Who attacked the customs post at Kolda?", "and how many were killed there?")
    assert "Kolda" in stand_alone("and when was that?", asked)


def test_a_change_of_subject_takes_nothing_along() -> None:
    asked = history("Who attacked the customs post at Kolda?")
    assert "Kolda" not in stand_alone("How much gold did Ghana export in 2019?", asked)
