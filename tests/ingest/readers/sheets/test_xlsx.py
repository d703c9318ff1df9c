"""A workbook's rows name their number and columns, under their sheet."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable

import pytest
from office_samples import REGIONS, kinds, lines, places, rewritten, workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.workbook import Workbook

from ingest import IngestError, read
from ingest.readers.sheets import csv
from ingest.readers.sheets import rows as sheet_rows
from ingest.readers.sheets import xlsx as workbook_reader


def test_a_row_names_its_number_and_its_columns_under_its_sheet() -> None:
    def name(book: Workbook) -> None:
        book.worksheets[0].title = "Attacks 2021 (final)"

    document = read(workbook(REGIONS, change=name), "a.xlsx")
    assert document.kind == "xlsx"
    assert lines(document) == [
        "Attacks 2021 (final)",
        "Row 2: Region: Kayes; Killed: 40",
        "Row 3: Region: Gao; Killed: 7",
    ]
    assert kinds(document)["Row 3: Region: Gao; Killed: 7"] == "table"
    assert places(document)["Row 3: Region: Gao; Killed: 7"] == (None, "Attacks 2021 (final)")


def test_the_number_is_the_one_the_sheet_shows() -> None:
    def move(book: Workbook) -> None:
        book.worksheets[0].move_range("A1:B3", rows=9, cols=2)

    assert lines(read(workbook(REGIONS, change=move), "a.xlsx"))[1:] == [
        "Row 11: Region: Kayes; Killed: 40", "Row 12: Region: Gao; Killed: 7",
    ]  # fmt: skip


def test_merged_cells_reach_over_their_rows_and_name_their_columns() -> None:
    def merge(book: Workbook) -> None:
        for cells in ("A1:E1", "A2:A3", "B2:C2", "D2:E2", "A4:A5"):
            book.worksheets[0].merge_cells(cells)

    rows = [
        ["Losses by coast"],
        ["Coast", "2020", None, "2021", None],
        [None, "Ships", "Boats", "Ships", "Boats"],
        ["North", 1, 2, 3, 4],
        [None, 5, 6, 7, 8],
    ]
    assert lines(read(workbook(rows, change=merge), "a.xlsx"))[1:] == [
        "Losses by coast",
        "Row 4: Coast: North; 2020 / Ships: 1; 2020 / Boats: 2; 2021 / Ships: 3; 2021 / Boats: 4",
        "Row 5: Coast: North; 2020 / Ships: 5; 2020 / Boats: 6; 2021 / Ships: 7; 2021 / Boats: 8",
    ]


def test_number_formats_reach_the_row_and_errors_do_not() -> None:
    def shape(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet["B2"].number_format = "0%"
        sheet["C2"].value, sheet["C2"].data_type = "#DIV/0!", "e"

    rows = [["When", "Share", "Ratio", "Port"], [datetime.datetime(2021, 3, 1), 0.4, None, "Ostra"]]
    assert lines(read(workbook(rows, change=shape), "a.xlsx"))[1:] == [
        "Row 2: When: 2021-03-01; Share: 40%; Port: Ostra"
    ]


def test_hidden_sheets_are_read_chart_sheets_and_empty_ones_are_not() -> None:
    def arrange(book: Workbook) -> None:
        book.worksheets[1].sheet_state = "hidden"
        chart = BarChart()
        chart.add_data(Reference(book.worksheets[0], min_col=2, min_row=1, max_row=3), titles_from_data=True)
        book.create_chartsheet("Chart").add_chart(chart)

    document = read(workbook(REGIONS, REGIONS, [], change=arrange), "a.xlsx")
    assert [line for line in lines(document) if not line.startswith("Row")] == ["Sheet", "Sheet1"]
    assert len(lines(document)) == 6


TITLED = [["Deaths at sea"], ["Coast", "Dead"], ["North", 4]]


OTHER = [["Boats built"], ["Coast", "Boats"], ["North", 2]]


@pytest.mark.parametrize(
    ("sheets", "stated", "title"),
    [
        ([TITLED], None, "Deaths at sea"),
        ([TITLED, REGIONS], None, "Deaths at sea"),
        ([TITLED, TITLED], None, "Deaths at sea"),
        ([TITLED, OTHER], None, None),  # each names its own table
        ([REGIONS, TITLED], None, None),
        ([[*TITLED, [], *OTHER]], None, None),
        ([[["At the coasts"], [], *TITLED, [], *OTHER]], None, "At the coasts"),
        ([REGIONS], "Attacks by region", "Attacks by region"),
        ([REGIONS], "Book1", None),
        ([REGIONS], "attacks_v3.xlsx", None),
        ([REGIONS], None, None),
    ],
)
def test_a_workbook_has_a_title_only_where_it_states_one(
    sheets: list[list[list[object]]], stated: str | None, title: str | None
) -> None:
    def state(book: Workbook) -> None:
        book.properties.title = stated

    metadata = read(workbook(*sheets, change=state), "a.xlsx").metadata
    assert (metadata.title, metadata.authors, metadata.published) == (title, (), None)


def test_a_line_that_repeats_the_sheets_name_is_not_said_twice() -> None:
    def name(book: Workbook) -> None:
        book.worksheets[0].title = "Deaths at sea"

    document = read(workbook(TITLED, REGIONS, change=name), "a.xlsx")
    assert lines(document)[:2] == ["Deaths at sea", "Row 3: Coast: North; Dead: 4"]
    assert document.metadata.title == "Deaths at sea"


def with_sheet(change: Callable[[bytes], bytes]) -> bytes:
    return rewritten(
        workbook(REGIONS), lambda name, part: change(part) if name == "xl/worksheets/sheet1.xml" else part
    )


def test_a_declared_dimension_is_not_believed() -> None:
    data = with_sheet(
        lambda part: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', part)
    )
    assert b"XFD1048576" in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert read(data, "a.xlsx").text == read(workbook(REGIONS), "a.xlsx").text


@pytest.mark.index
def test_a_cell_at_the_far_corner_is_read_and_one_beyond_it_refused() -> None:
    def put(number: int) -> bytes:
        cell = f'<row r="{number}"><c r="XFD{number}"><v>5</v></c></row></sheetData>'
        return with_sheet(lambda part: part.replace(b"</sheetData>", cell.encode()))

    assert lines(read(put(1_048_576), "a.xlsx"))[-1] == "5"
    with pytest.raises(IngestError) as caught:
        read(put(90_000_000), "a.xlsx")
    assert caught.value.code == "too_large"


def test_merged_cells_over_a_whole_sheet_do_not_fill_it() -> None:
    merges = b'</sheetData><mergeCells count="1"><mergeCell ref="A2:XFD1048576"/></mergeCells>'
    data = with_sheet(lambda part: part.replace(b"</sheetData>", merges))
    assert lines(read(data, "a.xlsx")) == lines(read(workbook(REGIONS), "a.xlsx"))


def test_more_cells_than_can_be_kept_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (csv, workbook_reader):
        monkeypatch.setattr(module, "MOST_CELLS", 5)
    for data, name in ((workbook(REGIONS), "a.xlsx"), (b"a,b\n1,2\n3,4\n", "a.csv")):
        with pytest.raises(IngestError) as caught:
            read(data, name)
        assert caught.value.code == "too_large"
        assert f"{sheet_rows.MOST_CELLS:,}" in caught.value.message


def test_a_workbook_without_cells_is_empty() -> None:
    with pytest.raises(IngestError) as caught:
        read(workbook([]), "a.xlsx")
    assert caught.value.code == "empty"
