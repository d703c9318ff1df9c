"""Plain text becomes blocks with lines."""

from __future__ import annotations

import pytest

from assistant.lint import lint
from assistant.lint.formats.plain_text import plain_blocks


def test_plain_text_with_wrapped_lines_and_headings_in_capitals_is_read() -> None:
    text = "THE FLOODS\n\nAs of: 1 June 2022\n\n"
    text += "LOSSES\nThe dyke broke\n[1]. Ships\nwait outside.\n\nNOTES\n1. River Wire\n"
    assert [(one.line, one.where, one.rule) for one in lint(text.encode(), "floods.txt").findings] == [
        (7, "LOSSES", "uncited")
    ]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("LOSSES\n\nThe dyke broke.", ["heading", "paragraph"]),
        ("Gold and salt\n\nThe dyke broke.", ["heading", "paragraph"]),
        ("The dyke broke.\n\nIt rained.", ["paragraph", "paragraph"]),
        ("- one\n- two", ["item", "item"]),
        ("1. one\n2. two", ["item", "item"]),
        ("It fell.\n-----\nIt rained.", ["paragraph", "rule", "paragraph"]),
        ("Ships\nwait outside.", ["paragraph"]),
        ("x" * 130 + "\nIt rained.", ["paragraph", "paragraph"]),
    ],
)
def test_the_look_of_a_line_says_what_it_is(text: str, kinds: list[str]) -> None:
    assert [block.kind for block in plain_blocks(text)] == kinds


def test_lines_are_counted_from_one_and_kept_through_wrapping() -> None:
    heading, paragraph = plain_blocks("LOSSES\n\n  The dyke\n  broke.\n")
    assert (heading.line, paragraph.line, paragraph.text) == (1, 3, "The dyke\n  broke.")


def test_only_the_name_of_a_section_leads_a_paragraph() -> None:
    named, other = plain_blocks("Bottom line: It fell.\n\nRiver Wire: It fell.\n")
    assert (named.lead, other.lead) == ("Bottom line", "")
