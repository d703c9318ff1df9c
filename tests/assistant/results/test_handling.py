from __future__ import annotations

import pytest

from assistant.results.handling import MAX_MARKING, handling_marking


@pytest.mark.parametrize(
    ("text", "marking"),
    [
        (None, None),
        ("", None),
        ("  ", None),
        (" Internal ", "Internal"),
        ("x" * MAX_MARKING, "x" * MAX_MARKING),
        ("Très secret", "Très secret"),
    ],
)
def test_a_marking_is_a_line_of_text_or_none(text: str | None, marking: str | None) -> None:
    assert handling_marking(text) == marking


@pytest.mark.parametrize("text", ["Internal\nuse", "Internal\tuse", "Internal\u2028use", "Internal\x00"])
def test_a_marking_of_several_lines_or_with_control_characters_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        handling_marking(text)


def test_a_marking_too_long_for_the_head_of_a_page_is_refused_with_its_length() -> None:
    with pytest.raises(
        ValueError, match=f"at most {MAX_MARKING} characters, and this one has {MAX_MARKING + 1}"
    ):
        handling_marking("x" * (MAX_MARKING + 1))
