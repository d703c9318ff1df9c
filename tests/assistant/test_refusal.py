"""What a refusal reads of question and text before it decides."""

from __future__ import annotations

import pytest

from assistant.language.negation import denies, opposites_of_question
from assistant.questions.ambiguity import names_no_subject, underspecified_reference
from assistant.questions.question import parse


def test_contraries_and_denials_are_seen() -> None:
    assert opposites_of_question("What was the highest price?", "The lowest price was 3 francs.") == [
        "highest"
    ]
    assert (
        opposites_of_question(
            "What was the highest price?", "Between the lowest and the highest lay 3 francs."
        )
        == []
    )
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
