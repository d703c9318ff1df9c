"""Properties that an author filled in are metadata; those of templates and libraries are not."""

from __future__ import annotations

import pytest

from ingest import Metadata
from ingest.readers.common.draft import DraftPart
from ingest.readers.common.properties import stated_authors, stated_properties, stated_tags, styled_title


@pytest.mark.parametrize(
    "title",
    [
        "PowerPoint Presentation",
        "Untitled 3",
        "Présentation PowerPoint",
        "Book1",
        "fees.xlsx",
        "Slide 1",
        "",
        None,
    ],
)
def test_a_title_of_a_template_is_none(title: str | None) -> None:
    assert stated_properties(title, None) == Metadata()


def test_properties_become_metadata_and_say_where_they_were_found() -> None:
    metadata = stated_properties(" Fees in\nSmall Harbours ", "Mara Lindqvist", ["grain; ports", "grain"])
    assert (metadata.title, metadata.authors) == ("Fees in Small Harbours", ("Mara Lindqvist",))
    assert metadata.tags == ("grain", "ports")
    assert metadata.found == dict.fromkeys(("title", "authors", "tags"), "document properties")


@pytest.mark.parametrize(
    ("author", "people", "organisation"),
    [
        ("Mara Lindqvist; Tomas Okoro", ("Mara Lindqvist", "Tomas Okoro"), None),
        ("Mara Lindqvist and Harbour Institute", ("Mara Lindqvist",), "Harbour Institute"),
        ("python-pptx", (), None),
        ("Steve Canny", (), None),
        ("mlindqvist", (), None),
        ("", (), None),
    ],
)
def test_people_and_organisations_are_told_apart(
    author: str, people: tuple[str, ...], organisation: str | None
) -> None:
    assert stated_authors(author) == (people, organisation)


def test_tags_come_once_and_not_without_end() -> None:
    assert stated_tags(["a", " a ", "", "b"]) == ("a", "b")
    assert len(stated_tags(map(str, range(100)))) == 30


def test_the_first_paragraph_in_the_style_of_titles_is_the_title() -> None:
    parts = [
        DraftPart("Ports", "heading", 2),
        DraftPart("Fees\nin Ports", "heading", 1),
        DraftPart("B", "heading", 1),
    ]
    assert styled_title(parts).title == "Fees in Ports"
    assert styled_title(parts[:1]) == Metadata()
