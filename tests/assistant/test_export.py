"""Claims that hold for every export format: nothing is lost, nothing of a source is markup, the marking is on each."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from export_samples import (
    BRIEFING,
    FULANI,
    JUDGED,
    LINK,
    NUMBERS,
    OUT_OF_ORDER,
    PART,
    REFUSED,
    SCRIPT,
    docx_text,
    pdf_text,
    text_of,
)
from exports_read import WRITTEN, lost, read, squeezed
from made_briefing import MADE

from assistant import Briefing
from assistant.export import FORMATS, render
from assistant.export.pdf.fonts import font_for
from assistant.results.excerpt import excerpt
from assistant.results.handling import handling_marking
from assistant.results.saved_briefing import NotABriefing, read_briefing

pytestmark = pytest.mark.index


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


@pytest.mark.parametrize("format", WRITTEN)
def test_confidence_echoes_and_the_cut_off_are_in_every_format(format: str) -> None:
    body = squeezed(read(format, render(MADE, format)).body)
    for words in (
        "High confidence: ", "Reports that repeat one origin", "same words", "information cut-off",
        "River Wire, 16 May 2022", "Where sources differ", "What is not known",
    ):  # fmt: skip
        assert squeezed(words) in body


@pytest.mark.parametrize("format", ["md", "html", "docx", "pdf"])
def test_letters_of_fulani_survive(format: str) -> None:
    if format == "pdf" and not {ord(char) for char in "Ɗɓɗ"} <= font_for(str(BRIEFING.to_json())).characters:
        pytest.skip("no font with these letters is installed")
    assert FULANI in " ".join(text_of(format, BRIEFING).split())


def test_a_control_character_breaks_no_file() -> None:
    assert "Bellsrang" in docx_text(render(BRIEFING, "docx")), "XML cannot hold it"
    assert "Bellsrang" in squeezed(pdf_text(render(BRIEFING, "pdf")))
    saved = render(BRIEFING, "json")
    assert b"\x07" not in saved and json.loads(saved)["citations"][1]["quote"] == "Bells\x07rang"


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


def test_a_marking_stands_on_every_page_of_a_pdf_and_at_both_ends_of_the_other_files() -> None:
    long = replace(BRIEFING, paragraphs=BRIEFING.paragraphs * 40, handling="FOR THE DESK ONLY")
    with pypdfium2.PdfDocument(render(long, "pdf")) as document:
        assert all(page.get_textpage().get_text_range().count("FOR THE DESK ONLY") == 2 for page in document)
    for format in ("md", "html"):
        read = text_of(format, long).strip()
        assert read.startswith("FOR THE DESK ONLY") and read.endswith("FOR THE DESK ONLY")


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
