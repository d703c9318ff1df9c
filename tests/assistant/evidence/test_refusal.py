"""Whether an answer is there, decided from sentences and their scores alone."""

from __future__ import annotations

import pytest
from passages import passage_of

from assistant.evidence.idf import Idf
from assistant.evidence.refusal import RefusalVerdict, refusal_verdict
from assistant.evidence.scoring import Evidence
from assistant.questions.question import parse

POST = "The customs post at Kolda was attacked on 9 April 2020 by the Azure Front. Twelve guards died there."


def judged(question: str, text: str, similarity: float = 0.5, score: float = 0.5) -> RefusalVerdict:
    """The verdict on a text whose first sentence comes nearest."""
    passage = passage_of(text, similarity=similarity)
    end = text.index(".") + 1
    one = Evidence(passage, 0, end, similarity=similarity, score=score)
    rest = Evidence(passage, end + 1, len(text), similarity=similarity, score=score)
    return refusal_verdict(parse(question), [one, rest], [passage], Idf())


@pytest.mark.parametrize(
    "question",
    [
        "When was the customs post at Kolda attacked?",
        "Who attacked the post at Kolda?",
        "How many guards died at Kolda?",
    ],
)
def test_a_fact_that_is_there_is_not_refused(question: str) -> None:
    assert not judged(question, POST).refused


def test_a_fact_of_another_kind_is_refused_and_named() -> None:
    verdict = judged("How much did the customs post at Kolda cost?", POST)
    assert verdict.refused and verdict.reason is not None
    assert "“customs post”" in verdict.reason and "a sum of money" in verdict.reason


def test_what_is_missing_is_named_in_the_question_s_words() -> None:
    verdict = judged("Which company insured the customs post at Kolda?", POST, similarity=0.2)
    assert verdict.refused and verdict.reason is not None
    assert "“customs post”" in verdict.reason and "not of “company insured”" in verdict.reason


def test_a_question_in_other_words_is_not_refused_for_its_missing_words() -> None:
    # Nothing in common but the sense: the words that are missing prove nothing.
    assert not judged("Which gunmen stormed the toll station?", POST, similarity=0.3).refused


def test_far_from_everything_is_refused() -> None:
    assert judged("How do I bake bread?", POST, similarity=0.02, score=0.01).refused
