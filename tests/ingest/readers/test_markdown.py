"""Markdown gives its metadata, headings, lists and tables, and its words without marks."""

from __future__ import annotations

from ingest_samples import FIRST, assert_located, texts

from ingest import read


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
