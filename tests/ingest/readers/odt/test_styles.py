"""A style of a text document is looked up through the styles that it is based on."""

from __future__ import annotations

from typing import Any

import pytest
from book_samples import NAMESPACES

from ingest.readers.common.zip_package import parsed_xml
from ingest.readers.odt.styles import DocumentStyles


def root(styles: str) -> Any:
    return parsed_xml(f"<office:document-styles {NAMESPACES}>{styles}</office:document-styles>")


def style(name: str, parent: str = "", family: str = "paragraph", inside: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}">'
        f"{inside}</style:style>"
    )


HIDDEN = '<style:text-properties text:display="none"/>'
SHOWN = '<style:text-properties text:display="true"/>'


@pytest.mark.parametrize(
    ("name", "level"), [("Title", 1), ("Heading_20_2", 3), ("P1", 3), ("Body", 0), (None, 0)]
)
def test_a_heading_is_known_by_its_styles_name_or_its_parents(name: str | None, level: int) -> None:
    styles = DocumentStyles(root(style("Title") + style("Heading_20_2") + style("P1", "Heading_20_2")), None)
    assert styles.heading_level(name) == level


def test_a_style_is_hidden_by_the_nearest_that_says_so() -> None:
    styles = DocumentStyles(
        root(style("Base", inside=HIDDEN) + style("Child", "Base") + style("Again", "Base", inside=SHOWN))
    )
    assert [styles.is_hidden(name) for name in ("Base", "Child", "Again", "None")] == [
        True,
        True,
        False,
        False,
    ]
    assert not styles.is_hidden("Base", "text")  # a family of its own


def test_the_contents_own_style_replaces_one_of_its_name() -> None:
    styles = DocumentStyles(root(style("P1", "Title")), root(style("P1", "Caption")))
    assert styles.heading_level("P1") == 0
    assert not styles.is_furniture("P1")  # neither parent is there
    styles = DocumentStyles(root(style("P1", "Title") + style("Caption")), root(style("P1", "Caption")))
    assert styles.is_furniture("P1")


def test_styles_in_a_circle_end() -> None:
    styles = DocumentStyles(root(style("A", "B") + style("B", "A")))
    assert styles.heading_level("A") == 0


@pytest.mark.parametrize(
    ("level", "number", "label"), [(1, 3, "(c)"), (2, 3, "•"), (3, 3, ""), (4, 4, "IV."), (5, 1, "•")]
)
def test_a_list_is_labelled_as_its_level_says(level: int, number: int, label: str) -> None:
    levels = (
        '<text:list-level-style-number text:level="1" style:num-format="a" style:num-prefix="(" '
        'style:num-suffix=")" text:start-value="3"/><text:list-level-style-bullet text:level="2"/>'
        '<text:list-level-style-number text:level="3" style:num-format=""/>'
        '<text:list-level-style-number text:level="4" style:num-format="I" style:num-suffix="."/>'
    )
    styles = DocumentStyles(root(f'<text:list-style style:name="L1">{levels}</text:list-style>'))
    assert styles.list_label("L1", level, number) == label
    assert (styles.first_number("L1", 1), styles.first_number("L1", 4)) == (3, 1)
