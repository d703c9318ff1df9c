"""Doer and sufferer of one verb."""

from __future__ import annotations

import pytest

from assistant.grounding.roles import role_disagreements
from assistant.language.tokens import tokenize


@pytest.mark.parametrize(
    ("sentence", "span", "swapped"),
    [
        ("Traoré expelled Diallo.", "Diallo expelled Traoré.", True),
        ("Diallo was expelled by Traoré.", "Diallo expelled Traoré.", True),
        ("Traoré was expelled by Diallo.", "Diallo expelled Traoré.", False),
        ("Diallo expelled Traoré.", "Diallo expelled Traoré from the party.", False),
        ("Guards attacked the rebels.", "Rebels attacked the post and killed guards.", False),
        ("Guards killed rebels.", "Rebels attacked the post and killed guards.", True),
        ("Traoré praised Diallo.", "Diallo expelled Traoré.", False),
    ],
)
def test_parties_that_changed_places_are_a_fault_in_either_voice(
    sentence: str, span: str, swapped: bool
) -> None:
    faults = list(role_disagreements(tokenize(sentence), tokenize(span)))
    assert faults == (["doer and sufferer have changed places"] if swapped else [])
