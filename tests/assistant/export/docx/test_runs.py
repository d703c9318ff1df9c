"""Runs of a Word file and their directions."""

from __future__ import annotations

import unicodedata

import pytest
from docx import Document
from docx.oxml.ns import qn
from export_samples import (
    word_parts,
)
from made_briefing import ARABIC

from assistant.export.docx.runs import pieces, write


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


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("abc", False, [("abc", False)]),
        ("a אב ג, b", False, [("a ", False), ("אב ג", True), (", b", False)]),
        ("אב [1]", True, [("אב [1]", True)]),
        ("אב ab", True, [("אב ", True), ("ab", False)]),
        ("a ב 12", False, [("a ", False), ("ב", True), (" 12", False)]),
        ("a ב\u05b7 c", False, [("a ", False), ("ב\u05b7", True), (" c", False)]),
        ("12 – 13", True, [("12 – 13", True)]),
        ("", False, []),
    ],
)
def test_text_is_cut_where_its_direction_turns(
    text: str, base: bool, expected: list[tuple[str, bool]]
) -> None:
    found = list(pieces(text, base))
    assert found == expected and "".join(piece for piece, _ in found) == text


def test_the_first_text_of_a_paragraph_decides_its_direction() -> None:
    paragraph = Document().add_paragraph()
    write(paragraph, "שלום")
    write(paragraph, " and more")
    assert paragraph._p.pPr.find(qn("w:bidi")) is not None
    other = Document().add_paragraph()
    write(other, "Peace, ")
    write(other, "שלום")
    assert other._p.pPr is None


def test_a_run_names_its_language_and_is_parted_from_what_follows_it() -> None:
    paragraph = Document().add_paragraph()
    write(paragraph, "the שלום and سلام", bold=True)
    languages = [one.get(qn("w:bidi")) for one in paragraph._p.iter(qn("w:lang"))]
    assert languages == ["he-IL", "ar-SA"]
    assert paragraph.text == "the שלום\u200e and سلام\u200e"
    assert all(run.font.cs_bold for run in paragraph.runs if run.text != "\u200e")
