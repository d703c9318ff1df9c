"""One event that two reports tell differently."""

from __future__ import annotations

import pytest
from passages import evidence_of

from assistant.disagreements.events import EventDifference, event_difference, other_names
from assistant.disagreements.statements import Statement


def compared(one: str, other: str, known: frozenset[frozenset[str]] = frozenset()) -> EventDifference | None:
    first, second = (Statement(evidence_of(text, name)) for text, name in ((one, "a"), (other, "b")))
    return event_difference(first, second, known)


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        ("The Crescent Brigade claimed responsibility for the bombing of the Ashkel station on 9 May 2022.",
         "The bombing of the Ashkel station on 9 May 2022 was claimed by the Northern Front.",
         EventDifference("who", ("The Crescent Brigade", "Northern Front"))),
        ("Police arrested Issa Kaldor on 3 May 2022.", "Police arrested Issa Kaldor on 6 May 2022.",
         EventDifference("when", ("2022-05-03", "2022-05-06"))),
        ("Rashid Velou of the Haroun Front was killed near Bassila on 26 May 2022.",
         "Rashid Velou of the Haroun Front was killed near Tengara on 26 May 2022.",
         EventDifference("where", ("Bassila", "Tengara"))),
    ],
)  # fmt: skip
def test_the_aspect_that_differs_is_named_with_what_each_says(
    one: str, other: str, difference: EventDifference
) -> None:
    assert compared(one, other) == difference


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Police arrested Issa Kaldor on 3 May 2022.", "Police arrested Issa Kaldor again on 6 May 2022."),
        ("Police arrested Issa Kaldor on 3 May 2022.", "Police arrested Issa Kaldor on 6 July 2022."),
        ("Police arrested Issa Kaldor on 3 May 2022.", "Police may have arrested Issa Kaldor on 6 May 2022."),
        ("Police arrested two soldiers of Fort Sand on 3 May 2022.",
         "Police arrested two soldiers of Fort Sand on 6 May 2022."),
    ],
)  # fmt: skip
def test_what_may_be_two_events_is_no_difference(one: str, other: str) -> None:
    assert compared(one, other) is None


def test_two_names_of_one_body_are_no_difference() -> None:
    claim = "The attack on Ashkel of 9 May 2022 was claimed by {}."
    pair = claim.format("the Support Group"), claim.format("Sahel Front")
    known = other_names(["He left the Support Group (SGX)."])
    assert known == {frozenset({"support group", "sgx"})}
    assert compared(*pair) is not None
    assert compared(claim.format("the Support Group"), claim.format("SGX"), known) is None
