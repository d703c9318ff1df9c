"""Markdown becomes blocks with lines."""

from __future__ import annotations

from assistant.lint.formats.markdown import markdown_blocks


def test_every_block_has_its_kind_and_line() -> None:
    text = (
        "# Floods\n\nIt rained\nall day.\n\n1. First\n2. Second\n\n---\n\n| A | B |\n| - | - |\n| x | y |\n"
    )
    assert [(block.kind, block.text, block.line) for block in markdown_blocks(text)] == [
        ("heading", "Floods", 1),
        ("paragraph", "It rained\nall day.", 3),
        ("item", "First", 6),
        ("item", "Second", 7),
        ("rule", "", 9),
        ("row", "x | y", 13),
    ]


def test_front_matter_is_read_as_head_and_lines_go_on_after_it() -> None:
    title, body = markdown_blocks("---\nas of: 1 June 2022\n---\nIt rained.\n")
    assert (title.text, title.line, title.role) == ("as of: 1 June 2022", 2, "head")
    assert (body.text, body.line, body.role) == ("It rained.", 4, None)


def test_a_note_in_brackets_is_no_link_address() -> None:
    (block,) = markdown_blocks("[1]: https://wire.example/a\n")
    assert block.text == "[1]: https://wire.example/a"


def test_bold_words_lead_only_at_the_beginning() -> None:
    lead, inside = markdown_blocks("**Losses.** The dyke broke.\n\nThe **dyke** broke.\n")
    assert (lead.lead, lead.text) == ("Losses.", "Losses. The dyke broke.")
    assert inside.lead == ""


def test_a_raised_number_becomes_a_marker() -> None:
    (block,) = markdown_blocks("The dyke broke.<sup>1</sup>\n")
    assert block.text == "The dyke broke.[1]"
