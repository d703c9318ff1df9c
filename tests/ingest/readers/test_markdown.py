"""Markdown gives its metadata, headings, lists and tables, and its words without marks."""

from __future__ import annotations

import pytest
from ingest_samples import FIRST, assert_located, texts

from ingest import read
from ingest.readers.markdown import read_markdown


def test_markdown_gives_front_matter_headings_and_plain_words() -> None:
    source = f"""---
title: "Grain prices"
author: [Ines Varga, Tomas Okoro]
date: 2021-03
publisher: Coast News
---
# Grain prices

## In the *north*

{FIRST} See [the table](https://example.org/table) for **all** figures.

- first point
- second point

| Harbour | Price |
| --- | --- |
| Lindow | 4 |
"""
    document = read(source.encode(), "grain.md")
    assert_located(document)
    assert texts(document, "heading") == ["Grain prices", "In the north"]
    assert texts(document, "list") == ["• first point", "• second point"]
    assert texts(document, "table") == ["Harbour: Lindow; Price: 4"]
    assert "See the table for all figures." in document.text
    assert document.blocks[2].heading == "In the north"
    metadata = document.metadata
    assert (metadata.title, metadata.publisher, metadata.published) == (
        "Grain prices",
        "Coast News",
        "2021-03",
    )
    assert metadata.authors == ("Ines Varga", "Tomas Okoro")


def pieces(source: str) -> list[tuple[str, str]]:
    draft = read_markdown(source.encode())
    return [(piece.kind, draft.text[piece.start : piece.end]) for piece in draft.pieces]


def test_a_title_is_a_first_heading_of_level_one() -> None:
    assert read_markdown(b"# Grain\n\nIt moves.").weak.title == "Grain"
    assert read_markdown(b"It moves.\n\n# Grain").weak.title is None
    assert read_markdown(b"## Grain\n\nIt moves.").weak.title is None


@pytest.mark.parametrize(
    ("front", "authors", "tags"),
    [
        ("author: Mara Lindqvist, Okoro", ("Mara Lindqvist", "Okoro"), ()),
        ("authors:\n  - Mara Lindqvist\n  - 'Tomas Okoro'", ("Mara Lindqvist", "Tomas Okoro"), ()),
        ("by: https://coast.example", (), ()),
        ('tags: [grain, "ports"]\nkeywords: grain', (), ("grain", "ports")),
    ],
)
def test_front_matter_is_strong_metadata(front: str, authors: tuple[str, ...], tags: tuple[str, ...]) -> None:
    strong = read_markdown(f"---\n{front}\n---\nIt moves.".encode()).strong
    assert (strong.authors, strong.tags) == (authors, tags)


def test_a_rule_is_no_front_matter() -> None:
    draft = read_markdown(b"Grain moves.\n\n---\ntitle: none\n---\n")
    assert draft.strong.title is None and "title: none" in draft.text


def test_pictures_go_and_words_of_links_stay() -> None:
    assert pieces("![a crane](x.png)\n\nSee [the table](y).") == [("paragraph", "See the table.")]


def test_numbers_of_lists_and_code_stay() -> None:
    assert ("list", "3. Weigh") in pieces("3. Weigh\n4. Pay")
    assert any("x = 1" in text for _, text in pieces("```\nx = 1\n```"))
