"""A sheet is cut into titles, headers and rows."""

from __future__ import annotations

import pytest
from ingest_samples import FIRST, SECOND
from office_samples import REGIONS, lines, workbook

from ingest import read


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # Title lines and a note, whole or over two cells.
        (
            [
                ["Ships by harbour"], ["As of:", "spring"], ["Harbour", "Ships", "Share"], ["Lindow", 4, 1],
                ["Source: the port"],
            ],
            ["Ships by harbour", "As of: spring", "Row 4: Harbour: Lindow; Ships: 4; Share: 1", "Source: the port"],
        ),
        # Two tables.
        (
            [*REGIONS, [], ["Person", "Post"], ["Mara", "clerk"], ["Tomas", "pilot"]],
            [
                "Row 2: Region: Kayes; Killed: 40",
                "Row 3: Region: Gao; Killed: 7",
                "Row 6: Person: Mara; Post: clerk",
                "Row 7: Person: Tomas; Post: pilot",
            ],
        ),
        # An empty row below the header, and one above the totals.
        (
            [["Region", "Killed"], [], ["Kayes", 40], ["Gao", 7], [], ["Total", 47]],
            ["Row 3: Region: Kayes; Killed: 40", "Row 4: Region: Gao; Killed: 7", "Row 6: Region: Total; Killed: 47"],
        ),
        # Years as names of columns, none above the first.
        ([[None, 2020, 2021], ["Kayes", 5, 6]], ["Row 2: Kayes; 2020: 5; 2021: 6"]),
        # No names: years are values here.
        (
            [["Kayes", 2020, "army"], ["Gao", 2021, "militia"]],
            ["Row 1: Kayes; 2020; army", "Row 2: Gao; 2021; militia"],
        ),
        ([["n/a", "Kayes"], [5, "Gao"]], ["Row 1: n/a; Kayes", "Row 2: 5; Gao"]),
        ([["x", "x"], ["x", "x"]], ["Row 1: x; x", "Row 2: x; x"]),
        # Labels beside values.
        ([["Harbour:", "Lindow"], ["Cranes:", "two"]], ["Row 1: Harbour: Lindow", "Row 2: Cranes: two"]),
        # Empty columns and cells.
        (
            [["Region", None, "Killed"], ["Kayes", None, 4], ["Gao", None, None]],
            ["Row 2: Region: Kayes; Killed: 4", "Row 3: Region: Gao"],
        ),
        # One column is text.
        ([[FIRST], [SECOND]], [FIRST, SECOND]),
        # A name of a whole sentence is shortened where each row repeats it.
        (
            [["Region", "How many people " + "really " * 20 + "left?"], ["Kayes", 4]],
            ["Row 2: Region: Kayes; How many people " + "really " * 11 + "really…: 4"],
        ),
    ],
)  # fmt: skip
def test_a_sheet_is_cut_into_titles_headers_and_rows(rows: list[list[object]], expected: list[str]) -> None:
    assert lines(read(workbook(rows), "a.xlsx"))[1:] == expected
