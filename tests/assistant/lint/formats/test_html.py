"""HTML becomes blocks with lines."""

from __future__ import annotations

import pytest

from assistant.lint.formats.html import html_blocks


def test_every_block_has_its_kind_and_line() -> None:
    page = (
        "<html><head><title>x</title></head><body>\n<h2>Losses</h2>\n<p>It rained\nall day.</p>\n"
        "<ol start=3><li>First</li>\n<li>Second</li></ol>\n<hr>\n<table><tr><th>A</th></tr>\n"
        "<tr><td>x</td><td>y</td></tr></table></body></html>"
    )
    assert [(block.kind, block.text, block.line, block.number) for block in html_blocks(page)] == [
        ("heading", "Losses", 2, ""),
        ("paragraph", "It rained\nall day.", 3, ""),
        ("item", "First", 5, "3"),
        ("item", "Second", 6, "4"),
        ("rule", "", 7, ""),
        ("row", "x | y", 9, ""),
    ]


@pytest.mark.parametrize(
    ("raised", "marker"),
    [
        ("<sup>1</sup>", "[1]"),
        ("<sup><a href='#n'>[2]</a></sup>", "[2]"),
        ("<sup>1, 2</sup>", "[1, 2]"),
        ("<sup>th</sup>", "th"),
    ],
)
def test_a_raised_number_becomes_a_marker(raised: str, marker: str) -> None:
    (block,) = html_blocks(f"<p>It fell.{raised}</p>")
    assert block.text == f"It fell.{marker}"


def test_a_quotation_element_gets_its_marks() -> None:
    (block,) = html_blocks("<p>He said <q>no</q>.</p>")
    assert block.text == "He said “no”."


def test_scripts_and_menus_are_left_out() -> None:
    assert [block.text for block in html_blocks("<nav>Home</nav><script>x</script><p>It fell.</p>")] == [
        "It fell."
    ]


def test_bold_words_at_the_beginning_lead() -> None:
    (block,) = html_blocks("<p><strong>Losses.</strong> It fell.</p>")
    assert (block.lead, block.text) == ("Losses.", "Losses. It fell.")
