"""Lines wrapped at the edge of the page are joined; lines that their writer ended are not."""

from __future__ import annotations

import pytest

from ingest.text.hard_wraps import ITEM_START, TABLE_ROW, logical_lines

WRAPPED = (
    "The harbour of Lindow handled a third more grain this year\n"
    "than last. Two new cranes were delivered in spring, which\n"
    "helped."
)


def lines(text: str) -> list[str]:
    return [text[start:end] for start, end in logical_lines(text)]


def test_a_wrapped_paragraph_is_one_line() -> None:
    assert lines(WRAPPED) == [WRAPPED]


def test_a_line_too_full_for_the_next_word_was_wrapped_before_a_capital_too() -> None:
    text = "Most of the grain of the coast is handled in the harbour of\nLindow this year."
    assert lines(text) == [text]


def test_a_blank_line_ends_a_paragraph() -> None:
    assert lines(f"{WRAPPED}\n \n{WRAPPED}") == [WRAPPED, WRAPPED]


@pytest.mark.parametrize(
    "following", ["• cranes", "2. The cranes", "(a) the cranes", "By Mara Lindqvist", "# Fees", "> yes"]
)
def test_a_line_that_begins_anew_is_never_joined(following: str) -> None:
    text = f"{WRAPPED.splitlines()[0]}\n{following}"
    assert lines(text) == text.split("\n")


@pytest.mark.parametrize(
    "text",
    [
        "Fees\nare low",
        f"{'word ' * 40}end\nand more",
        "Harbour: Lindow; Fee: 12 for each ship and each night\nharbour: Ostra; Fee: 19 for each ship and night",
    ],
    ids=["short lines", "lines no editor wraps", "rows of a table"],
)
def test_lines_that_their_writer_ended_stay_apart(text: str) -> None:
    assert lines(text) == text.split("\n")


def test_a_line_with_room_for_the_next_word_was_ended_by_its_writer() -> None:
    wrapped = "The harbour of Lindow handled a third more grain this year than last,"
    first = f"{wrapped}\nand all hope that the trend will hold for a year."
    assert lines(f"{first}\nIt rained.") == [first, "It rained."]


def test_spans_are_trimmed() -> None:
    assert lines("   Fees \n\n\tare low  ") == ["Fees", "are low"]
    assert lines(" \n\n") == []


@pytest.mark.parametrize("text", ["• x", "- x", "12. x", "(iv) x", "a) x"])
def test_bullets_and_numbers_begin_items(text: str) -> None:
    assert ITEM_START.match(text)


@pytest.mark.parametrize("text", ["-x", "1234. x", "word) x", "1.x"])
def test_other_beginnings_are_of_no_item(text: str) -> None:
    assert ITEM_START.match(text) is None


def test_a_row_has_two_named_cells() -> None:
    assert TABLE_ROW.match("Harbour: Lindow; Fee: 12")
    assert TABLE_ROW.match("Harbour: Lindow; and more") is None
