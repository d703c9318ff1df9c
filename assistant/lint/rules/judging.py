"""Rules on likelihood and confidence, after ICD 203."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.lint.draft.draft import DraftBriefing
from assistant.lint.draft.finding import Finding, finding
from assistant.lint.draft.icd203_terms import confidences, likelihoods, possibilities
from assistant.lint.draft.reported_speech import is_sources_own
from assistant.lint.draft.self_reference import leaves_open

_SPEAKS_FOR_ITSELF = ("head", "gaps", "sources")


def confidence_with_likelihood(draft: DraftBriefing) -> Iterator[Finding]:
    for one in draft.statements:
        sure, likely = confidences(one.text), likelihoods(one.text)
        if sure and likely and not is_sources_own(draft, one, f"{sure[0][0]} {likely[0].text}"):
            yield finding(
                one,
                "confidence-with-likelihood",
                f"“{sure[0][0]}” and “{likely[0].text}” stand in one sentence",
                "Make two sentences: how likely it is, and how sure you are and why.",
                sure[0].start(),
            )


def mixed_columns(draft: DraftBriefing) -> Iterator[Finding]:
    """Terms of the column that the briefing itself uses less, or, where both are used as often, later.

    Where all its own are of the right column and it passes on a source's "likely", these differ from that; its own
    "likely" beside a source's "probable" is left alone, since the source's word cannot be changed.
    """
    used = [
        (one, term, not is_sources_own(draft, one, term.text))
        for one in draft.statements
        for term in likelihoods(one.text)
    ]
    own = [term.column for _, term, is_own in used if is_own]
    if not own or len({term.column for _, term, _ in used}) < 2:
        return
    right = own.count("right") > own.count("left") or (
        own.count("right") == own.count("left") and own[0] == "right"
    )
    kept = "right" if right and "left" in own else "left"
    example = next(term.text for _, term, _ in used if term.column == kept)
    for one, term, is_own in used:
        if is_own and term.column != kept:
            yield finding(
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


def bare_possibility(draft: DraftBriefing) -> Iterator[Finding]:
    for one in draft.statements:
        if one.role in _SPEAKS_FOR_ITSELF or leaves_open(one.text):
            continue
        for match in possibilities(one.text):
            if not is_sources_own(draft, one, match[0]):
                yield finding(
                    one,
                    "bare-possibility",
                    f"“{match[0]}” leaves open how likely it is",
                    "Say how likely: “unlikely”, “roughly even chance”, “likely” …, or name the source that says so.",
                    match.start(),
                )
