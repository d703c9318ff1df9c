"""List items have the bullets and numbers that their document shows."""

from __future__ import annotations

import pytest

from ingest.readers.common.list_items import BULLET, list_item, numeral, typed_paragraph, whole_number


@pytest.mark.parametrize(
    ("count", "style", "text"),
    [
        (4, "lowerRoman", "iv"),
        (1994, "upperRoman", "MCMXCIV"),
        (4000, "lowerRoman", "4000"),
        (0, "upperRoman", "0"),
        (1, "lowerLetter", "a"),
        (28, "upperLetter", "BB"),
        (781, "lowerLetter", "781"),
        (5, "decimalZero", "05"),
        (12, "decimalZero", "12"),
        (3, "decimal", "3"),
        (3, "chineseCounting", "3"),
        (3, "none", ""),
    ],
)
def test_a_number_is_written_in_its_style_or_in_digits(count: int, style: str, text: str) -> None:
    assert numeral(count, style) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [("3", 3), (" 12 ", 12), ("0", 0), ("", 1), (None, 1), ("-3", 1), ("1.5", 1), ("٣", 1), ("9" * 10, 1)],
)
def test_a_count_is_a_plain_number_or_the_default(text: str | None, number: int) -> None:
    assert whole_number(text, 1) == number


def test_a_long_numbered_paragraph_is_no_item_but_a_long_bullet_is() -> None:
    assert list_item("3.", "Pay").kind == "list"
    assert list_item("3.", "word " * 60).kind == "paragraph"
    assert list_item(BULLET, "word " * 60).kind == "list"


@pytest.mark.parametrize(
    ("text", "kind"), [("- Pay", "list"), ("2) Pay", "list"), ("Pay", "paragraph"), ("- " * 101, "paragraph")]
)
def test_a_typed_bullet_or_number_makes_an_item(text: str, kind: str) -> None:
    assert typed_paragraph(text).kind == kind
