"""A page's title and its site's name are told apart."""

from __future__ import annotations

import pytest
from ingest_samples import page_with

from ingest import read


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
