"""The rules on wording for one sentence that is about to be shown, as a chat model writes it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.language.relative_dates import relative_words
from assistant.lint.draft.icd203_terms import confidences, likelihoods, possibilities
from assistant.lint.draft.reported_speech import is_passed_on


def wording_faults(sentence: str, quotes: Sequence[str]) -> list[str]:
    """What is wrong with how a sentence says it, in words; words that it passes on from `quotes` are the sources'.

    The desk keeps to the left column of the likelihood table, so that no two sentences can mix them.
    """
    sure, likely = confidences(sentence), likelihoods(sentence)
    faults = []
    if sure and likely and not is_passed_on(sentence, quotes, f"{sure[0][0]} {likely[0].text}"):
        faults.append(f"“{sure[0][0]}” and “{likely[0].text}” stand in one sentence")
    faults += [
        f"“{term.text}” is of the other column of the likelihood table"
        for term in likely
        if term.column == "right" and not is_passed_on(sentence, quotes, term.text)
    ]
    faults += [
        f"“{match[0]}” leaves open how likely it is"
        for match in possibilities(sentence)
        if not is_passed_on(sentence, quotes, match[0])
    ]
    return faults


def undated_words(sentence: str) -> list[str]:
    """ "currently", "last month": what means another time once the source is old."""
    return [match[0] for match in relative_words(sentence)]
