"""What surrounds the text of a Word file."""

from __future__ import annotations

import datetime
import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from export_samples import (
    MARKED,
    MARKING,
)
from lxml import etree
from made_briefing import MADE

from assistant.export import render
from assistant.export.docx.page_setup import WIDTH, field, set_up


def test_the_marking_is_in_the_header_and_the_footer_of_a_word_file() -> None:
    with zipfile.ZipFile(io.BytesIO(render(MARKED, "docx"))) as file:
        for name in ("word/header1.xml", "word/footer1.xml"):
            text = "".join(etree.fromstring(file.read(name)).itertext())
            assert MARKING in text


def framed(**changes: Any) -> Any:
    document = Document()
    set_up(document, replace(MADE, **changes))
    return document


def test_a_page_is_a4_with_margins_that_leave_the_width_for_text() -> None:
    section = framed().sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert round((section.page_width - section.left_margin - section.right_margin) / Mm(1)) == WIDTH


def test_no_style_takes_a_font_of_the_theme_or_another_language() -> None:
    styles = framed().styles.element
    for fonts in styles.iter(qn("w:rFonts")):
        assert {fonts.get(qn("w:ascii")), fonts.get(qn("w:cs"))} == {"Calibri", "Arial"}
        assert fonts.get(qn("w:asciiTheme")) is None
    assert {one.get(qn("w:val")) for one in styles.iter(qn("w:lang"))} == {"en-GB"}


def test_letters_from_the_right_are_as_large_as_the_others() -> None:
    sizes = list(framed().styles.element.iter(qn("w:sz")))
    assert sizes
    for size in sizes:
        assert size.getparent().find(qn("w:szCs")).get(qn("w:val")) == size.get(qn("w:val"))


def test_a_field_shows_its_stand_in_between_its_marks() -> None:
    paragraph = Document().add_paragraph()
    field(paragraph, "PAGE", "1")
    tags = [child.tag.rpartition("}")[2] for run in paragraph.runs for child in run._r]
    assert tags == ["fldChar", "instrText", "fldChar", "t", "fldChar"] and paragraph.text == "1"


@pytest.mark.parametrize(
    ("created", "year"),
    [("2022-06-02T10:00:00+02:00", 2022), ("", datetime.datetime.now(datetime.UTC).year)],
)
def test_the_time_of_a_file_is_the_briefing_s_or_else_now(created: str, year: int) -> None:
    properties = framed(created=created).core_properties
    assert properties.created.year == year and properties.created.microsecond == 0
    assert not created or properties.created.hour == 8, "in UTC"


def test_a_title_longer_than_a_property_may_be_is_cut() -> None:
    assert framed(title="x" * 300).core_properties.title == "x" * 255
