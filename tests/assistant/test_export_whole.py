"""Exports read back: that nothing is lost on the way, whatever a report holds, and that the files are sound."""

from __future__ import annotations

import io
import json
import posixpath
import re
import unicodedata
import zipfile
from dataclasses import replace
from typing import Any

import lxml.html
import pypdfium2
import pytest
from docx.oxml.ns import qn
from exports_read import WRITTEN, lost, read, squeezed
from lxml import etree
from made_briefing import ARABIC, HEBREW, MADE

from assistant import Briefing
from assistant.export import render
from assistant.export.pdf.bidi import END, ISOLATE, joined, visual
from assistant.results.excerpt import excerpt
from assistant.results.handling import handling_marking
from assistant.results.saved_briefing import NotABriefing, read_briefing
from assistant.sourcing.sourcing import with_counts

MARKING = "OFFICIAL – RIVER ONLY"
MARKED = replace(MADE, handling=MARKING)
PART = with_counts(excerpt(MADE))
JUDGED = replace(
    MADE, key_judgements=MADE.paragraphs[0].sentences[:2], alternatives=MADE.paragraphs[1].sentences[1:2]
)
# Its later numbers are used first, as when a section is put before others.
OUT_OF_ORDER = replace(MADE, bottom_line=MADE.paragraphs[3].sentences[:2] + MADE.bottom_line)


@pytest.mark.parametrize("format", [*WRITTEN, "csv"])
@pytest.mark.parametrize(
    "one", [MADE, PART, JUDGED, OUT_OF_ORDER], ids=["whole", "paragraph", "judged", "out of order"]
)
def test_no_citation_is_lost(format: str, one: Briefing) -> None:
    assert lost(one, format) == []


@pytest.mark.parametrize("format", WRITTEN)
def test_the_script_that_looks_for_losses_sees_one(format: str) -> None:
    other = replace(MADE.citations[6], quote="Nobody said this.", title="Another report", grade="E5")
    told = render(replace(MADE, citations=(*MADE.citations[:6], other, *MADE.citations[7:])), format)
    note = read(format, told).notes[7]
    assert "Nobody said this." in note and "Another report" in note and "E5" in note
    assert MADE.citations[6].quote not in note


@pytest.mark.parametrize("format", WRITTEN)
def test_confidence_echoes_and_the_cut_off_are_in_every_format(format: str) -> None:
    body = squeezed(read(format, render(MADE, format)).body)
    for words in (
        "High confidence: ", "Reports that repeat one origin", "same words", "information cut-off",
        "River Wire, 16 May 2022", "Where sources differ", "What is not known",
    ):  # fmt: skip
        assert squeezed(words) in body


# -- the marking


def test_the_marking_is_the_first_and_the_last_line_of_markdown() -> None:
    lines = render(MARKED, "md").decode().strip().split("\n")
    assert lines[0] == lines[-1] == f"**{MARKING}**"


def test_the_marking_is_at_the_top_and_the_bottom_of_a_page_in_html_and_in_its_print() -> None:
    page = lxml.html.document_fromstring(render(MARKED, "html").decode())
    shown = [
        one.text_content() for one in page.find(".//main") if one.tag == "p" and one.get("class") == "marking"
    ]
    first, last = page.find(".//main")[0], page.find(".//main")[-1]
    assert shown == [MARKING] * 2 and first.text_content() == last.text_content() == MARKING
    assert "@top-center" in page.findtext(".//style") and "@bottom-center" in page.findtext(".//style")


def test_a_marking_cannot_end_the_style_sheet() -> None:
    page = lxml.html.document_fromstring(
        render(replace(MADE, handling='"}</style><script>x</script>'), "html").decode()
    )
    assert page.xpath("//script") == []


def test_the_marking_is_on_every_page_of_a_pdf_twice() -> None:
    with pypdfium2.PdfDocument(render(MARKED, "pdf")) as document:
        for page in document:
            text = page.get_textpage()
            height = page.get_height()
            assert MARKING in text.get_text_bounded(bottom=height - 50)
            assert MARKING in text.get_text_bounded(top=50)
            assert f"of {len(document)}" in text.get_text_bounded(top=50)


def test_the_marking_is_in_the_header_and_the_footer_of_a_word_file() -> None:
    with zipfile.ZipFile(io.BytesIO(render(MARKED, "docx"))) as file:
        for name in ("word/header1.xml", "word/footer1.xml"):
            text = "".join(etree.fromstring(file.read(name)).itertext())
            assert MARKING in text


@pytest.mark.parametrize("format", WRITTEN)
def test_nothing_is_marked_that_was_not_asked_to_be(format: str) -> None:
    assert b"marking" not in render(replace(MADE, handling=None), "html").split(b"<body>")[1]
    assert lost(replace(MADE, handling=None), format) == []


@pytest.mark.parametrize("text", ["two\nlines", "x" * 81, "a\u2028b", "bell\x07"])
def test_a_marking_is_one_line_of_at_most_80_characters(text: str) -> None:
    with pytest.raises(ValueError, match="handling marking"):
        handling_marking(text)


def test_an_empty_marking_is_none() -> None:
    assert handling_marking("  ") is None and handling_marking(None) is None
    assert handling_marking(" NATO 限定 ") == "NATO 限定"


# -- Word


def word_parts() -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(render(MARKED, "docx"))) as file:
        assert file.testzip() is None
        return {
            name: etree.fromstring(file.read(name))
            for name in file.namelist()
            if name.endswith((".xml", ".rels"))
        }


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


def test_the_settings_of_a_word_file_name_the_separators_before_what_follows_them() -> None:
    names = [etree.QName(one).localname for one in word_parts()["word/settings.xml"]]
    assert names.index("footnotePr") < names.index("compat")


def test_a_table_of_contents_lists_every_heading() -> None:
    body = word_parts()["word/document.xml"]
    headings, entries = [], []
    for one in body.iter(qn("w:p")):
        style = one.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        text = "".join(t.text or "" for t in one.iter(qn("w:t"))).strip("\u200e\u200f")
        if style is not None and style.get(qn("w:val")).startswith("Heading"):
            headings.append(text)
        elif style is not None and style.get(qn("w:val")).startswith("toc"):
            entries.append(text)
    assert headings == entries and len(headings) > 10


def test_arabic_and_hebrew_are_marked_as_such_in_a_word_file() -> None:
    body = word_parts()["word/document.xml"]
    for run in body.iter(qn("w:r")):
        text = "".join(t.text or "" for t in run.iter(qn("w:t")))
        strong = {unicodedata.bidirectional(char) for char in text} & {"L", "R", "AL"} - {"\u200e", "\u200f"}
        if strong & {"R", "AL"} and text not in ("\u200e", "\u200f"):
            assert run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None, text
    starts = [
        one
        for one in body.iter(qn("w:p"))
        if "".join(t.text or "" for t in one.iter(qn("w:t"))).startswith(ARABIC)
    ]
    assert starts and all(one.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None for one in starts)


# -- PDF


def test_a_pdf_has_an_outline_of_its_headings_that_leads_to_their_places() -> None:
    with pypdfium2.PdfDocument(render(MADE, "pdf")) as document:
        found = [(one.get_title(), one.level, one.get_dest().get_index()) for one in document.get_toc()]
    assert found[0] == (MADE.title, 0, 0)
    assert [title for title, level, _ in found if level == 1] == [
        "Findings", "Chronology", "Where sources differ", "Reports that repeat one origin", "What is not known",
        "Sources", "Endnotes",
    ]  # fmt: skip
    assert [title for title, level, _ in found if level == 2] == [one.heading for one in MADE.paragraphs]
    pages = [page for _, _, page in found]
    assert pages == sorted(pages) and pages[-1] > 3


def test_a_line_of_arabic_is_read_out_of_a_pdf_as_it_was_written() -> None:
    one = replace(MADE, citations=(replace(MADE.citations[0], quote=ARABIC), *MADE.citations[1:]))
    note = read("pdf", render(one, "pdf")).notes[1]
    assert ARABIC in " ".join(note.split())
    other = replace(MADE, citations=(replace(MADE.citations[0], quote=HEBREW), *MADE.citations[1:]))
    assert HEBREW in " ".join(read("pdf", render(other, "pdf")).notes[1].split())


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("no letter from the right", "no letter from the right"),
        ("a אבג d", "a גבא d"),
        ("12 אב 34", "12 34 בא"),
        (f"{ISOLATE}אב{END}, 16 May", "בא, 16 May"),
        (f"{ISOLATE}אב (גד).{END} [8]", ".(דג) בא [8]"),
        (f"{ISOLATE}אב ABC 1,200{END} x", "ABC 1,200 בא x"),
        (f"{ISOLATE}אב 1,200 ABC{END} x", "ABC 1,200 בא x"),
        (f"{ISOLATE}אב.{END} [1] {ISOLATE}גד.{END} [2]", ".בא [1] .דג [2]"),
    ],
)
def test_a_line_is_put_into_the_order_in_which_it_is_seen(said: str, seen: str) -> None:
    assert visual(said) == seen


@pytest.mark.parametrize(
    ("letters", "forms"),
    [
        ("محمد", "\ufee3\ufea4\ufee4\ufeaa"),
        ("سلام", "\ufeb3\ufefc\ufee1"),  # lam and alef are one letter
        ("دار", "\ufea9\ufe8d\ufead"),  # none of them joins on
        ("مُحَمد", "\ufee3\u064f\ufea4\u064e\ufee4\ufeaa"),  # marks do not part letters
        ("River", "River"),
    ],
)
def test_arabic_letters_take_the_forms_that_join_them(letters: str, forms: str) -> None:
    assert joined(letters) == forms
    assert unicodedata.normalize("NFKC", joined(letters)) == unicodedata.normalize("NFKC", letters)


def test_a_row_of_the_chronology_that_is_longer_than_a_page_goes_on_on_the_next() -> None:
    event = replace(MADE.chronology[0], text=f"{ARABIC} The wells were shut. " * 80)
    long = replace(MADE, chronology=(event, *MADE.chronology[1:]))
    with (
        pypdfium2.PdfDocument(render(long, "pdf")) as document,
        pypdfium2.PdfDocument(render(MADE, "pdf")) as short,
    ):
        assert len(document) > len(short) + 1
    assert lost(long, "pdf") == []


# -- HTML and JSON


def test_text_from_sources_in_html_has_a_direction_of_its_own() -> None:
    page = lxml.html.document_fromstring(render(MADE, "html").decode())
    quotes = page.xpath("//div[@class='note']//*[@class='quoted']")
    assert len(quotes) == len(MADE.citations) and all(one.get("dir") == "auto" for one in quotes)
    for paragraph in MADE.paragraphs:
        right = paragraph.sentences[0].text.startswith(ARABIC)
        found = page.xpath(
            "//p[starts-with(normalize-space(.), $text)]", text=paragraph.sentences[0].text[:60]
        )
        assert found and all((one.get("dir") == "rtl") == right for one in found)
    credits = page.xpath("//div[@class='note']//*[@class='credit']/bdi")
    assert "وكالة الأنباء" in [one.text for one in credits]


def test_a_saved_briefing_is_read_back_as_it_was() -> None:
    assert read_briefing(render(MADE, "json").decode()) == MADE
    assert read_briefing(render(PART, "json").decode()) == PART


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda row: row.pop("topic"), "topic"),
        (lambda row: row.update(title=7), "title"),
        (lambda row: row.update(citations=row["citations"][1:]), r"cites \[1\]"),
        (lambda row: row["citations"].append(row["citations"][0]), "one number"),
        (lambda row: row["citations"][0].update(published="last spring"), "not a date"),
        (lambda row: row["citations"][0].update(grade="<b>"), "not a grade"),
        (lambda row: row.update(handling="x" * 200), "handling marking"),
        (lambda row: row["bottom_line"][0].update(citations="1"), "citations"),
        (lambda row: row.update(bottom_line=7), "int"),
    ],
)
def test_json_of_another_shape_is_refused_in_words(change: Any, said: str) -> None:
    row = json.loads(render(MADE, "json"))
    change(row)
    with pytest.raises(NotABriefing, match=said) as refusal:
        read_briefing(json.dumps(row))
    assert str(refusal.value).strip()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"question": "Why?", "answer": "so"}', "no json"])
def test_what_is_no_briefing_is_refused(text: str) -> None:
    with pytest.raises(NotABriefing):
        read_briefing(text)


# -- one paragraph


def test_a_paragraph_alone_keeps_its_own_citations_numbered_from_one() -> None:
    assert [one.number for one in PART.citations] == list(range(1, len(PART.citations) + 1))
    quotes = {one.number: one.quote for one in PART.citations}
    (paragraph,) = PART.paragraphs
    for sentence in paragraph.sentences:
        assert sentence.text == " ".join(quotes[sentence.citations[0]].split())
    assert paragraph.heading == MADE.title and PART.bottom_line == () == PART.chronology


def test_a_disagreement_that_touches_the_paragraph_goes_along_and_no_other() -> None:
    side = replace(MADE.conflicts[0].sides[0], citations=(3,))
    touching = replace(MADE.conflicts[0], sides=(side, MADE.conflicts[0].sides[1]))
    part = excerpt(replace(MADE, conflicts=(touching, MADE.conflicts[1])))
    assert [one.about for one in part.conflicts] == [touching.about]
    assert part.citations[-1].quote == MADE.citations[57].quote


@pytest.mark.parametrize("format", WRITTEN)
def test_a_paragraph_alone_has_no_sections_of_a_briefing(format: str) -> None:
    body = read(format, render(PART, format)).body
    for words in ("Bottom line", "Findings", "Contents", "What is not known", "Sources"):
        assert not re.search(rf"^{words}", body, re.M)
    assert "High confidence" in body
