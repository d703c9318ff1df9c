"""Rules on likelihood and confidence, after ICD 203."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.lint.draft import Draft
from assistant.lint.finding import Finding, of
from assistant.lint.passed_on import is_sources_own
from assistant.lint.terms import confidences, likelihoods, possibilities

_SPEAKS_FOR_ITSELF = ("head", "gaps", "sources")


def confidence_with_likelihood(draft: Draft) -> Iterator[Finding]:
    for one in draft.statements:
        sure, likely = confidences(one.text), likelihoods(one.text)
        if sure and likely and not is_sources_own(draft, one, f"{sure[0][0]} {likely[0].text}"):
            yield of(
                one,
                "confidence-with-likelihood",
                f"“{sure[0][0]}” and “{likely[0].text}” stand in one sentence",
                "Make two sentences: how likely it is, and how sure you are and why.",
                sure[0].start(),
            )


def mixed_columns(draft: Draft) -> Iterator[Finding]:
    """Terms of the column that is used less, or, where both are used as often, later."""
    used = [
        (one, term)
        for one in draft.statements
        for term in likelihoods(one.text)
        if not is_sources_own(draft, one, term.text)
    ]
    columns = [term.column for _, term in used]
    if len(set(columns)) < 2:
        return
    first, other = columns[0], "right" if columns[0] == "left" else "left"
    kept = other if columns.count(other) > columns.count(first) else first  # type: ignore[arg-type]
    example = next(term.text for _, term in used if term.column == kept)
    for one, term in used:
        if term.column != kept:
            yield of(
                one,
                "mixed-likelihood",
                f"“{term.text}” is of the other column of the likelihood table than “{example}”",
                f"Say it with the {SAME[kept]} terms throughout.",
                term.start,
            )


SAME = {
    "left": "“unlikely”, “likely”, “very likely”",
    "right": "“improbable”, “probable”, “highly probable”",
}


def bare_possibility(draft: Draft) -> Iterator[Finding]:
    for one in draft.statements:
        if one.role in _SPEAKS_FOR_ITSELF or one.text.rstrip().endswith("?"):
            continue
        for match in possibilities(one.text):
            if not is_sources_own(draft, one, match[0]):
                yield of(
                    one,
                    "bare-possibility",
                    f"“{match[0]}” leaves open how likely it is",
                    "Say how likely: “unlikely”, “roughly even chance”, “likely” …, or name the source that says so.",
                    match.start(),
                )
