"""The first line of plain text is its title if it looks like one."""

from __future__ import annotations

import pytest
from ingest_samples import FIRST, SECOND, TITLE, metadata

from ingest.metadata.titles import is_title_line, plain_title, same_title


def test_a_newsletter_greeting_names_publisher_and_title() -> None:
    found = metadata(f"Welcome to Coast News’s Northern Harbours Newsletter. {FIRST}", SECOND)
    assert (found.title, found.publisher) == ("Coast News’s Northern Harbours Newsletter", "Coast News")


@pytest.mark.parametrize(
    ("line", "is_title"),
    [
        ("Why grain moves to the large harbours", True),
        ("Grain", True),
        ("Who pays for the cranes?", True),
        ("Grain moves.", False),
        ("By Mara Lindqvist", False),
        ("Mara Lindqvist", False),
        ("3 June 2022", False),
        ("Home | About", False),
        ("https://coast.example", False),
        ("***", False),
        ("grain " * 40, False),
    ],
)
def test_a_title_is_short_and_no_sentence_name_or_date(line: str, is_title: bool) -> None:
    assert is_title_line(line.strip()) is is_title


def test_a_line_alone_is_no_title() -> None:
    assert plain_title([TITLE]) is None
    assert plain_title([TITLE, FIRST]) == (TITLE, "first line of the text")
    assert plain_title([]) is None


def test_titles_are_the_same_but_for_a_letter_or_two() -> None:
    assert same_title("Why grain moves to large harbours", "WHY GRAIN MOVES TO LARGE HARBORS!")
    assert not same_title("Why grain moves to large harbours", "Why grain moves to small harbours")
    assert not same_title("Grain", "Grain moves to the large harbours")
    assert not same_title("Grain", "")
