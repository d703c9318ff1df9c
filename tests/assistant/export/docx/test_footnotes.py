"""The citations of a Word file as Word's own footnotes."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx import Document
from docx.oxml.ns import qn
from export_samples import (
    BRIEFING,
    NUMBERS,
    footnotes,
    word_parts,
)
from lxml import etree
from made_briefing import MADE

from assistant.export import render
from assistant.export.docx.footnotes import Footnotes
from assistant.export.docx.page_setup import set_up
from assistant.results.answer import escape_markers


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


def test_the_settings_of_a_word_file_name_the_separators_before_what_follows_them() -> None:
    names = [etree.QName(one).localname for one in word_parts()["word/settings.xml"]]
    assert names.index("footnotePr") < names.index("compat")


def document_of(*marked: int, attach: bool = True) -> tuple[Any, Footnotes]:
    """A document whose one paragraph marks these numbers of MADE."""
    document = Document()
    set_up(document, MADE)
    notes = Footnotes(document, MADE.citations)
    notes.mark(document.add_paragraph("It rained."), marked)
    if attach:
        notes.attach()
    return document, notes


def notes_of(document: Any) -> Any:
    """The notes of a document, the two separators left out."""
    (part,) = [part for part in document.part.package.iter_parts() if part.partname == "/word/footnotes.xml"]
    return [note for note in etree.fromstring(part.blob) if note.get(qn("w:type")) is None]


def test_a_marker_that_comes_again_is_a_link_to_the_first() -> None:
    document, _ = document_of(1, 2, 1)
    references = [one.get(qn("w:id")) for one in document.element.body.iter(qn("w:footnoteReference"))]
    (code,) = [
        one.text.split() for one in document.element.body.iter(qn("w:instrText")) if "NOTEREF" in one.text
    ]
    assert references == ["1", "2"] and code[:2] == ["NOTEREF", "cited1"]


def test_word_counts_the_notes_only_if_its_count_gives_the_briefing_s_numbers() -> None:
    for marked, counted in (((1, 2, 3), True), ((2, 1), False), ((3,), False)):
        document, _ = document_of(*marked)
        own = [
            one.get(qn("w:customMarkFollows"))
            for one in document.element.body.iter(qn("w:footnoteReference"))
        ]
        assert own == [None if counted else "1"] * len(marked), marked
        assert all(
            (note.find(f".//{qn('w:footnoteRef')}") is not None) == counted for note in notes_of(document)
        )


def test_citations_that_nothing_marks_are_known_until_they_are_marked() -> None:
    _, notes = document_of(2, attach=False)
    assert notes.unmarked == [one.number for one in MADE.citations if one.number != 2]


def test_a_document_that_cites_nothing_has_no_part_for_notes() -> None:
    document, _ = document_of()
    assert all(part.partname != "/word/footnotes.xml" for part in document.part.package.iter_parts())
