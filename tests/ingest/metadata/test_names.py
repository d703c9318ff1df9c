"""Names of people and organisations are told from other capitals."""

from __future__ import annotations

import pytest

from ingest.metadata.bylines import names_in
from ingest.metadata.names import organisation, people, person, same_person, unique_names


def test_names_are_told_from_other_capitals() -> None:
    assert person("Dr. Mara van der Linden, PhD") == "Mara van der Linden"
    assert person("Jean DUPONT") == "Jean DUPONT"
    for other in (
        "Harbour Institute",
        "The Coast",
        "Mara",
        "HI Ostra",
        "Senior Analyst",
        "Ostra 2020",
        "mara lindqvist",
    ):
        assert person(other) is None
    assert names_in("Mara Lindqvist and the others") == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("MARA LINDQVIST", "Mara Lindqvist"),
        ("Prof. Dr. Tomas Okoro", "Tomas Okoro"),
        ("J. M. Varga", "J. M. Varga"),
        ("Oumar ag Moussa", "Oumar ag Moussa"),
        ("May Lindqvist", "May Lindqvist"),
        ("June Report", None),
        ("Mara Lindqvist said", None),
        ("J. M.", None),
    ],
)
def test_a_person_has_two_proper_words_at_least(text: str, name: str | None) -> None:
    assert person(text) == name


def test_a_list_of_people_holds_nothing_else() -> None:
    assert people("Mara Lindqvist, Tomas Okoro et Ines Varga") == (
        "Mara Lindqvist",
        "Tomas Okoro",
        "Ines Varga",
    )
    assert people("Mara Lindqvist, Ostra") == ()


def test_spellings_of_one_name_are_one_person() -> None:
    assert unique_names(["Mara Lindqvist", "Tomas Okoro", "Mara E. Lindqvist"]) == (
        "Mara E. Lindqvist",
        "Tomas Okoro",
    )
    assert same_person("Mara-Lisa Lindqvist", "MARA LINDQVIST")
    assert not same_person("Mara Lindqvist", "Mara Varga")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the Harbour Institute’s", "Harbour Institute"),
        ("L’Observatoire de la côte", None),
        ("Centre for Trade and Ports", "Centre for Trade and Ports"),
        ("© Coast News", "Coast News"),
        ("the ministry", None),
        ("Our Harbours", None),
        ("2020", None),
        ("", None),
    ],
)
def test_an_organisation_is_capitalised_but_for_small_words(text: str, name: str | None) -> None:
    assert organisation(text) == name
