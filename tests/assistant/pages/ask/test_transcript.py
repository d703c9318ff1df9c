"""Kept conversations: their filters, and answers to carry away."""

from __future__ import annotations

import pytest
from page_values import citation, record, turn

from assistant.pages.ask.transcript import FILTERS, last_filters, last_question, markdown
from assistant.results.answer import Answer, Sentence
from vectorstore import Filters
from vectorstore.ledger.history import Turn

Q, A = turn("user", "Why?"), turn("assistant", "Because.", {"answer": "Because."})


@pytest.mark.parametrize(
    ("turns", "place"), [([], 0), ([Q], 0), ([Q, A], 0), ([Q, A, Q], 2), ([Q, A, Q, A], 2)]
)
def test_the_last_question_is_found_among_the_turns(turns: list[Turn], place: int) -> None:
    assert last_question(turns) == place


def test_the_filters_of_a_conversation_are_those_of_its_last_answer() -> None:
    first, second = (turn("assistant", "So.", {FILTERS: {"as_of": year}}) for year in ("2021", "2022"))
    assert last_filters([Q, first, Q, second]) == Filters(as_of="2022")
    assert last_filters([Q, first, Q, A]) == Filters(as_of="2021"), "an answer that kept none says nothing"
    assert last_filters([Q, A]) is None and last_filters([]) is None


def test_a_copy_says_which_reports_were_asked_and_how_they_are_graded() -> None:
    answer = Answer(
        "Why?",
        (Sentence("The dyke broke.", (1, 2), "verbatim"),),
        (citation(1), citation(2)),
        False,
        "extractive",
        1,
    )
    text = markdown(answer, "As of 2022 · tag *x*", [record(1, grade="B", credibility=2), record(2)])
    assert text.endswith(
        r"Asked of reports: As of 2022 · tag \*x\*" + "\n\nGrades of the sources (Admiralty): 1: B2\n"
    )
    assert "Grades" not in markdown(answer, "", [record(2)]) and "Asked of" not in markdown(answer, "", [])
