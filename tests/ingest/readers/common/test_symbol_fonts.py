"""Symbol fonts show letters and signs of their own, and other fonts what is written."""

from __future__ import annotations

import pytest

from ingest.readers.common.symbol_fonts import character_of_code, is_private, is_symbol_font, symbol_character


@pytest.mark.parametrize(
    ("font", "character", "shown"),
    [
        ("Symbol", "a", "α"),
        ("SymbolMT", "\xb3", "≥"),
        ("symbol", "5", "5"),
        ("Symbol", "\xf0", ""),
        ("Wingdings", "\xfe", "☒"),
        ("Wingdings 2", "Q", ""),
        ("Times New Roman", "a", "a"),
    ],
)
def test_a_character_is_what_its_font_draws(font: str, character: str, shown: str) -> None:
    assert symbol_character(font, character) == shown
    assert is_symbol_font(font) is (font != "Times New Roman")


@pytest.mark.parametrize(
    ("code", "character", "private"),
    [
        (0xF061, "a", True),
        (0xF0B7, "\xb7", True),
        (0x61, "a", False),
        (0x1F642, "🙂", False),
        (0x110000, "", False),
        (-1, "", False),
    ],
)
def test_a_private_code_stands_for_its_low_byte(code: int, character: str, private: bool) -> None:
    assert character_of_code(code) == character
    assert is_private(code) is private
