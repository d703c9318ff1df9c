"""A page's title and its site's name are told apart."""

from __future__ import annotations

import pytest
from ingest_samples import page_with
from lxml import html

from ingest import read
from ingest.readers.html.titles import as_list, page_names, schema_name


@pytest.mark.parametrize(
    ("head", "body", "title", "publisher"),
    [
        (
            "<title>Cranes at work – Coast News</title>",
            "<h1>Cranes at work</h1>",
            "Cranes at work",
            "Coast News",
        ),
        (
            "<title>Coast News » Cranes at work</title>",
            '<h1><a href="/">Coast News</a></h1>',
            "Cranes at work",
            "Coast News",
        ),
        (
            '<title>Cranes work in the north</title><meta property="og:site_name" content="Cranes work in the north">',
            "<h1>Cranes work in the north</h1>",
            "Cranes work in the north",
            None,
        ),
        (
            '<title>Cranes | News</title><meta property="og:title" content="“Cranes” (Coast News)">',
            "<h1>Cranes</h1>",
            "Cranes",
            None,
        ),
    ],
    ids=["name behind the title", "name before it", "title as the site's name", "section and brackets"],
)
def test_title_and_site_are_told_apart(head: str, body: str, title: str, publisher: str | None) -> None:
    metadata = read(page_with(head, body), "page.html").metadata
    assert (metadata.title, metadata.publisher) == (title, publisher)


def test_a_headline_counts_only_if_another_place_says_the_same() -> None:
    tree = html.document_fromstring("<h1>Cranes at work</h1>")
    assert page_names(tree, {}, [{"headline": "Cranes at work"}]).title_how == "schema.org headline"
    described = page_names(tree, {}, [{"headline": "What the new quay means for us all"}])
    assert (described.title, described.title_how) == ("Cranes at work", "only main heading")


def test_a_page_without_names_has_none() -> None:
    names = page_names(html.document_fromstring("<p>Grain</p>"), {}, [])
    assert (names.title, names.title_how, names.publisher, names.publisher_how) == (None, "", None, "")


def test_the_name_of_a_section_is_no_site() -> None:
    tree = html.document_fromstring("<title>Cranes at work - News</title><h1>Cranes at work</h1>")
    assert page_names(tree, {}, []).publisher is None


def test_values_of_schema_org_may_be_lists_names_or_nothing() -> None:
    assert as_list(None) == [] and as_list("a") == as_list(["a"]) == ["a"]
    assert schema_name({"name": " Coast\nNews "}) == schema_name("Coast News") == "Coast News"
    assert schema_name({"name": 3}) == schema_name(None) == ""
