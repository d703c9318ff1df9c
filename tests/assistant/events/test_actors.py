"""Who did it, as the clause of an event says."""

from __future__ import annotations

import pytest

from assistant.events.actors import actor_of
from assistant.language.clauses import clauses


def actor(sentence: str) -> str | None:
    """The actor of the first clause with a verb."""
    clause = next(one for one in clauses(sentence, []) if one.verb is not None)
    assert clause.verb is not None
    return actor_of(clause.text, sentence[clause.start : clause.verb.phrase_start], clause.verb)


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("The army shelled the camp.", "army"),
        ("Gunmen from Sarrel attacked the post.", "Gunmen"),
        ("A convoy was attacked by fighters of the River Front.", "fighters of the River Front"),
        ("Malian soldiers and the police stormed the mine.", "Malian soldiers and the police"),
        ("A commander was killed in a US raid.", "US"),
        ("JNIM attacked the post.", "JNIM"),
    ],
)
def test_the_subject_or_whom_by_names_is_the_actor_in_the_text_s_own_words(sentence: str, who: str) -> None:
    assert actor(sentence) == who


@pytest.mark.parametrize(
    "sentence",
    [
        "They attacked the post.",
        "Seven attacked the post.",
        "The dyke broke.",
        "The post was attacked.",
        "May brought rain.",
    ],
)
def test_a_pronoun_a_number_a_thing_or_a_month_is_none(sentence: str) -> None:
    assert actor(sentence) is None
