"""A page's own statements are its metadata, the surest first."""

from __future__ import annotations

import json

import pytest
from lxml import html

from ingest import Metadata
from ingest.readers.html.metadata import page_metadata


def metadata(head: str, body: str = "", language: str = "en") -> Metadata:
    return page_metadata(
        html.document_fromstring(f"<html lang='{language}'><head>{head}</head><body>{body}</body></html>")
    )


def tag(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


def schema(*articles: dict[str, object]) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@graph': articles})}</script>"


ARTICLE: dict[str, object] = {"@type": "NewsArticle", "author": {"@type": "Person", "name": "Ines Varga"}}


@pytest.mark.parametrize(
    ("head", "authors", "how"),
    [
        (schema(ARTICLE) + tag("author", "Tomas Okoro"), ("Ines Varga",), "schema.org author"),
        (schema(ARTICLE | {"author": {"@type": "Organization", "name": "Ana Varga"}}), (), None),
        (schema(ARTICLE | {"@type": "Person"}), (), None),
        (
            tag("citation_author", "Varga, Ines") + tag("citation_author", "Okoro, Tomas"),
            ("Ines Varga", "Tomas Okoro"),
            "citation_author tag",
        ),
        (tag("author", "By Ines Varga and Tomas Okoro"), ("Ines Varga", "Tomas Okoro"), "author tag"),
        (tag("author", "admin"), (), None),
        ("<script type='application/ld+json'>{broken</script>", (), None),
    ],
    ids=["article before tag", "organisation", "no article", "surname first", "byline", "no name", "broken"],
)
def test_authors_are_people_whom_the_page_names(head: str, authors: tuple[str, ...], how: str | None) -> None:
    stated = metadata(head)
    assert stated.authors == authors
    assert stated.found.get("authors") == how


def test_a_marked_byline_is_one_if_no_tag_names_an_author() -> None:
    byline = "<p class='byline'>By Ines Varga</p>"
    assert metadata("", byline).authors == ("Ines Varga",)
    assert metadata(tag("author", "Tomas Okoro"), byline).authors == ("Tomas Okoro",)


def test_the_publisher_is_no_author() -> None:
    head = tag("og:site_name", "Coast Herald") + tag("author", "Coast Herald")
    assert (metadata(head).publisher, metadata(head).authors) == ("Coast Herald", ())


def test_an_address_is_absolute_or_none() -> None:
    canonical = '<link rel="canonical" href="{}">'
    assert metadata(canonical.format("HTTPS://Coast.example/a#b")).address == "https://coast.example/a"
    assert (
        metadata(canonical.format("/a") + tag("og:url", "https://coast.example/b")).address
        == "https://coast.example/b"
    )
    assert metadata(canonical.format("javascript:x")).address is None


def test_the_language_is_that_of_the_page() -> None:
    assert metadata("", language="fr-CH").language == "fr"
    assert metadata("", language="").language is None


def test_a_date_of_change_is_never_the_date_of_publication() -> None:
    assert metadata(tag("article:modified_time", "2023-01-01")).published is None
    assert metadata(schema(ARTICLE | {"dateModified": "2023-01-01"})).published is None
    assert metadata(schema(ARTICLE | {"datePublished": "2022-05-04T08:00Z"})).published == "2022-05-04"
