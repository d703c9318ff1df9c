"""The outline editor's numbers, which keep a heading's widgets with it."""

from __future__ import annotations

import pytest

from assistant.pages.briefing.outline import _next_number


@pytest.mark.parametrize(("numbers", "number"), [([], 1), ([1, 2], 3), ([5, 2], 6), ([2], 3)])
def test_a_new_heading_gets_a_number_that_no_other_has(numbers: list[int], number: int) -> None:
    assert _next_number([(one, "Heading") for one in numbers]) == number
