"""Figures that conflict, and figures that only look so."""

from __future__ import annotations

import pytest
from made_evidence import said

from assistant.disagreements.disagreements import conflicts_in
from assistant.evidence.scoring import Evidence
from assistant.results.answer import CitationList


def kinds(*evidence: Evidence) -> list[str]:
    return [one.kind for one in conflicts_in(evidence, CitationList().number)]


def test_figures_of_one_document_or_of_different_days_are_no_conflict() -> None:
    first = "At least 14 people were killed in the floods at Sarrel on 15 May 2022."
    other = "At least 22 people were killed in the floods at Sarrel on 15 May 2022."
    assert kinds(said(first, "a"), said(other, "b")) == ["conflict"]
    assert kinds(said(first, "a"), said(other, "a")) == []
    assert kinds(said(first, "a"), said(first, "b")) == []
    assert kinds(said(first, "a"), said(other.replace("2022", "2019"), "b")) == []
    assert kinds(said(first, "a"), said(other.replace("people", "barges"), "b")) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Twenty-two people were killed in the floods at Sarrel on 15 May 2022.",
            "The floods at Sarrel killed 22 people on 15 May 2022.",
        ),
        (
            "Two hundred people fled the floods at Sarrel on 15 May 2022.",
            "On 15 May 2022 the floods at Sarrel made 200 people flee.",
        ),
        (
            "On 15 May 2021 in Rudno and on 16 May miners stopped work.",
            "On 15 May 2021 in Rudno and on 18 May miners stopped work.",
        ),
        (
            "Floods killed 12 people in Sarrel on 15 May 2022.",
            "Floods injured 30 people in Sarrel on 15 May 2022.",
        ),
        (
            "The floods at Sarrel killed 1,400 people on 15 May 2022.",
            "The floods at Sarrel killed more than 1,000 people on 15 May 2022.",
        ),
    ],
)
def test_figures_that_can_both_hold_are_no_conflict(one: str, other: str) -> None:
    assert kinds(said(one, "a"), said(other, "b")) == []
