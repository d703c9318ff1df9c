"""Whether an answer is there, decided from sentences and their scores alone."""

from __future__ import annotations

import pytest
from passages import passage_of

from assistant.evidence.answerability import answerability, features
from assistant.evidence.idf import Idf
from assistant.evidence.refusal import RefusalVerdict, refusal_verdict
from assistant.evidence.scoring import Evidence
from assistant.language.negation import contraries, denies
from assistant.questions.ambiguity import names_no_subject, underspecified_reference
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


def test_what_is_missing_is_named_in_the_question_s_words() -> None:
    verdict = judged("Which company insured the customs post at Kolda?", POST, similarity=0.2)
    assert verdict.refused and verdict.reason is not None
    assert "“customs post”" in verdict.reason and "not of “company insured”" in verdict.reason


def test_a_question_in_other_words_is_not_refused_for_its_missing_words() -> None:
    # Nothing in common but the sense: the words that are missing prove nothing.
    assert not judged("Which gunmen stormed the toll station?", POST, similarity=0.3).refused


def test_far_from_everything_is_refused() -> None:
    assert judged("How do I bake bread?", POST, similarity=0.02, score=0.01).refused


def test_contraries_and_denials_are_seen() -> None:
    assert contraries("What was the highest price?", "The lowest price was 3 francs.") == ["highest"]
    assert contraries("What was the highest price?", "Between the lowest and the highest lay 3 francs.") == []
    assert not denies("They eat no more than once a day, and not only in winter.")
    assert denies("They did not leave.") and denies("an unarmed man") and not denies("under the united front")


@pytest.mark.parametrize(
    ("question", "conversation", "unclear"),
    [
        ("When did it end?", "", "“it”"),
        ("What did the actor say about training?", "", "which actor"),
        ("What did the actor say about training?", "Tell me about actors of the stage.", None),
        ("When did the Kolda mission end?", "", None),
        ("What did the mission say about training?", "", None),
    ],
)
def test_a_question_that_leaves_open_what_it_means_is_known(
    question: str, conversation: str, unclear: str | None
) -> None:
    found = names_no_subject(parse(question), conversation) or underspecified_reference(
        parse(question), conversation
    )
    assert (found is None) == (unclear is None) and (unclear or "") in (found or "")
