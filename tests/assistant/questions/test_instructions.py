from __future__ import annotations

import pytest

from assistant.questions.instructions import Instructions, instructions_in, length_asked
from vectorstore import Filters

SOURCES = ["ACCORD", "Grey Dynamics", "ISS Today"]


@pytest.mark.parametrize(
    "turn", ["What happened in Kayes since 2020?", "Is it only in winter?", "Why is it longer?"]
)
def test_a_question_is_no_instruction(turn: str) -> None:
    assert instructions_in(turn, SOURCES) is None


@pytest.mark.parametrize(
    ("question", "rest", "length"),
    [
        ("Describe the coup in detail.", "Describe the coup.", "long"),
        ("Briefly, who led the coup?", "Who led the coup?", "short"),
        ("List all countries that border Kayes.", "List all countries that border Kayes.", "long"),
        ("Who led the coup?", "Who led the coup?", None),
    ],
)
def test_the_length_asked_for_is_no_part_of_the_question(
    question: str, rest: str, length: str | None
) -> None:
    assert length_asked(question) == (rest, length)


@pytest.mark.parametrize(
    ("turn", "instructions"),
    [
        ("shorter, please", Instructions(length="short")),
        ("in more detail", Instructions(length="long")),
        ("only from ISS", Instructions(publishers=("ISS Today",))),
        ("as of 2021 and since March 2020", Instructions(as_of="2021", since="2020-03")),
        ("only from Reuters", Instructions(publishers=("Reuters",), unknown_publishers=("Reuters",))),
        ("please", Instructions()),
        ("only from reuters?", None),
        ("as of yesterday", None),
        ("shorter and who led the coup", None),
        ("", None),
    ],
)
def test_a_turn_is_an_instruction_only_as_a_whole(turn: str, instructions: Instructions | None) -> None:
    assert instructions_in(turn, SOURCES) == instructions


def test_a_later_instruction_takes_the_place_of_an_earlier_one_of_its_kind() -> None:
    earlier = Instructions("short", "2021", None, ("Reuters",), ("Reuters",))
    assert earlier.then(Instructions(publishers=("ACCORD",))) == Instructions(
        "short", "2021", None, ("ACCORD",)
    )
    assert earlier.then(Instructions(length="long")).unknown_publishers == ("Reuters",)


def test_an_instruction_overrides_the_filters_of_the_request_and_leaves_the_rest() -> None:
    filters = Filters(as_of="2020", since="2019", publishers=("ACCORD",))
    assert Instructions(as_of="2021").narrowed(filters) == Filters(
        as_of="2021", since="2019", publishers=("ACCORD",)
    )


def test_no_instruction_says_nothing() -> None:
    assert Instructions().in_words == ""
    assert Instructions("long", "2021", "2020", ("ACCORD", "Reuters")).in_words == (
        "only from ACCORD or Reuters, as of 2021, since 2020, longer"
    )
