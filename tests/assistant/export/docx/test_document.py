"""Word files as a whole: headings, tables, and parts that Word accepts."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import replace

import docx
import lxml.etree
import lxml.html
import pytest
from docx.oxml.ns import qn
from export_samples import (
    BRIEFING,
    LINK,
    MARKED,
    word_parts,
)
from lxml import etree
from made_briefing import MADE

from assistant.export import render

pytestmark = pytest.mark.index


def test_a_word_file_has_real_headings_and_a_table() -> None:
    read = docx.Document(io.BytesIO(render(BRIEFING, "docx")))
    headings = [one.text for one in read.paragraphs if one.style.name.startswith("Heading")]
    assert headings == [
        "Bottom line", "Findings", f"Losses {LINK} | more", "No markers", "Chronology", "Where sources differ",
        "What is not known", "Sources",
    ]  # fmt: skip
    assert [one.text for one in read.paragraphs if one.style.name == "Title"] == [BRIEFING.title]
    (table,) = read.tables
    assert [row.cells[0].text for row in table.rows] == ["Date", "15 May 2022", "2022"]


def test_a_word_file_has_contents_a_marking_on_every_page_and_no_part_that_leads_nowhere() -> None:
    data = render(replace(BRIEFING, handling="FOR THE DESK ONLY"), "docx")
    read = docx.Document(io.BytesIO(data))
    for section in read.sections:
        for part in (section.header, section.footer):
            assert "FOR THE DESK ONLY" in "".join(t.text or "" for t in part._element.iter(qn("w:t")))
    codes = "".join(one.text or "" for one in read.element.body.iter(qn("w:instrText")))
    assert "TOC" in codes
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = set(package.namelist())
        for name in names:
            if name.endswith((".xml", ".rels")):
                lxml.etree.fromstring(package.read(name))
        links = lxml.etree.fromstring(package.read("word/_rels/document.xml.rels"))
    inside = [one.get("Target") for one in links if one.get("TargetMode") != "External"]
    assert all(f"word/{one}" in names or one.lstrip("/") in names or one.startswith("..") for one in inside)


def test_every_relationship_of_a_word_file_leads_to_a_part_that_has_its_type() -> None:
    parts = word_parts()
    with zipfile.ZipFile(io.BytesIO(render(MARKED, "docx"))) as file:
        names = set(file.namelist())
    typed = {one.get("PartName") for one in parts["[Content_Types].xml"] if one.get("PartName")}
    assert "/word/footnotes.xml" in typed
    for name, root in parts.items():
        if name.endswith(".rels"):
            folder = name.split("_rels")[0]
            for one in root:
                if one.get("TargetMode") != "External":
                    target = posixpath.normpath(posixpath.join("/", folder, one.get("Target")))
                    assert target.lstrip("/") in names


def test_ids_in_a_word_file_are_unique_and_references_resolve() -> None:
    parts = word_parts()
    body, notes = parts["word/document.xml"], parts["word/footnotes.xml"]
    marks = [one.get(qn("w:id")) for one in body.iter(qn("w:bookmarkStart"))]
    ends = [one.get(qn("w:id")) for one in body.iter(qn("w:bookmarkEnd"))]
    assert len(set(marks)) == len(marks) and sorted(marks) == sorted(ends)
    names = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(names)
    references = [one.get(qn("w:id")) for one in body.iter(qn("w:footnoteReference"))]
    listed = [one.get(qn("w:id")) for one in notes if one.get(qn("w:type")) is None]
    assert references == listed == [str(one.number) for one in MADE.citations]
    codes = [one.text.split() for one in body.iter(qn("w:instrText"))]
    assert {code[1] for code in codes if code[0] == "NOTEREF"} <= set(names)
    assert any(code[0] == "NOTEREF" for code in codes) and any(code[0] == "TOC" for code in codes)
    anchors = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))}
    assert anchors <= set(names)


def test_fields_in_a_word_file_open_and_close_in_order() -> None:
    for name, root in word_parts().items():
        depth = 0
        for one in root.iter(qn("w:fldChar")):
            depth += {"begin": 1, "separate": 0, "end": -1}[one.get(qn("w:fldCharType"))]
            assert 0 <= depth <= 1, name
        assert depth == 0, name


def test_every_style_that_a_word_file_uses_is_there() -> None:
    parts = word_parts()
    there = {one.get(qn("w:styleId")) for one in parts["word/styles.xml"].iter(qn("w:style"))}
    for name in ("word/document.xml", "word/footnotes.xml", "word/header1.xml", "word/footer1.xml"):
        for tag in ("w:pStyle", "w:rStyle", "w:tblStyle"):
            assert {one.get(qn("w:val")) for one in parts[name].iter(qn(tag))} <= there


# The order of a paragraph's and a run's properties in ISO 29500-1, of what these files use: Word mends any other.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr bidi spacing ind contextualSpacing jc rPr",
    "rPr": "rStyle rFonts b bCs i iCs caps color spacing w kern position sz szCs highlight u vertAlign rtl cs em lang",
    "trPr": "cantSplit tblHeader",
}  # fmt: skip


def test_elements_of_a_word_file_stand_in_the_order_that_word_asks_for() -> None:
    parts = word_parts()
    for name in ("word/document.xml", "word/footnotes.xml", "word/header1.xml", "word/footer1.xml"):
        for tag, order in ORDER.items():
            for one in parts[name].iter(qn(f"w:{tag}")):
                found = [etree.QName(child).localname for child in one]
                known = order.split()
                assert found == sorted(found, key=known.index), f"{name} {tag}"
