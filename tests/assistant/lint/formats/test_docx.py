"""Word files become blocks with paragraph numbers."""

from __future__ import annotations

import io

import docx
import docx.document

from assistant.lint import lint
from assistant.lint.draft.blocks import DraftBlock
from assistant.lint.formats.docx import docx_blocks


def test_a_word_file_is_read_with_paragraph_numbers_and_headings() -> None:
    document = docx.Document()
    document.add_heading("Floods", 0)
    document.add_paragraph("As of 1 June 2022")
    document.add_heading("Losses", 1)
    document.add_paragraph("The dyke broke. [1] Ships wait outside.")
    document.add_heading("Notes", 1)
    document.add_paragraph("River Wire, 16 May 2022.", style="List Number")
    made = io.BytesIO()
    document.save(made)
    assert [(one.line, one.where, one.rule) for one in lint(made.getvalue(), "floods.docx").findings] == [
        (4, "Losses", "uncited")
    ]


def blocks_of(document: docx.document.Document) -> list[DraftBlock]:
    saved = io.BytesIO()
    document.save(saved)
    return list(docx_blocks(saved.getvalue()))


def test_a_short_bold_paragraph_is_a_heading_and_a_bold_beginning_leads() -> None:
    document = docx.Document()
    document.add_paragraph().add_run("Losses").bold = True
    paragraph = document.add_paragraph()
    paragraph.add_run("Deaths.").bold = True
    paragraph.add_run(" Two died.")
    heading, text = blocks_of(document)
    assert (heading.kind, heading.text) == ("heading", "Losses")
    assert (text.kind, text.lead, text.text) == ("paragraph", "Deaths.", "Deaths. Two died.")


def test_a_raised_number_is_a_marker() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The dyke broke.")
    paragraph.add_run("1, 2").font.superscript = True
    (block,) = blocks_of(document)
    assert block.text == "The dyke broke.[1, 2]"


def test_a_first_row_that_names_the_columns_is_no_statement_and_counts_as_a_place() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    cells = [*table.rows[0].cells, *table.rows[1].cells]
    for cell, text in zip(cells, ("Date", "Event", "3 May", "It fell."), strict=True):
        cell.text = text
    (row,) = [block for block in blocks_of(document) if block.kind == "row"]
    assert (row.text, row.line) == ("3 May | It fell.", 2)
