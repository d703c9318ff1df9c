"""A slide is a page: title, text, tables, charts and notes in reading order."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

import pytest
from ingest_samples import FIRST, SECOND
from office_samples import BLANK, COMPARISON, TITLE_ONLY, box, kinds, lines, places, rewritten, saved
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from ingest import IngestError, read


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
