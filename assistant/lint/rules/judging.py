"""Rules on the wording of likelihood and confidence, after ICD 203 (see draft/icd203_terms.py)."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.lint.draft.draft import DraftBriefing
from assistant.lint.draft.finding import Finding, finding
from assistant.lint.draft.icd203_terms import confidences, likelihoods, possibilities
from assistant.lint.draft.reported_speech import is_sources_own
from assistant.lint.draft.self_reference import leaves_open

# Sections about the briefing itself, in which "may" judges nothing.
_SPEAKS_FOR_ITSELF = ("head", "gaps", "sources")
_COLUMN_EXAMPLES = {
    "left": "“unlikely”, “likely”, “very likely”",
    "right": "“improbable”, “probable”, “highly probable”",
}


def confidence_with_likelihood(draft: DraftBriefing) -> Iterator[Finding]:
    """`confidence-with-likelihood`: sentences that state both, which ICD 203 forbids."""
    for statement in draft.statements:
        confidence_terms, likelihood_terms = confidences(statement.text), likelihoods(statement.text)
        if (
            confidence_terms
            and likelihood_terms
            and not is_sources_own(draft, statement, f"{confidence_terms[0][0]} {likelihood_terms[0].text}")
        ):
            yield finding(
                statement,
                "confidence-with-likelihood",
                f"“{confidence_terms[0][0]}” and “{likelihood_terms[0].text}” stand in one sentence",
                "Make two sentences: how likely it is, and how sure you are and why.",
                confidence_terms[0].start(),
            )


def mixed_columns(draft: DraftBriefing) -> Iterator[Finding]:
    """`mixed-likelihood`: terms of the likelihood table's column that the briefing should not use.

    The briefing should keep to the column that it uses more itself; on a tie, to the one it uses first. If all its
    own terms are of the right column but it passes on a source's "likely", it should use the left one. Its own
    "likely" beside a source's "probable" is accepted, because the source's word cannot be changed.
    """
    used = [
        (statement, term, not is_sources_own(draft, statement, term.text))
        for statement in draft.statements
        for term in likelihoods(statement.text)
    ]
    own_columns = [term.column for _, term, is_own in used if is_own]
    if not own_columns or len({term.column for _, term, _ in used}) < 2:
        return
    right = own_columns.count("right") > own_columns.count("left") or (
        own_columns.count("right") == own_columns.count("left") and own_columns[0] == "right"
    )
    column = "right" if right and "left" in own_columns else "left"
    example = next(term.text for _, term, _ in used if term.column == column)
    for statement, term, is_own in used:
        if is_own and term.column != column:
            yield finding(
                statement,
                "mixed-likelihood",
                f"“{term.text}” is of the other column of the likelihood table than “{example}”",
                f"Say it with the {_COLUMN_EXAMPLES[column]} terms throughout.",
                term.start,
            )


def bare_possibility(draft: DraftBriefing) -> Iterator[Finding]:
    """`bare-possibility`: "may", "could" and the like, unless a source says so or only a question is asked."""
    for statement in draft.statements:
        if statement.role in _SPEAKS_FOR_ITSELF or leaves_open(statement.text):
            continue
        for match in possibilities(statement.text):
            if not is_sources_own(draft, statement, match[0]):
                yield finding(
                    statement,
                    "bare-possibility",
                    f"“{match[0]}” leaves open how likely it is",
                    "Say how likely: “unlikely”, “roughly even chance”, “likely” …, or name the source that says so.",
                    match.start(),
                )
