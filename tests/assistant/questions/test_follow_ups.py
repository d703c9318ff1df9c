from __future__ import annotations

import pytest

from assistant.questions.follow_ups import make_standalone, standalone_question
from assistant.questions.instructions import Instructions


def history(*questions: str) -> list[tuple[str, str]]:
    return [turn for question in questions for turn in (("user", question), ("assistant", "An answer. [1]"))]


def test_a_question_that_stands_alone_is_left_alone() -> None:
    question = "Who governs the province of Kolda?"
    assert make_standalone(question, []) == question
    assert make_standalone(question, history("When did the Azure Front attack Bamako?")) == question


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
    alone = make_standalone(question, history(earlier))
    assert [part for part in must_hold if part.casefold() not in alone.casefold()] == []


def test_a_replaced_date_is_not_kept_beside_the_new_one() -> None:
    alone = make_standalone("And in May 2022?", history("How many attacks were there in Kolda in June 2023?"))
    assert "2023" not in alone and "May 2022" in alone


def test_a_chain_of_follow_ups_keeps_its_subject() -> None:
    asked = history("Who attacked the customs post at Kolda?", "and how many were killed there?")
    assert "Kolda" in make_standalone("and when was that?", asked)


def test_a_change_of_subject_takes_nothing_along() -> None:
    asked = history("Who attacked the customs post at Kolda?")
    assert "Kolda" not in make_standalone("How much gold did Ghana export in 2019?", asked)


SOURCES = ["ACCORD", "Grey Dynamics", "ISS Today"]
ASKED = "How many attacks were there in Mali in June 2023?"


@pytest.mark.parametrize(
    ("turn", "understood"),
    [
        ("shorter", f"{ASKED} (shorter)"),
        ("Longer, please.", f"{ASKED} (longer)"),
        ("only from ACCORD", f"{ASKED} (only from ACCORD)"),
        ("just from Grey Dynamics, and shorter", f"{ASKED} (only from Grey Dynamics, shorter)"),
        ("only reports from ISS", f"{ASKED} (only from ISS Today)"),
        ("as of 2021", f"{ASKED} (as of 2021)"),
        ("As of 5 June 2021", f"{ASKED} (as of 2021-06-05)"),
        ("since March 2020", f"{ASKED} (since 2020-03)"),
        ("As of 5th of June 2021", f"{ASKED} (as of 2021-06-05)"),
    ],
)
def test_an_instruction_asks_the_last_question_again(turn: str, understood: str) -> None:
    assert standalone_question(turn, history(ASKED), SOURCES).in_words == understood


@pytest.mark.parametrize(
    ("turn", "only"), [("shorter, and since 2020", True), ("Shorter. And in Kayes?", False)]
)
def test_a_turn_that_only_instructs_is_told_from_one_that_also_asks(turn: str, only: bool) -> None:
    assert standalone_question(turn, history(ASKED), SOURCES).only_instructs is only


def test_instructions_add_up_and_outlast_a_follow_up_but_not_a_new_subject() -> None:
    turns = history(ASKED, "only from ACCORD", "and in 2022?")
    assert standalone_question("shorter", turns, SOURCES).in_words == (
        "How many attacks were there in Mali in 2022? (only from ACCORD, shorter)"
    )
    assert (
        standalone_question("How much gold does Ghana export?", turns, SOURCES).instructions == Instructions()
    )


def test_a_source_that_nothing_is_from_is_known_as_a_stranger() -> None:
    said = standalone_question("only from Reuters", history(ASKED), SOURCES).instructions
    assert said.publishers == said.unknown_publishers == ("Reuters",)


@pytest.mark.parametrize(
    ("turn", "question"),
    [
        ("no, I meant Niger", "How many attacks were there in Niger in June 2023?"),
        ("Niger, not Mali", "How many attacks were there in Niger in June 2023?"),
        ("Not Mali but Niger.", "How many attacks were there in Niger in June 2023?"),
        ("sorry, in 2022", "How many attacks were there in Mali in 2022?"),
        ("And in May?", "How many attacks were there in Mali in May 2023?"),
    ],
)
def test_a_correction_takes_the_place_of_what_was_said(turn: str, question: str) -> None:
    assert standalone_question(turn, history(ASKED)).question == question


def test_a_new_date_takes_the_place_of_the_whole_old_one_and_of_no_verb() -> None:
    asked = "What may have caused the attack on June 5, 2021?"
    assert make_standalone("And on 3 May?", [("user", asked)]) == (
        "What may have caused the attack on 3 May 2021?"
    )


def test_a_pronoun_may_mean_the_one_that_the_answer_named() -> None:
    turns = [("user", "Who led the force?"), ("assistant", "The force was led by Marc Conruyt. [1]")]
    assert "Marc Conruyt" in make_standalone("When was he killed?", turns)
