"""A Word file is dated by its cover page, and a damaged one is refused."""

from __future__ import annotations

import io

import docx
import pytest
from ingest_samples import FIRST, SECOND, assert_located, texts
from word_samples import MAIN_PART, of_body, rewritten, run

from ingest import IngestError, read


def test_a_date_filled_in_on_the_cover_page_is_the_date_of_publication() -> None:
    cover = (
        '<CoverPageProperties xmlns="http://schemas.microsoft.com/office/2006/coverPageProps">'
        "<PublishDate>2021-03-14T00:00:00</PublishDate></CoverPageProperties>"
    )
    data = rewritten(
        of_body(f"<w:p>{run(FIRST)}</w:p>"), lambda _, member: member, {"customXml/item9.xml": cover}
    )
    metadata = read(data, "a.docx").metadata
    assert metadata.published == "2021-03-14"
    assert metadata.found["published"] == "publication date on the cover page"


def test_a_damaged_document_is_named_unreadable() -> None:
    whole = of_body(f"<w:p>{run(FIRST)}</w:p>")
    half = rewritten(whole, lambda name, member: member[: len(member) // 2] if name == MAIN_PART else member)
    with pytest.raises(IngestError) as caught:
        read(half, "a.docx")
    assert caught.value.code == "unreadable"


def test_a_word_file_gives_headings_lists_and_readable_rows(word: bytes) -> None:
    document = read(word, "fees.docx")
    assert_located(document)
    assert texts(document, "heading") == ["Fees in Small Harbours", "What they pay", "What they ask"]
    assert texts(document, "list") == ["• Fees by weight", "• Fees by length"]
    assert texts(document, "table") == ["Harbour: Lindow; Fee: 12", "Harbour: Ostra; Fee: 19"]
    block = next(block for block in document.blocks if document.text[block.start : block.end] == SECOND)
    assert block.heading == "What they ask"
    assert document.metadata.title == "Fees in Small Harbours"
    assert document.metadata.authors == ("Mara Lindqvist",)
    assert document.metadata.published is None  # the template's creation date is none


def test_a_template_author_is_no_author() -> None:
    document = docx.Document()
    document.add_paragraph(FIRST)
    out = io.BytesIO()
    document.save(out)
    assert read(out.getvalue(), "a.docx").metadata.authors == ()
