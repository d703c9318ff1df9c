"""What stands above a text, a menu or a strap line, states publisher, author and date, and is no part of the body."""

from __future__ import annotations

import pytest
from ingest_samples import FIRST, TITLE

from ingest import Metadata
from ingest.metadata.masthead import repeated_metadata_lines, site_header, strap_line


@pytest.mark.parametrize(
    ("line", "authors", "publisher"),
    [
        ("Harbour Institute | Mara Lindqvist | Gao, 9 March 2021", ("Mara Lindqvist",), "Harbour Institute"),
        ("Mara Lindqvist | Ostra Post | 9 March 2021", (), None),
        ("Harbour Institute · 9 March 2021", (), "Harbour Institute"),
        ("South Sudan | 9 March 2021", (), None),
        ("Policy Brief | 9 March 2021", (), None),
    ],
)
def test_a_strap_line_states_publisher_author_and_date(
    line: str, authors: tuple[str, ...], publisher: str | None
) -> None:
    metadata, lines = strap_line([TITLE, line, FIRST])
    assert (metadata.authors, metadata.publisher, metadata.published) == (authors, publisher, "2021-03-09")
    assert lines == {1}


def test_two_capitalised_words_alone_are_an_author_only_if_the_file_says_so() -> None:
    lines = [TITLE, "Mara Lindqvist | 9 March 2021", FIRST]
    assert strap_line(lines)[0].authors == ()
    assert strap_line(lines, ["Mara Lindqvist"])[0].authors == ("Mara Lindqvist",)


def test_the_publisher_may_stand_on_the_line_above() -> None:
    metadata, lines = strap_line([TITLE, "Harbour Institute", "Mara Lindqvist | 9 March 2021", FIRST])
    assert (metadata.authors, metadata.publisher, lines) == (("Mara Lindqvist",), "Harbour Institute", {1, 2})


@pytest.mark.parametrize(
    "line",
    [
        "Harbour Institute | Ostra",
        "1 March 2021 | 9 March 2021",
        "Situation report | 9 March 2021",
        "9 March 2021",
        f"{FIRST} | 9 March 2021",
    ],
    ids=["no date", "two dates", "a period", "one part", "a paragraph"],
)
def test_other_lines_are_no_strap_line(line: str) -> None:
    assert strap_line([TITLE, line, FIRST]) == (Metadata(), frozenset())


def test_a_menu_ends_the_header_of_a_site() -> None:
    assert site_header(["Coast News", "Home | About | Contact", TITLE]) == (2, "Coast News")
    assert site_header(["Home | About | Contact", TITLE]) == (1, None)
    assert site_header([TITLE, FIRST]) == (0, None)
    assert site_header(["Lindow | 12 | 900", TITLE]) == (0, None)  # figures are a table's


def test_lines_that_only_repeat_the_metadata_are_found() -> None:
    metadata = Metadata(authors=("Mara Lindqvist",), publisher="Harbour Institute")
    lines = [
        TITLE,
        "Harbour Institute, 9 March 2021",
        "By Mara Lindqvist, Gao",
        "Mara Lindqvist asks who pays for cranes",
        FIRST,
    ]
    assert repeated_metadata_lines(lines, metadata) == {1, 2}
