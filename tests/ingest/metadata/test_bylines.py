"""Authors are found in bylines, signatures and biographies, and nobody else is taken for one."""

from __future__ import annotations

import pytest
from ingest_samples import FIRST, SECOND, TITLE, metadata, pasted

from ingest.metadata.bylines import find_byline, names_in


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Mara Lindqvist", ("Mara Lindqvist",)),
        (
            "By Dr. Mara Lindqvist, Tomas Okoro and J. M. Varga",
            ("Mara Lindqvist", "Tomas Okoro", "J. M. Varga"),
        ),
        ("by MARA LINDQVIST", ("Mara Lindqvist",)),
        ("Par Mara Lindqvist et Tomas Okoro", ("Mara Lindqvist", "Tomas Okoro")),
        ("By Mara Lindqvist in Ostra", ("Mara Lindqvist",)),
        ("By Mara Lindqvist | 4 May 2021", ("Mara Lindqvist",)),
        ("Author: Mara Lindqvist", ("Mara Lindqvist",)),
        ("By Mara Lindqvist, Senior Analyst, and Tomas Okoro, Director", ("Mara Lindqvist", "Tomas Okoro")),
        ("By our own correspondent", ()),
        ("By the end of the year", ()),
        ("By Staff Writer", ()),
    ],
)
def test_bylines_under_the_title_name_the_authors(line: str, names: tuple[str, ...]) -> None:
    assert metadata(TITLE, line, FIRST, SECOND).authors == names


@pytest.mark.parametrize(
    "ending",
    [
        ("Mara Lindqvist, Senior Researcher and Tomas Okoro, Research Officer, Harbour Institute",),
        (
            "Article by:",
            "Mara Lindqvist\nMara Lindqvist\nResearch Fellow\nTomas Okoro\nTomas Okoro\nPhD Student",
        ),
        (
            "About the authors",
            "Mara Lindqvist is a fellow at the Harbour Institute. Tomas Okoro is a lecturer at Ostra.",
        ),
        ("Mara Lindqvist is a fellow at the Harbour Institute. Tomas Okoro is a doctoral student at Ostra.",),
    ],
)
def test_endings_name_the_authors_and_are_no_body(ending: tuple[str, ...]) -> None:
    document = pasted(TITLE, FIRST, SECOND, FIRST.replace("Lindow", "Ostra"), *ending)
    assert document.metadata.authors == ("Mara Lindqvist", "Tomas Okoro")
    assert document.metadata.publisher is None  # where an author works is not who published
    assert {document.text[b.start : b.end] for b in document.blocks if b.kind == "paragraph"} == {
        FIRST,
        SECOND,
        FIRST.replace("Lindow", "Ostra"),
    }


def test_a_name_with_a_biography_is_one_author_however_spelt() -> None:
    end = "Mara-Lisa Lindqvist", "Mara Lisa Lindqvist is analyst at Harbour Watch and writes about grain."
    assert metadata(TITLE, FIRST, SECOND, *end).authors == ("Mara-Lisa Lindqvist",)


def test_people_in_the_text_are_no_authors() -> None:
    body = (
        "Tomas Okoro, the harbour master, said that fees were too high. Ines Varga is a member of the board."
    )
    assert metadata(TITLE, body + " " + FIRST, SECOND).authors == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mara Lindqvist in Ostra", ("Mara Lindqvist",)),
        ("Mara Lindqvist, Senior Analyst, Harbour Watch", ("Mara Lindqvist",)),
        ("Mara Lindqvist and Tomas Okoro", ("Mara Lindqvist", "Tomas Okoro")),
        ("Mara Lindqvist • Coast News", ("Mara Lindqvist",)),
        ("Mara Lindqvist said no", ()),
        ("Harbour Institute", ()),
        ("", ()),
    ],
)
def test_a_byline_holds_nothing_but_names_and_roles(text: str, names: tuple[str, ...]) -> None:
    assert names_in(text) == names


def test_the_lines_that_name_an_author_are_marked() -> None:
    lines = [
        TITLE,
        "By Mara Lindqvist",
        FIRST,
        SECOND,
        "Mara Lindqvist",
        "Mara Lindqvist is an analyst at Ostra.",
    ]
    byline = find_byline(lines)
    assert (byline.authors, byline.how) == (("Mara Lindqvist",), "byline in the text")
    assert byline.lines == {1, 4, 5}


def test_a_byline_in_the_middle_of_a_long_text_is_none() -> None:
    lines = [FIRST] * 20 + ["By Mara Lindqvist"] + [SECOND] * 20
    assert find_byline(lines).authors == ()
