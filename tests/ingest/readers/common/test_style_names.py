"""Styles are told by their names in several languages."""

from __future__ import annotations

import pytest

from ingest.readers.common.style_names import heading_level, is_furniture_style, level_of_outline


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Title", 1),
        ("Titre", 1),
        ("heading 1", 2),
        ("Titre 2", 3),
        ("Überschrift 3", 4),
        ("Heading 99", 11),
        ("Heading", 0),
        ("Normal", 0),
        ("Subtitle", 0),
    ],
)
def test_a_heading_stands_one_level_below_the_title(name: str, level: int) -> None:
    assert heading_level(name) == level


@pytest.mark.parametrize(("outline", "level"), [(0, 2), (8, 10), (9, 0), (-1, 0)])
def test_an_outline_level_is_a_heading_unless_it_is_that_of_body_text(outline: int, level: int) -> None:
    assert level_of_outline(outline) == level


@pytest.mark.parametrize(
    "name", ["Caption", "Légende", "TOC 1", "toc heading", "Contents 2", "Table of Figures"]
)
def test_captions_and_contents_are_furniture(name: str) -> None:
    assert is_furniture_style(name)


@pytest.mark.parametrize("name", ["Normal", "Header", "Footer", "Contents", "Heading 1"])
def test_other_styles_are_text(name: str) -> None:
    assert not is_furniture_style(name)
