"""The list of notes, in the styles people write."""

from __future__ import annotations

import pytest
from linted import rules

from assistant.lint.draft.blocks import DraftBlock
from assistant.lint.draft.notes import DraftNote, is_note, notes_of


@pytest.mark.parametrize(
    ("markers", "notes"),
    [
        (("[^a]", "[^b]"), "[^a]: River Wire, 16 May 2022.\n[^b]: River Wire, 16 May 2022.\n"),
        (("[1]", "[2]"), "## Endnotes\n\n1. River Wire, 16 May 2022.\n2. River Wire, 16 May 2022.\n"),
        (("(1)", "(2)"), "## References\n\n(1) River Wire, 16 May 2022.\n(2) River Wire, 16 May 2022.\n"),
        (("¹", "²"), "## Notes\n\n¹ River Wire, 16 May 2022.\n² River Wire, 16 May 2022.\n"),
        (
            ("<sup>1</sup>", "<sup>2</sup>"),
            "---\n\n1. River Wire, 16 May 2022.\n2. River Wire, 16 May 2022.\n",
        ),
        (("[1-2]", "[1, 2]"), "[1]: River Wire, 16 May 2022.\n[2]: River Wire, 16 May 2022.\n"),
    ],
)
def test_notes_are_read_in_the_styles_people_write(markers: tuple[str, str], notes: str) -> None:
    first, second = markers
    assert rules(f"The dyke broke.{first} The port was closed{second}.\n\n", notes=notes) == []
    assert rules(f"The dyke broke.{first} The port was closed{second}. It rained.\n\n", notes=notes) == [
        (5, "uncited")
    ]


def note(text: str) -> DraftNote:
    return DraftNote("1", text, 1, "Notes")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("River Wire, “Water over the quays”, 16 May 2022: “The port is closed.”", "The port is closed."),
        ("River Wire, “Water over the quays”, 16 May 2022", ""),
        ("River Wire: “He said “no” and left.”", "He said “no” and left."),
        ("River Wire, 2022: “a quay”", ""),
        ('River Wire, 2022: "Six words of it are quoted"', "Six words of it are quoted"),
    ],
)
def test_a_quote_is_told_from_a_title(text: str, quote: str) -> None:
    assert note(text).quote == quote


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("River Wire, “Floods of 1994”, 16 May 2022: “It fell.”", "2022-05-16"),
        ("River Wire, May 2022, https://wire.example/2019/05/03/x", "2022-05"),
        ("River Wire, 16 May 2022, retrieved 3 June 2023.", "2022-05-16"),
        ("River Wire, undated.", None),
    ],
)
def test_the_date_of_a_note_is_that_of_its_source(text: str, published: str | None) -> None:
    assert note(text).published == published


def test_a_line_without_a_label_goes_on_with_the_note_before_it() -> None:
    first, second = notes_of([DraftBlock("[1] River Wire,\n16 May 2022.\n[2] Gazette.", 9)], "Notes")
    assert (first.label, first.text, first.line) == ("1", "River Wire, 16 May 2022.", 9)
    assert (second.label, second.text, second.line) == ("2", "Gazette.", 11)


@pytest.mark.parametrize(
    ("text", "style", "label"),
    [("[^a]: Wire.", "", "^a"), ("(2) Wire.", "()", "2"), ("3) Wire.", "", "3"), ("⁴ Wire.", "", "4")],
)
def test_a_label_is_read_in_its_style(text: str, style: str, label: str) -> None:
    (read,) = notes_of([DraftBlock(text, 1)], "Notes")
    assert (read.label, read.style, read.text) == (label, style, "Wire.")


def test_a_list_number_is_no_note_outside_the_list_of_notes() -> None:
    assert is_note(DraftBlock("[1] River Wire.", 1)) and not is_note(DraftBlock("1. River Wire.", 1))
