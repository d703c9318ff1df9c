"""Where an event took place."""

from __future__ import annotations

import pytest

from assistant.events.places import are_apart, place_of


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The army shelled a camp near Tamsin.", "Tamsin"),
        ("Gunmen attacked a post in the Hallum region.", "Hallum region"),
        ("The last barge left Gao.", "Gao"),
        ("It marched on the Kati camp.", "Kati camp"),
        ("Mali withdrew from the alliance.", "Mali"),
        ("The alliance marched in step with Bamako.", "Bamako"),
    ],
)
def test_a_place_is_named_as_the_text_writes_it(text: str, place: str) -> None:
    assert place_of([text]) == place


@pytest.mark.parametrize(
    "text",
    [
        "Talks began in May.",
        "He rose in the Red Army.",
        "Islamic State in the Greater Sahara fled.",
        "Doubts grew within MINUSMA.",
        "They spoke in French.",
    ],
)
def test_a_month_a_body_an_abbreviation_or_a_language_is_no_place(text: str) -> None:
    assert place_of([text]) is None


def test_the_nearest_stretch_that_names_a_place_counts_and_a_country_only_where_none_does() -> None:
    assert place_of(["attacked the post", "In Tamsin rain fell"]) == "Tamsin"
    assert place_of(["Mali sent its army", "near Tamsin"]) == "Tamsin"


def test_the_town_is_that_of_the_sentence_before_or_of_the_heading() -> None:
    assert place_of(["The army entered the town."], before="Barges gathered at Tamsin. ") == "Tamsin"
    assert place_of(["The army came."], before="Barges gathered at Tamsin. ") is None
    assert place_of(["Miners struck."], heading="Rudno Region") == "Rudno Region"


@pytest.mark.parametrize(
    ("place", "other", "apart"),
    [
        ("Mali", "Niger", True),
        ("Bamako", "Mali", False),
        ("Bamako", "Niger", True),
        ("Kolda", "Mali", False),
        ("Kolda", "Hallum", True),
        ("Hallum region", "Hallum", False),
    ],
)
def test_two_countries_or_two_towns_are_apart_and_a_town_may_lie_in_a_country(
    place: str, other: str, apart: bool
) -> None:
    assert are_apart(place, other) is apart
