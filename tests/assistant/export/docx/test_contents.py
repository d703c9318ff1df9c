"""The table of contents of a Word file."""

from __future__ import annotations

from docx import Document
from docx.oxml.ns import qn
from export_samples import (
    word_parts,
)
from made_briefing import MADE

from assistant.export.docx.contents import TableOfContents
from assistant.export.docx.page_setup import set_up


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


def written(*headings: tuple[str, int]) -> list[str]:
    """The texts of a document with these headings, its table of contents before them."""
    document = Document()
    set_up(document, MADE)
    contents = TableOfContents(document)
    for text, level in headings:
        contents.heading(text, level)
    contents.attach()
    return [
        "".join(t.text or "" for t in line.iter(qn("w:t"))) for line in document.element.body.iter(qn("w:p"))
    ]


def test_the_entries_stand_where_the_table_was_opened_in_the_order_of_the_headings() -> None:
    assert written(("Findings", 1), ("Losses", 2), ("Sources", 1)) == [
        "Contents", "Findings", "Losses", "Sources", "Findings", "Losses", "Sources",
    ]  # fmt: skip


def test_one_heading_is_not_worth_a_table_and_leaves_no_empty_line() -> None:
    assert written(("Findings", 1)) == ["Findings"] and written() == []


def test_a_heading_s_bookmark_holds_its_text_and_has_an_id_that_no_citation_has() -> None:
    document = Document()
    contents = TableOfContents(document)
    contents.heading("Findings", 1)
    names = [child.tag.rpartition("}")[2] for child in document.paragraphs[-1]._p]
    assert names == ["pPr", "bookmarkStart", "r", "bookmarkEnd"]
    (mark,) = document.element.body.iter(qn("w:bookmarkStart"))
    assert int(mark.get(qn("w:id"))) > len(MADE.citations)
