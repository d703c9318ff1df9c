"""Two sentences that contradict each other without a figure."""

from __future__ import annotations

import pytest
from passages import evidence_of

from assistant.disagreements.contradictions import Contradiction, contradict
from assistant.disagreements.statements import Statement


def compared(
    one: str, other: str, published: tuple[str | None, str | None] = ("2022-06-01", "2022-06-01")
) -> Contradiction | None:
    first, second = (
        Statement(evidence_of(text, name, date))
        for text, name, date in zip((one, other), "ab", published, strict=True)
    )
    return contradict(first, second)


def test_an_antonym_is_named_in_the_order_of_the_sentences() -> None:
    rose, fell = (f"The grain harvest in Sabra province {verb} in 2021." for verb in ("rose", "fell"))
    assert compared(rose, fell) == Contradiction("conflict", ("rose", "fell"))
    assert compared(fell, rose) == Contradiction("conflict", ("fell", "rose"))


def test_a_denial_is_set_against_what_is_said_to_be_so() -> None:
    retook, not_retook = "The army retook Inabar on 17 May 2022.", "The army did not retake Inabar."
    assert compared(retook, not_retook) == Contradiction("conflict", ("said to be so", "not"))
    assert compared(not_retook, retook) == Contradiction("conflict", ("not", "said to be so"))


def test_what_changed_between_two_dates_is_an_update() -> None:
    seized = "Rebels seized the town of Berrim on 4 January 2022."
    found = compared(seized, "The army recaptured the town of Berrim on 19 March 2022.")
    assert found is not None and found.kind == "update"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The harvest in Sabra rose in 2020.", "The harvest in Sabra fell in 2021."),
        ("The harvest in Sabra province rose in 2021.", "The harvest in Keram province fell in 2021."),
        ("The army retook Inabar on 17 May 2022.", "The army may not retake Inabar."),
        ("The army retook Inabar on 17 May 2022.", "Not only the army retook Inabar."),
        ("The army retook Inabar on 17 May 2022.", "The army did not pay its men at Inabar."),
        ("The army did not retake Inabar.", "The army did not retake Inabar in May 2022."),
    ],
)  # fmt: skip
def test_other_times_places_deeds_and_doubts_are_no_contradiction(one: str, other: str) -> None:
    assert compared(one, other) is None and compared(other, one) is None


def test_undated_sentences_conflict_only_while_their_reports_are_near_each_other() -> None:
    pair = ("The army retook the post at Inabar.", "The army did not retake the post at Inabar.")
    found = {
        later: compared(*pair, published=("2022-01-01", later))
        for later in ("2022-02-01", "2022-06-01", None)
    }
    kinds = {later: one.kind if one else None for later, one in found.items()}
    assert kinds == {"2022-02-01": "conflict", "2022-06-01": "update", None: None}
