"""The terms of ICD 203, told from words that only look like them."""

from __future__ import annotations

import pytest

from assistant.lint.draft.icd203_terms import confidences, likelihoods, possibilities, unquoted


@pytest.mark.parametrize(
    ("sentence", "terms"),
    [
        ("A breach is very likely.", [("very likely", "left")]),
        ("A breach is highly improbable.", [("highly improbable", "right")]),
        ("It is unlikely, and rain almost certain.", [("unlikely", "left"), ("almost certain", "left")]),
        ("A remote village was cut off.", []),
        ("There is a remote chance of rain.", [("remote", "right")]),
        ("He is as likely to stay as to go.", []),
        ("He said “rain is likely” and left.", []),
    ],
)
def test_a_likelihood_has_a_column_and_is_the_sentence_s_own(
    sentence: str, terms: list[tuple[str, str]]
) -> None:
    found = likelihoods(sentence)
    assert [(term.text, term.column) for term in found] == terms
    assert all(sentence[term.start :].startswith(term.text) for term in found)


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        ("We judge with high confidence that it fell.", ["high confidence"]),
        ("Our confidence in the toll is moderate.", ["confidence in the toll is moderate"]),
        ("Confidence: low", ["Confidence: low"]),
        ("The market lost confidence.", []),
        ("He spoke of “high confidence”.", []),
    ],
)
def test_a_confidence_is_a_level_and_not_the_bare_word(sentence: str, stated: list[str]) -> None:
    assert [match[0] for match in confidences(sentence)] == stated


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The bridge may fall, perhaps soon.", ["may", "perhaps"]),
        ("In May 2022 it fell.", []),
        ("Boats could not land, and could only wait.", []),
        ("The military might of the town is small.", []),
        ("Boats could land.", ["could"]),
    ],
)
def test_a_possibility_is_no_month_no_inability_and_no_army(sentence: str, words: list[str]) -> None:
    assert [match[0] for match in possibilities(sentence)] == words


def test_quotations_are_blanked_out_with_offsets_kept() -> None:
    sentence = 'He said “it may” and "no".'
    assert len(unquoted(sentence)) == len(sentence)
    assert unquoted(sentence).split() == ["He", "said", "and", "."]
