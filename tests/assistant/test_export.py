from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from typing import Any

import docx
import lxml.etree
import lxml.html
import pypdfium2
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from markdown_it import MarkdownIt

from assistant import Answer, Briefing, Citation, Sentence
from assistant.export import FORMATS, answer_markdown, render
from assistant.export.pdf.fonts import font_for
from assistant.results.answer import escape_markers
from assistant.results.briefing import Conflict, Event, Paragraph, Side, SourceSummary

SCRIPT = "<script>alert('flood')</script>"
LINK = "*_[press here](javascript:alert(1))_*"
FULANI = "Ɗanlami ɓooyɗo"


def citation(number: int, quote: str, **changes: Any) -> Citation:
    made = Citation(
        number, f"p{number}", f"d{number}", "Water over the quays", ("Odile Brandt",), "River Wire",
        "2022-05-16", "wire.md", 3, "Losses", 0, len(quote), quote,
    )  # fmt: skip
    return replace(made, **changes)


BRIEFING = Briefing(
    topic=f"floods {SCRIPT}",
    as_of="2022-06",
    title=f"Floods {SCRIPT} & {LINK}",
    refused=False,
    bottom_line=(Sentence(f"The port [12] of {FULANI} is shut {SCRIPT}.", (1, 2), "verbatim"),),
    paragraphs=(
        Paragraph(
            f"Losses {LINK} | more",
            (
                Sentence("Bells\x07rang and 🚢 sank &lt;script&gt; `x` ~~y~~.", (2,), "verbatim"),
                Sentence(f"{LINK} # no heading", (1,), "unsupported", 0.1, ("it is not said",)),
            ),
        ),
        Paragraph("No markers", (Sentence("Nothing is cited here.", ()),)),
    ),
    chronology=(
        Event("2022-05-15", f"The dyke broke | {SCRIPT}", (3,)),
        Event("2022", "Rain fell", (1,)),
    ),
    conflicts=(
        Conflict(
            f"Dead: 14 or 22 {SCRIPT}",
            "conflict",
            (Side("14 died", "2022-05-16", (1,)), Side(f"22 died {LINK}", None, (2,))),
        ),
        Conflict("Homeless: 3 or 5", "update", (Side("3", "2022-05", (2,)), Side("5", "2022-06-01", (3,)))),
    ),
    gaps=(f"No source speaks of {SCRIPT}.", "# not a heading"),
    source_summary=SourceSummary(3, ("River Wire",), "2022", "2022-05-16", 1, 0.5, f"3 documents {SCRIPT}."),
    citations=(
        citation(1, f"The port [12] of {FULANI}\nis shut {SCRIPT}."),
        citation(2, "Bells\x07rang", title=SCRIPT, authors=(LINK,), publisher=None, published=None),
        citation(3, "The dyke broke", source="https://wire.example/a_b_c?x=1&y=2", page=None, heading=LINK),
    ),
    model="extractive",
    index_documents=3,
    embedding_model="small",
    seconds=1.5,
    created="2022-06-02T10:00:00+00:00",
    left_out_undated=1,
    notice=f"The model was away {SCRIPT}",
)
REFUSED = replace(
    BRIEFING, refused=True, bottom_line=(Sentence("The sources do not hold it."),), paragraphs=(),
    chronology=(), conflicts=(), gaps=(), citations=(), notice=None, as_of=None, created="",
    source_summary=SourceSummary(0, (), None, None, 0, 0.0, "No source was used."),
)  # fmt: skip
NUMBERS = {1, 2, 3}


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def pdf_text(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def footnotes(data: bytes) -> dict[int, str]:
    """The notes that are Word's own, by their numbers."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if "word/footnotes.xml" not in package.namelist():
            return {}
        root = lxml.etree.fromstring(package.read("word/footnotes.xml"))
    return {
        int(note.get(qn("w:id"))): "\n".join(
            "".join(t.text or "" for t in one.iter(qn("w:t"))) for one in note.iter(qn("w:p"))
        )
        for note in root
        if note.get(qn("w:type")) is None
    }


def docx_text(data: bytes) -> str:
    body = docx.Document(io.BytesIO(data)).element.body
    for mark in list(body.iter(qn("w:footnoteReference"))):  # Word numbers them as it shows them
        shown = OxmlElement("w:t")
        shown.text = mark.get(qn("w:id"))
        mark.addnext(shown)
    told = ["".join(t.text or "" for t in one.iter(qn("w:t"))) for one in body.iter(qn("w:p"))]
    notes = footnotes(data)
    return "\n".join(
        [*told, *(["Endnotes"] if notes else []), *(f"[{n}] {text}" for n, text in notes.items())]
    )


def html_of(data: bytes) -> Any:
    return lxml.html.document_fromstring(data.decode("utf-8"))


def markdown_as_html(data: bytes, raw_html: bool = False) -> Any:
    reader = MarkdownIt("commonmark", {"html": raw_html}).enable(["table", "strikethrough"])
    return lxml.html.document_fromstring(reader.render(data.decode("utf-8")))


def text_of(format: str, briefing: Briefing) -> str:
    """What a reader of the file reads."""
    data = render(briefing, format)
    return {
        "md": lambda: markdown_as_html(data).text_content(),
        "html": lambda: html_of(data).find("body").text_content(),
        "docx": lambda: docx_text(data),
        "pdf": lambda: pdf_text(data),
    }[format]()


# -- every format


@pytest.mark.parametrize("format", ["md", "html", "docx", "pdf"])
def test_every_word_is_in_the_file_as_the_source_wrote_it(format: str) -> None:
    read = squeezed(text_of(format, BRIEFING))
    said = [
        BRIEFING.title,
        BRIEFING.source_summary.text,
        f"Losses {LINK} | more",
        "sank &lt;script&gt; `x` ~~y~~.",
        f"{LINK} # no heading",
        "Nothing is cited here.",
        f"The dyke broke | {SCRIPT}",
        f"22 died {LINK}",
        *BRIEFING.gaps,
        f"The model was away {SCRIPT}",
        "https://wire.example/a_b_c?x=1&y=2",
    ]
    assert [words for words in said if squeezed(words) not in read] == []


@pytest.mark.parametrize("format", ["md", "html", "docx"])
def test_a_source_s_own_bracketed_number_cannot_pass_for_a_marker(format: str) -> None:
    read = " ".join(text_of(format, BRIEFING).split("Endnotes")[0].split())
    assert f"The port ［12］ of {FULANI}" in read
    assert {int(number) for number in re.findall(r"\[(\d+)\]", read)} == NUMBERS


@pytest.mark.parametrize("format", ["md", "html", "docx", "pdf"])
def test_what_is_doubted_disputed_and_undated_is_said(format: str) -> None:
    read = squeezed(text_of(format, BRIEFING))
    for words in (
        "(not supported by what it cites)", "disagreement", "later figure", "undated", "As of June 2022",
        "15 May 2022", "Publisher unknown", "page 3",
    ):  # fmt: skip
        assert squeezed(words) in read


@pytest.mark.parametrize("format", ["md", "html", "docx", "pdf"])
def test_letters_of_fulani_survive(format: str) -> None:
    if format == "pdf" and not {ord(char) for char in "Ɗɓɗ"} <= font_for(str(BRIEFING.to_json())).characters:
        pytest.skip("no font with these letters is installed")
    assert FULANI in " ".join(text_of(format, BRIEFING).split())


@pytest.mark.parametrize("format", [one for one in FORMATS if one != "csv"])
def test_a_refusal_is_a_file_too(format: str) -> None:
    data = render(REFUSED, format)
    if format == "json":
        assert json.loads(data)["refused"] is True
    else:
        read = text_of(format, REFUSED)
        assert "The sources do not hold it." in " ".join(read.split()) and "Endnotes" not in read


def test_a_format_that_is_not_known_is_named_with_the_ones_that_are() -> None:
    with pytest.raises(ValueError, match="'odt' is not a format: choose md, html, docx, pdf, csv, json"):
        render(BRIEFING, "odt")


def test_json_is_read_back_as_the_same_briefing() -> None:
    assert Briefing.from_json(json.loads(render(BRIEFING, "json"))) == BRIEFING
    assert FULANI in render(BRIEFING, "json").decode("utf-8")


# -- HTML


def test_a_page_runs_nothing_and_loads_nothing() -> None:
    page = html_of(render(BRIEFING, "html"))
    assert page.xpath("//script | //img | //iframe | //link | //object | //base | //@src") == []
    assert page.xpath("//@*[starts-with(name(), 'on')]") == []
    outside = [one for one in page.xpath("//a[@href]") if not one.get("href").startswith(("#note-", "#ref-"))]
    assert {one.get("href") for one in outside} == {BRIEFING.citations[2].source}, (
        "a known source's own address"
    )
    assert all(one.get("rel") == "noreferrer noopener" for one in outside)
    assert not re.search(r"url\(|@import", "".join(page.xpath("//style/text()")))
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy and "script-src" not in policy


def test_every_marker_of_a_page_leads_to_its_one_endnote_and_back() -> None:
    page = html_of(render(BRIEFING, "html"))
    links = page.xpath("//a[starts-with(@href, '#note-')]")
    assert {one.text for one in links} == {f"[{number}]" for number in NUMBERS}
    for link in links:
        (note,) = page.xpath("//*[@id=$id]", id=link.get("href").removeprefix("#"))
        assert note.text_content().startswith(link.text)
        (back,) = note.xpath("./a[starts-with(@href, '#ref-')]")
        assert page.xpath("//*[@id=$id]", id=back.get("href").removeprefix("#"))
    assert len(page.xpath("//*[starts-with(@id, 'note-')]")) == len(NUMBERS)


# -- Markdown


@pytest.mark.parametrize("raw_html", [False, True])
def test_nothing_in_a_source_is_markup_in_markdown(raw_html: bool) -> None:
    page = markdown_as_html(render(BRIEFING, "md"), raw_html)
    assert page.xpath("//script | //a | //img | //s | //code | //del") == []
    assert [one.text_content() for one in page.xpath("//h1")] == [BRIEFING.title]
    assert "# not a heading" in [one.text_content() for one in page.xpath("//li")]
    assert [one.text_content() for one in page.xpath("//em")] == [BRIEFING.notice]


def test_a_bar_in_a_source_does_not_make_a_column_in_markdown() -> None:
    rows = markdown_as_html(render(BRIEFING, "md")).xpath("//tbody/tr")
    assert [[cell.text_content() for cell in row] for row in rows] == [
        ["15 May 2022", f"The dyke broke | {SCRIPT} [3]"],
        ["2022", "Rain fell [1]"],
    ]


def test_an_answer_in_markdown_has_its_endnotes_and_no_markup_of_the_source() -> None:
    answer = Answer(f"Why {LINK}?", BRIEFING.bottom_line, BRIEFING.citations[:2], False, "extractive", 0.1)
    page = markdown_as_html(answer_markdown(answer).encode(), raw_html=True)
    assert page.xpath("//script | //a | //em") == []
    assert [one.text_content() for one in page.xpath("//strong")] == [f"Why {LINK}?"]
    read = " ".join(page.text_content().split())
    assert "［12］" in read
    for one in BRIEFING.citations[:2]:
        assert re.search(rf"\[{one.number}\].*{re.escape(one.publisher or 'Publisher unknown')}", read)


# -- Word


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


def test_the_citations_of_a_word_file_are_its_own_footnotes_with_the_briefing_s_numbers() -> None:
    data = render(BRIEFING, "docx")
    body = docx.Document(io.BytesIO(data)).element.body
    references = [int(one.get(qn("w:id"))) for one in body.iter(qn("w:footnoteReference"))]
    notes = footnotes(data)
    assert sorted(references) == sorted(notes) == sorted(NUMBERS), (
        "each once; a later marker refers to the first"
    )
    for one in BRIEFING.citations:
        told = " ".join(notes[one.number].split())
        assert " ".join(escape_markers(one.quote.replace("\x07", "")).split()) in told
        assert one.grade in told and (one.publisher or "Publisher unknown") in told


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


def test_a_control_character_breaks_no_file() -> None:
    assert "Bellsrang" in docx_text(render(BRIEFING, "docx")), "XML cannot hold it"
    assert "Bellsrang" in squeezed(pdf_text(render(BRIEFING, "pdf")))
    saved = render(BRIEFING, "json")
    assert b"\x07" not in saved and json.loads(saved)["citations"][1]["quote"] == "Bells\x07rang"


# -- PDF


def test_a_pdf_has_its_title_and_a_link_for_every_marker() -> None:
    data = render(BRIEFING, "pdf")
    with pypdfium2.PdfDocument(data) as document:
        assert document.get_metadata_dict()["Title"] == BRIEFING.title
    assert data.count(b"/Subtype /Link") == 10 + len(NUMBERS), (
        "every marker, and each endnote back to the first"
    )
    assert data.startswith(b"%PDF-") and b"/JavaScript" not in data and b"/URI" not in data


def test_a_long_pdf_goes_over_many_pages_and_numbers_them() -> None:
    long = replace(BRIEFING, paragraphs=BRIEFING.paragraphs * 40, chronology=BRIEFING.chronology * 40)
    with pypdfium2.PdfDocument(render(long, "pdf")) as document:
        pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    assert len(pages) > 4
    assert all(f"{number} of {len(pages)}" in text for number, text in enumerate(pages, start=1))


def test_a_marking_stands_on_every_page_of_a_pdf_and_at_both_ends_of_the_other_files() -> None:
    long = replace(BRIEFING, paragraphs=BRIEFING.paragraphs * 40, handling="FOR THE DESK ONLY")
    with pypdfium2.PdfDocument(render(long, "pdf")) as document:
        assert all(page.get_textpage().get_text_range().count("FOR THE DESK ONLY") == 2 for page in document)
    for format in ("md", "html"):
        read = text_of(format, long).strip()
        assert read.startswith("FOR THE DESK ONLY") and read.endswith("FOR THE DESK ONLY")


@pytest.mark.parametrize("text", ["1994. It rained.", "---", "# no heading", "+ no item", "2) no item"])
def test_no_text_is_a_list_a_rule_or_a_heading_in_markdown(text: str) -> None:
    from assistant.export.markdown import _text

    html = MarkdownIt().render(_text(text))
    assert html == f"<p>{text}</p>\n"
