"""How likely the best sentence answers, rather than comes near."""

from __future__ import annotations

from dataclasses import replace

import pytest
from passages import passage_of

from assistant.evidence.answerability import Features, answerability, features, missing_terms, sentence_window
from assistant.evidence.idf import Idf
from assistant.evidence.scoring import Evidence
from assistant.questions.question import parse

POST = "The customs post at Kolda was attacked on 9 April 2020 by the Azure Front. Twelve guards died there."


@pytest.mark.parametrize(
    "question",
    [
        "Who defended the customs post at Kolda?",  # the contrary of attacked
        "Who attacked the customs post at Kolda in 1997?",  # another year
        "Who has not attacked the customs post at Kolda?",
    ],
)
def test_a_turned_or_changed_question_is_less_likely_answered(question: str) -> None:
    passage = passage_of(POST, similarity=0.5)
    one = Evidence(passage, 0, POST.index(".") + 1, similarity=0.5)
    asked, turned = parse("Who attacked the customs post at Kolda?"), parse(question)
    assert answerability(features(one, turned, Idf())) < answerability(features(one, asked, Idf())) - 0.15


def best_of(text: str, start: int = 0) -> Evidence:
    """The sentence of the text that begins at `start`, in a passage of similarity .5."""
    end = text.index(".", start) + 1
    return Evidence(passage_of(text, similarity=0.5), start, end, similarity=0.5)


def test_more_similar_is_more_likely_and_likelihood_stays_between_0_and_1() -> None:
    none = Features(0, 0, 0, 0, 0, 0, 0, 0, 0)
    likely = [answerability(replace(none, similarity=value, passage=value)) for value in (0.0, 0.3, 0.6, 1.0)]
    assert likely == sorted(likely) and likely[0] == pytest.approx(0.055, abs=0.001) and likely[-1] < 1


@pytest.mark.parametrize(
    ("text", "start", "window"),
    [
        ("A came. B left. C stayed. D slept.", 0, "A came. B left."),
        ("A came. B left. C stayed. D slept.", 8, "A came. B left. C stayed."),
        ("A came. B left. C stayed. D slept.", 26, "C stayed. D slept."),
    ],
)
def test_the_window_is_the_sentence_with_its_neighbours(text: str, start: int, window: str) -> None:
    assert sentence_window(best_of(text, start)) == window


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("Who attacked the bridge?", "The attackers fled.", ["bridg"]),
        ("Who attacked the bridge?", "The bridges were attacked.", []),
        ("Which company insured the post?", "The post fell.", ["compani", "insur"]),
    ],
)
def test_a_word_is_missing_unless_a_form_of_it_is_there(question: str, text: str, missing: list[str]) -> None:
    assert missing_terms(parse(question), text) == missing


@pytest.mark.parametrize(
    ("question", "text", "contradicted"),
    [
        ("Who died at Kolda in 1997?", "Twelve guards died at Kolda in 2003.", 1.0),
        ("Who died at Kolda in 2003?", "Twelve guards died at Kolda in 2003.", 0.0),
        ("Who died at Kolda in 1997?", "Twelve guards died at Kolda.", 0.0),
        ("Who killed 40 guards at Kolda?", "Bandits killed 12 guards at Kolda.", 1.0),
        ("Which two helicopters crashed?", "A Tiger and a Cougar crashed.", 0.0),
    ],
)
def test_another_year_or_number_speaks_against_an_answer(
    question: str, text: str, contradicted: float
) -> None:
    assert features(best_of(text), parse(question), Idf()).figures == contradicted


def test_a_denied_question_and_an_antonym_are_seen() -> None:
    text = "Bandits attacked the post."
    assert features(best_of(text), parse("Who did not attack the post?"), Idf()).denial == 1.0
    assert features(best_of(text), parse("Who attacked the post?"), Idf()).denial == 0.0
    assert features(best_of(text), parse("Who defended the post?"), Idf()).contrary == 1.0
