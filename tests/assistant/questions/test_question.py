from __future__ import annotations

import pytest

from assistant.questions.question import MAX_QUESTION, parse


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (MAX_QUESTION + 1)])
def test_a_question_that_cannot_be_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"question (is empty|has)"):
        parse(text)


def test_a_question_is_parsed_into_what_the_search_needs() -> None:
    question = parse("How many  French troops left\nMopti in May 2021?")
    assert question.text == "How many French troops left Mopti in May 2021?"
    assert "troop" in question.terms and len(question.terms) == len(set(question.terms))
    assert "Mopti" in question.names
    assert (question.answer_type, question.times, question.time_words) == ("count", ("2021-05",), "May 2021")


def test_the_countries_behind_an_adjective_are_searched_for_too() -> None:
    assert "France" in parse("How many French troops left?").search_text
    plain = parse("Who burnt the depot?")
    assert plain.search_text == plain.text


def test_the_names_of_a_pasted_page_are_limited() -> None:
    pasted = ", ".join(f"Kolda{chr(65 + n // 26)}{chr(97 + n % 26)} fell" for n in range(60))
    assert len(parse(pasted).names) == 20
