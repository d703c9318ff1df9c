"""Slides, workbooks and delimited text: every line says where it stands, every row what its cells mean."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from ingest_samples import FIRST, SECOND
from openpyxl.chart import BarChart, Reference
from openpyxl.workbook import Workbook
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from ingest import Document, IngestError, read
from ingest.readers.common.cells import cell_text
from ingest.readers.pptx.reading_order import SlideBox, reading_order
from ingest.readers.sheets import csv
from ingest.readers.sheets import rows as sheet_rows
from ingest.readers.sheets import xlsx as workbook_reader

TITLE_SLIDE, BULLETS, COMPARISON, TITLE_ONLY, BLANK = 0, 1, 4, 5, 6  # layouts of the default template


def lines(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def places(document: Document) -> dict[str, tuple[int | None, str | None]]:
    """Line -> page and heading."""
    return {document.text[block.start : block.end]: (block.page, block.heading) for block in document.blocks}


def kinds(document: Document) -> dict[str, str]:
    return {document.text[block.start : block.end]: block.kind for block in document.blocks}


# Slides


def saved(deck: Any) -> bytes:
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def box(shapes: Any, text: str, left: float, top: float, width: float = 2, height: float = 1) -> Any:
    shape = shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    shape.text_frame.text = text
    return shape


def rewritten(package: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A package with each member passed through `change(name, data)`."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return out.getvalue()


@pytest.fixture
def deck() -> bytes:
    """A title slide, a slide with bullets and notes, and a hidden one without title."""
    deck = Presentation()
    opening = deck.slides.add_slide(deck.slide_layouts[TITLE_SLIDE])
    opening.shapes.title.text = "Grain and the Harbours"
    opening.placeholders[1].text = "By Mara Lindqvist\v14 March 2021"
    second = deck.slides.add_slide(deck.slide_layouts[BULLETS])
    second.shapes.title.text = "What the harbours\vlost"
    second.placeholders[1].text = "Two ships a week\nAll of the timber"
    second.notes_slide.notes_text_frame.text = FIRST
    third = deck.slides.add_slide(deck.slide_layouts[BLANK])
    box(third.shapes, SECOND, 1, 1, 6, 3)
    third._element.set("show", "0")
    return saved(deck)


def test_a_slide_is_a_page_and_its_title_a_heading(deck: bytes) -> None:
    document = read(deck, "harbours.pptx")
    assert (document.kind, document.pages) == ("pptx", 3)
    assert kinds(document)["What the harbours lost"] == "heading"
    assert kinds(document)["• Two ships a week"] == "list"
    assert places(document)["• All of the timber"] == (2, "What the harbours lost")


def test_notes_stand_below_their_slide_under_a_heading_of_their_own(deck: bytes) -> None:
    document = read(deck, "harbours.pptx")
    assert places(document)[FIRST] == (2, "What the harbours lost › Notes")
    assert lines(document).index("• All of the timber") < lines(document).index(FIRST)


def test_a_slide_without_title_stands_under_its_number_not_under_the_slide_before(deck: bytes) -> None:
    assert places(read(deck, "harbours.pptx"))[SECOND] == (3, "Slide 3")  # hidden, and read all the same


def test_the_first_slide_states_title_author_and_date(deck: bytes) -> None:
    metadata = read(deck, "harbours.pptx").metadata
    assert metadata.title == "Grain and the Harbours"
    assert metadata.found["title"] == "title of the first slide"
    assert metadata.authors == ("Mara Lindqvist",)  # the template's author is none
    assert metadata.published == "2021-03-14"


def test_what_a_template_states_is_no_metadata() -> None:
    deck = Presentation()  # of "PowerPoint Presentation" by the library's author, both in the template
    box(deck.slides.add_slide(deck.slide_layouts[BLANK]).shapes, FIRST, 1, 1)
    metadata = read(saved(deck), "a.pptx").metadata
    assert (metadata.title, metadata.authors, metadata.published) == (None, (), None)


def test_a_title_in_the_properties_counts_where_no_slide_states_one() -> None:
    deck = Presentation()
    deck.core_properties.title = "Grain in transit"
    deck.core_properties.author = "Ines Varga"
    box(deck.slides.add_slide(deck.slide_layouts[BLANK]).shapes, FIRST, 1, 1)
    metadata = read(saved(deck), "a.pptx").metadata
    assert (metadata.title, metadata.authors) == ("Grain in transit", ("Ines Varga",))


def test_footers_slide_numbers_and_dates_are_left_out() -> None:
    deck = Presentation()
    layout = deck.slide_layouts[TITLE_ONLY]
    slide = deck.slides.add_slide(layout)
    slide.shapes.title.text = "Fees"
    for placeholder in layout.placeholders:
        if placeholder.placeholder_format.idx >= 10:  # date, footer, number
            slide.shapes.clone_placeholder(placeholder)
            slide.placeholders[placeholder.placeholder_format.idx].text = "Confidential, 1 May 2021"
    number = box(slide.shapes, "", 8, 6)
    number.text_frame.paragraphs[0]._p.append(
        number._element.makeelement(
            "{http://schemas.openxmlformats.org/drawingml/2006/main}fld", {"type": "slidenum", "id": "{0}"}
        )
    )
    text = '<a:t xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">77</a:t>'
    data = rewritten(
        saved(deck), lambda name, part: part.replace(b'id="{0}"/>', b'id="{0}">%s</a:fld>' % text.encode())
    )
    document = read(data, "a.pptx")
    assert lines(document) == ["Fees"]


def test_columns_of_a_comparison_are_read_one_after_the_other() -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[COMPARISON])
    slide.shapes.title.text = "Two harbours"
    for index, text in ((1, "Lindow"), (2, "Four cranes"), (3, "Ostra"), (4, "One crane")):
        slide.placeholders[index].text = text
    assert lines(read(saved(deck), "a.pptx")) == [
        "Two harbours", "Lindow", "• Four cranes", "Ostra", "• One crane",
    ]  # fmt: skip


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


def test_a_group_is_read_together() -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    box(slide.shapes, "last", 1, 6)
    inner = slide.shapes.add_group_shape().shapes.add_group_shape()
    box(inner.shapes, "second", 1, 3)
    box(inner.shapes, "first", 1, 1)
    assert lines(read(saved(deck), "a.pptx")) == ["Slide 1", "first", "second", "last"]


def table_slide(rows: Sequence[Sequence[str]]) -> tuple[Any, Any]:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    frame = slide.shapes.add_table(len(rows), len(rows[0]), 0, 0, Inches(6), Inches(3))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            frame.table.cell(number, column).text = text
    return deck, frame.table


def test_a_table_on_a_slide_gives_rows_that_stand_alone() -> None:
    deck, table = table_slide([["Harbour", "2020", "2021"], ["Lindow", "12", "14"], ["Ostra", "9", "7"]])
    document = read(saved(deck), "a.pptx")
    assert lines(document)[1:] == ["Harbour: Lindow; 2020: 12; 2021: 14", "Harbour: Ostra; 2020: 9; 2021: 7"]
    assert kinds(document)["Harbour: Ostra; 2020: 9; 2021: 7"] == "table"


def test_a_cell_over_several_rows_of_a_slides_table_stands_in_each() -> None:
    deck, table = table_slide([["Coast", "Harbour"], ["North", "Lindow"], ["", "Ostra"]])
    table.cell(1, 0).merge(table.cell(2, 0))
    assert lines(read(saved(deck), "a.pptx"))[1:] == [
        "Coast: North; Harbour: Lindow", "Coast: North; Harbour: Ostra",
    ]  # fmt: skip


def test_a_chart_gives_its_title_and_a_row_for_each_category() -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    data = CategoryChartData()
    data.categories = ["Lindow", "Ostra"]
    data.add_series("Ships", (12.0, 9))
    data.add_series("Share", (0.25, None), number_format="0%")
    chart = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, Inches(5), Inches(4), data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "Ships a week"
    assert lines(read(saved(deck), "a.pptx"))[1:] == [
        "Ships a week", "Lindow; Ships: 12; Share: 25%", "Ostra; Ships: 9",
    ]  # fmt: skip


def test_a_chart_over_time_gives_dates() -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    data = CategoryChartData()
    data.categories = [datetime.date(2021, 3, 1), datetime.date(2021, 4, 1)]
    data.add_series("Ships", (12, 9))
    slide.shapes.add_chart(XL_CHART_TYPE.LINE, 0, 0, Inches(5), Inches(4), data)
    assert lines(read(saved(deck), "a.pptx"))[1:] == ["2021-03-01; Ships: 12", "2021-04-01; Ships: 9"]


def test_text_with_a_formula_is_read_though_it_is_wrapped() -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    box(slide.shapes, "The fee grows with length.", 1, 1)
    markup = b"http://schemas.openxmlformats.org/markup-compatibility/2006"

    def wrap(name: str, part: bytes) -> bytes:
        if name != "ppt/slides/slide1.xml":
            return part
        shape = re.search(rb"<p:sp>.*</p:sp>", part, re.DOTALL)
        assert shape is not None
        fallback = shape[0].replace(b"The fee grows with length.", b" ")
        wrapped = b'<mc:AlternateContent xmlns:mc="%s"><mc:Choice Requires="a14">%s</mc:Choice>' % (
            markup,
            shape[0],
        )
        return part.replace(
            shape[0], wrapped + b"<mc:Fallback>%s</mc:Fallback></mc:AlternateContent>" % fallback
        )

    assert lines(read(rewritten(saved(deck), wrap), "a.pptx")) == ["Slide 1", "The fee grows with length."]


def test_the_nodes_of_a_diagram_are_list_items() -> None:
    """The part is made by hand: no library writes SmartArt."""
    diagram = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    nodes = "".join(
        f'<dgm:pt modelId="{number}"><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>'
        for number, text in enumerate(("Unload", "Weigh", ""))
    )
    part = f'<dgm:dataModel xmlns:dgm="{diagram}" xmlns:a="{drawing}"><dgm:ptLst>{nodes}</dgm:ptLst></dgm:dataModel>'
    frame = (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="9" name="d"/><p:cNvGraphicFramePr/><p:nvPr/>'
        '</p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></p:xfrm><a:graphic>'
        f'<a:graphicData uri="{diagram}"><dgm:relIds xmlns:dgm="{diagram}" xmlns:r="{relations}" r:dm="rId9"/>'
        "</a:graphicData></a:graphic></p:graphicFrame></p:spTree>"
    )
    relation = f'<Relationship Id="rId9" Type="{relations}/diagramData" Target="../diagrams/data1.xml"/>'
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[BLANK])

    def add(name: str, data: bytes) -> bytes:
        if name == "ppt/slides/slide1.xml":
            return data.replace(b"</p:spTree>", frame.encode()).replace(b"<p:spTree/>", b"")
        if name == "ppt/slides/_rels/slide1.xml.rels":
            return data.replace(b"</Relationships>", relation.encode() + b"</Relationships>")
        return data

    out = io.BytesIO(rewritten(saved(deck), add))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("ppt/diagrams/data1.xml", part)
    assert lines(read(out.getvalue(), "a.pptx"))[1:] == ["• Unload", "• Weigh"]


@pytest.mark.parametrize("kind", ["slideshow", "template"])
def test_slide_shows_and_templates_are_read_as_presentations(deck: bytes, kind: str) -> None:
    show = rewritten(
        deck,
        lambda name, part: part.replace(
            b"presentationml.presentation.main", f"presentationml.{kind}.main".encode()
        ),
    )
    assert show != deck
    assert read(show, "harbours.ppsx").text == read(deck, "harbours.pptx").text


def test_a_presentation_without_text_is_refused_with_the_remedy() -> None:
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[BLANK])
    with pytest.raises(IngestError) as caught:
        read(saved(deck), "pictures.pptx")
    assert caught.value.code == "no_text"
    assert "OCR" in caught.value.message


def test_a_title_as_long_as_a_text_is_no_title() -> None:
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY]).shapes.title.text = FIRST
    document = read(saved(deck), "a.pptx")
    assert document.metadata.title is None
    assert kinds(document)[FIRST] == "paragraph"


# Workbooks


def workbook(*sheets: Sequence[Sequence[object]], change: Callable[[Workbook], None] | None = None) -> bytes:
    """A workbook of one sheet for each list of rows, named "Sheet", "Sheet1", …"""
    book = Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(list(row))
    if change is not None:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


REGIONS = [["Region", "Killed"], ["Kayes", 40], ["Gao", 7.0]]


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


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (40.0, "General", "40"),
        (0.1 + 0.2, "General", "0.3"),
        (0.125, "0.0%", "12.5%"),
        (0.285, "0%", "29%"),
        (1234.567, "#,##0.00", "1234.57"),
        (12.5, "0.##", "12.5"),
        (7, "00000", "00007"),
        (12_345_678, '0.0,,"M"', "12.3M"),
        (-1200, '_("$"* #,##0_);_("$"* \\(#,##0\\)', "-$1200"),
        (3.5, '0.0" km"', "3.5 km"),
        (1200, "#,##0 [$€-407]", "1200 €"),
        (-0.001, "0.00", "0"),
        (1e20, "0", "1e+20"),
        (1234567890123456, "0", "1234567890123456"),
        (float("nan"), "General", ""),
        (True, "General", "TRUE"),
        (datetime.datetime(2021, 3, 1), "mm-dd-yy", "2021-03-01"),
        (datetime.datetime(2021, 3, 1), "mmm-yy", "2021-03"),  # the format shows no day
        (datetime.datetime(2021, 3, 1), "yyyy", "2021"),
        (datetime.datetime(2021, 3, 1, 12, 30), "d/m/yy h:mm", "2021-03-01 12:30"),
        (datetime.datetime(2021, 3, 1, 12, 30), '[$-409]d" of "mmmm yyyy', "2021-03-01"),
        (datetime.time(9, 5), "h:mm", "09:05"),
        (datetime.timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
        ("#REF!", "General", ""),
        ("two\n lines", "@", "two lines"),
        (None, "General", ""),
    ],
)
def test_a_value_is_written_as_the_sheet_shows_it(value: object, number_format: str, text: str) -> None:
    assert cell_text(value, number_format) == text


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


@pytest.mark.parametrize("name", ["a.xlsx", "a.pptx"])
def test_the_strict_variant_is_named_with_its_remedy(name: str, deck: bytes) -> None:
    data = workbook(REGIONS) if name == "a.xlsx" else deck
    strict = rewritten(
        data,
        lambda _, part: part.replace(b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"),
    )
    with pytest.raises(IngestError) as caught:
        read(strict, name)
    assert caught.value.code == "unreadable"
    assert "Strict Open XML" in caught.value.message


def test_a_workbook_without_cells_is_empty() -> None:
    with pytest.raises(IngestError) as caught:
        read(workbook([]), "a.xlsx")
    assert caught.value.code == "empty"


# Delimited text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Region,Killed\nKayes,40\n", ["Row 2: Region: Kayes; Killed: 40"]),
        ("Region;Share\nKayes;1,5\nGao;2,5\n", ["Row 2: Region: Kayes; Share: 1,5", "Row 3: Region: Gao; Share: 2,5"]),
        ("Region\tNote\nKayes\tone, two\n", ["Row 2: Region: Kayes; Note: one, two"]),
        ("Region|Killed|\nKayes|40|\n", ["Row 2: Region: Kayes; Killed: 40"]),
        ("sep=;\nRegion;Killed\nKayes;40\n", ["Row 2: Region: Kayes; Killed: 40"]),
        (
            'Region,Note\nKayes,"two\nlines, ""quoted"""\nGao,x y\n',
            ['Row 2: Region: Kayes; Note: two lines, "quoted"', "Row 3: Region: Gao; Note: x y"],
        ),
        # A row with more cells than there are names: which name is whose is unknown.
        ("Region,Note,Killed\nKayes,one, two,40\nGao\n", ["Row 2: Kayes; one; two; 40", "Row 3: Region: Gao"]),
        ("Kayes,40\nGao,7\n", ["Row 1: Kayes; 40", "Row 2: Gao; 7"]),
        ("Killed by region,\nRegion,Killed\nKayes,40\n", ["Killed by region", "Row 3: Region: Kayes; Killed: 40"]),
        ("Region,Killed\n\nKayes,40\n\nGao,7\n", ["Row 3: Region: Kayes; Killed: 40", "Row 5: Region: Gao; Killed: 7"]),
        ("Region,Ratio\nKayes,#DIV/0!\nGao,3\n", ["Row 2: Region: Kayes", "Row 3: Region: Gao; Ratio: 3"]),
        # A quotation mark that is never closed swallows nothing.
        ('Region,Note\nKayes,"open\nGao,7\n', ['Row 2: Region: Kayes; Note: "open', "Row 3: Region: Gao; Note: 7"]),
        # One column, commas and all.
        ("The port, it says\nhas lost.\nNobody answered\n", ["The port, it says", "has lost.", "Nobody answered"]),
        ("Harbour\nLindow\nOstra\n", ["Harbour", "Lindow", "Ostra"]),
        ('"Lindow, the old\nport"\n"Ostra"\n', ["Lindow, the old\nport", "Ostra"]),
        # Uneven rows.
        ("a,b,c\n1,2\n1,2,3,4\n1,2,3,4,5\n", ["Row 2: a: 1; b: 2", "Row 3: 1; 2; 3; 4", "Row 4: 1; 2; 3; 4; 5"]),
    ],
)  # fmt: skip
def test_delimited_text_is_read_whatever_its_delimiter(text: str, expected: list[str]) -> None:
    document = read(text.encode(), "a.csv")
    assert document.kind == "csv"
    assert lines(document) == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_delimited_text_is_read_in_any_encoding(encoding: str) -> None:
    data = "Région;Tués\nSégou, près de la forêt;40\nKoulikoro;7\n".encode(encoding)
    assert lines(read(data, "a.csv")) == [
        "Row 2: Région: Ségou, près de la forêt; Tués: 40",
        "Row 3: Région: Koulikoro; Tués: 7",
    ]


def test_a_line_above_delimited_text_is_its_title_and_an_events_date_no_publication() -> None:
    metadata = read(b"Killed by region,,\nRegion,Killed,When\nKayes,40,2021-05-04\n", "a.csv").metadata
    assert (metadata.title, metadata.published) == ("Killed by region", None)
    assert read(b"Kayes,40,2021-05-04\nGao,7,2021-05-05\n", "a.csv").metadata.published is None
