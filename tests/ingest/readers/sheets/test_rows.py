"""A sheet is cut into titles, headers and rows."""

from __future__ import annotations

import pytest
from ingest_samples import FIRST, SECOND
from office_samples import REGIONS, lines, workbook

from ingest import read
from ingest.readers.sheets.rows import SheetRow, has_header, rows_as_lines, title_line


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


def rows(*cells: list[str]) -> list[SheetRow]:
    """Rows numbered from 1; an empty list is an empty row."""
    return [
        SheetRow(number, {column: cell for column, cell in enumerate(row, start=1) if cell})
        for number, row in enumerate(cells, start=1)
        if row
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([["Port", "Tonnes"], ["Lindow", "900"]], True),
        ([["Port", "2020"], ["Lindow", "900"]], True),  # a year is a name
        ([["Port", "Coast"], ["Lindow", "north"]], False),
        ([["Port", "Total"], ["Lindow", "900"]], False),
        ([["Port", "Tonnes"]], False),
    ],
    ids=["figures below", "year", "text below", "a row of totals", "nothing below"],
)
def test_a_header_is_text_over_figures(cells: list[list[str]], expected: bool) -> None:
    assert has_header(cells) is expected


def test_a_row_keeps_its_number_and_a_segment_below_goes_on_with_the_table() -> None:
    parts = rows_as_lines(rows(["Port", "Tonnes"], ["Lindow", "900"], [], ["Ostra", "400"]))
    assert [part.text for part in parts] == [
        "Row 2: Port: Lindow; Tonnes: 900",
        "Row 4: Port: Ostra; Tonnes: 400",
    ]


def test_a_line_above_the_only_table_is_its_title() -> None:
    table = (["Port", "Tonnes"], ["Lindow", "900"])
    assert title_line(rows_as_lines(rows(["Grain in the harbours"], *table))) == "Grain in the harbours"
    assert title_line(rows_as_lines(rows(*table))) is None
