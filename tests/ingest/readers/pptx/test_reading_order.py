"""Boxes are read in rows, or in columns where there are clear columns."""

from __future__ import annotations

import pytest

from ingest.readers.pptx.reading_order import SlideBox, reading_order


@pytest.mark.parametrize(
    ("boxes", "order"),
    [
        ([], ""),
        ([(0, 50, 100, 60), (0, 0, 100, 10), (0, 20, 100, 30)], "bca"),
        ([(60, 0, 100, 10), (0, 1, 40, 11), (0, 20, 100, 30)], "bac"),
        # Below a title two columns, each of a head and a text.
        ([(0, 0, 100, 10), (60, 20, 100, 30), (0, 20, 40, 30), (0, 30, 40, 90), (60, 30, 100, 90)], "acdbe"),
        # Cards in rows: as near to each other across as down.
        ([(60, 60, 100, 100), (0, 60, 40, 100), (60, 0, 100, 40), (0, 0, 40, 40)], "dcba"),
        ([(10, 10, 90, 90), (0, 0, 100, 100), (5, 5, 50, 50)], "bca"),  # one over the other
        ([(0, 0, 0, 0), (0, 0, 0, 0)], "ab"),
    ],
)
def test_boxes_are_read_in_rows_and_clear_columns(boxes: list[tuple[int, ...]], order: str) -> None:
    assert "".join("abcde"[index] for index in reading_order([SlideBox(*box) for box in boxes])) == order
