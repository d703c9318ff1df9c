from __future__ import annotations

import pytest

from assistant.questions.answer_types import AnswerType, asks_for_several, contains_type, expected_answer_type
from assistant.questions.question import parse


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Who leads the group?", "who"),
        ("Which group leads the alliance?", "name"),
        ("When did it end?", "date"),
        ("In what year did it end?", "year"),
        ("Where is the mine?", "place"),
        ("Which countries does it border?", "place"),
        ("How many people fled?", "count"),
        ("How large was the force?", "amount"),
        ("What share of exports is gold?", "share"),
        ("What was the turnout in the referendum?", "share"),
        ("What was the mission's annual budget?", "money"),
        ("How much does the state pay them each month?", "money"),
        ("How long was the road closed?", "duration"),
        ("Why did they leave?", "reason"),
        ("What happened in Kayes?", "thing"),
        ("What can happen when people speak up?", "thing"),
        ("What cells share the traits of others?", "thing"),
    ],
)
def test_the_kind_of_fact_asked_for_is_seen(text: str, fact: AnswerType) -> None:
    assert expected_answer_type(text) == fact


@pytest.mark.parametrize(
    ("question", "sentence", "there"),
    [
        ("How many guards died?", "The guards died in 2019.", False),
        ("How many guards died?", "The guards died on 3 May.", False),
        ("How many guards died?", "Twelve guards died in 2019.", True),
        ("How many guards died?", "Nobody was hurt.", True),
        ("What was the mission's budget?", "The mission had 5,000 soldiers.", False),
        ("What was the mission's budget?", "The mission was given 4 million francs.", True),
        ("What was the turnout?", "They voted on 18 June 2023.", False),
        ("What was the turnout?", "Four in ten voted, or 39%.", True),
        ("When was the post at Kolda attacked in 2020?", "The post at Kolda held out in 2020.", False),
        ("When was the post attacked?", "The post was attacked on 9 April.", True),
        ("When was the post attacked?", "The post was attacked in May.", True),
        ("When was the post attacked?", "The post may be attacked.", False),
        ("Who attacked the post at Kolda?", "The post at Kolda was attacked.", False),
        ("Who attacked the post at Kolda?", "The Azure Front attacked the post at Kolda.", True),
    ],
)
def test_a_fact_of_the_kind_asked_for_is_known_from_what_the_question_says_itself(
    question: str, sentence: str, there: bool
) -> None:
    asked = parse(question)
    assert contains_type(asked.answer_type, sentence, asked.text) == there


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Which towns were attacked?", True),
        ("What were the main armed groups?", True),
        ("Who are the members of the council?", True),
        ("List the attacks of June.", True),
        ("What is the status of the mission?", False),
        ("Which of the raids was the deadliest?", False),
        ("What does the report say?", False),
        ("What caused the crisis?", False),
        ("Who claimed it?", False),
    ],
)
def test_a_question_for_several_things_is_told_by_its_plural(question: str, several: bool) -> None:
    assert asks_for_several(question) is several


def test_weeks_count_no_people() -> None:
    question = parse("How many people were displaced?")
    assert not contains_type("count", "The state should register them within two weeks.", question.text)
    assert contains_type("count", "The state registered 300 of them within two weeks.", question.text)
