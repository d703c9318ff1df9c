"""Applies the linter's rules on wording to single sentences, while a chat model writes them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.language.relative_dates import relative_words
from assistant.lint.draft.icd203_terms import confidences, likelihoods, possibilities
from assistant.lint.draft.reported_speech import is_passed_on


def wording_faults(sentence: str, quotes: Sequence[str]) -> list[str]:
    """The faults in a sentence's wording, each as a phrase; words passed on from `quotes` are never faults.

    The desk uses only the left column of the likelihood table, so that no two sentences can mix the columns:
    `wording_faults("A breach may follow.", [])` is `["“may” leaves open how likely it is"]`.
    """
    confidence_terms, likelihood_terms = confidences(sentence), likelihoods(sentence)
    faults = []
    if (
        confidence_terms
        and likelihood_terms
        and not is_passed_on(sentence, quotes, f"{confidence_terms[0][0]} {likelihood_terms[0].text}")
    ):
        faults.append(f"“{confidence_terms[0][0]}” and “{likelihood_terms[0].text}” stand in one sentence")
    faults += [
        f"“{term.text}” is of the other column of the likelihood table"
        for term in likelihood_terms
        if term.column == "right" and not is_passed_on(sentence, quotes, term.text)
    ]
    faults += [
        f"“{match[0]}” leaves open how likely it is"
        for match in possibilities(sentence)
        if not is_passed_on(sentence, quotes, match[0])
    ]
    return faults


def undated_words(sentence: str) -> list[str]:
    """The words of a sentence that mean another time once its source is old.

    `undated_words("The port is currently closed.")` is `["currently"]`.
    """
    return [match[0] for match in relative_words(sentence)]
