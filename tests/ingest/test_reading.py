"""Each format gives clean, exactly located text; each bad file an error that says what to do."""

from __future__ import annotations

import codecs
import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from ingest_samples import FIRST, PAGE, SECOND

from ingest import Document, IngestError, read


def texts(document: Document, kind: str) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind == kind]


def assert_located(document: Document) -> None:
    """Blocks are in order, apart, trimmed, and hold all of the text but white space."""
    covered = 0
    for block in document.blocks:
        text = document.text[block.start : block.end]
        assert text == text.strip() != ""
        assert not document.text[covered : block.start].strip()
        covered = block.end
    assert not document.text[covered:].strip()


def test_a_pdf_gives_paragraphs_on_their_pages_without_running_lines(pdf: bytes) -> None:
    document = read(pdf, "harbours.pdf")
    assert_located(document)
    assert (document.kind, document.pages) == ("pdf", 2)
    assert FIRST in texts(document, "paragraph")
    assert SECOND in texts(document, "paragraph")
    assert "Coastal Trade Review" not in document.text
    assert "Page 1" not in document.text
    block = next(
        block for block in document.blocks if document.text[block.start :].startswith("Smaller ports")
    )
    assert (block.page, block.heading) == (2, "The small ones")


def test_a_pdf_states_its_title_authors_and_date(pdf: bytes) -> None:
    metadata = read(pdf, "harbours.pdf").metadata
    assert metadata.title == "Grain and the Harbours of the Coast"
    assert metadata.authors == ("Mara Lindqvist", "Tomas Okoro")
    assert metadata.published == "2021-03-14"
    assert metadata.language == "en"
    assert set(metadata.found) == {"title", "authors", "published", "language"}


def test_the_time_a_pdf_was_made_is_no_publication_date(drawn_pdf: Callable[..., bytes]) -> None:
    assert read(drawn_pdf(["Nothing here says when it was written."]), "a.pdf").metadata.published is None


def test_words_broken_at_line_ends_are_joined(drawn_pdf: Callable[..., bytes]) -> None:
    lines = [
        "The harbour master spoke of an extra-",
        "ordinary year, and of self-",
        "sufficient villages on the Lindow-",
        "Ostra road.",
    ]
    text = read(drawn_pdf(lines), "a.pdf").text
    assert "an extraordinary year" in text
    assert "self-sufficient" in text
    assert "Lindow-Ostra road" in text


def test_a_sentence_across_pages_is_whole_on_the_page_where_it_begins(
    drawn_pdf: Callable[..., bytes],
) -> None:
    document = read(
        drawn_pdf(["The cranes were ordered in the north and"], ["arrived in spring. They work well."]),
        "a.pdf",
    )
    whole, rest = document.blocks
    assert (
        document.text[whole.start : whole.end]
        == "The cranes were ordered in the north and arrived in spring."
    )
    assert (whole.page, rest.page) == (1, 2)


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


def test_a_web_page_gives_its_main_text_and_its_own_metadata() -> None:
    document = read(PAGE.encode(), "page", "https://coast.example/page")
    assert_located(document)
    assert FIRST in texts(document, "paragraph")
    assert "Harbour: Lindow; Tonnes: 900" in texts(document, "table")
    assert "• One crane came from the north." in texts(document, "list")
    assert "About" not in document.text
    metadata = document.metadata
    assert (metadata.title, metadata.authors, metadata.publisher) == (
        "Cranes at work",
        ("Ines Varga",),
        "Coast News",
    )
    assert metadata.published == "2022-05-04"
    block = next(block for block in document.blocks if document.text[block.start : block.end] == SECOND)
    assert block.heading == "Elsewhere"


def test_markdown_gives_front_matter_headings_and_plain_words() -> None:
    source = f"""---
title: "Grain prices"
author: [Ines Varga, Tomas Okoro]
date: 2021-03
publisher: Coast News
---
# Grain prices

## In the *north*

{FIRST} See [the table](https://example.org/table) for **all** figures.

- first point
- second point

| Harbour | Price |
| --- | --- |
| Lindow | 4 |
"""
    document = read(source.encode(), "grain.md")
    assert_located(document)
    assert texts(document, "heading") == ["Grain prices", "In the north"]
    assert texts(document, "list") == ["• first point", "• second point"]
    assert texts(document, "table") == ["Harbour: Lindow; Price: 4"]
    assert "See the table for all figures." in document.text
    assert document.blocks[2].heading == "In the north"
    metadata = document.metadata
    assert (metadata.title, metadata.publisher, metadata.published) == (
        "Grain prices",
        "Coast News",
        "2021-03",
    )
    assert metadata.authors == ("Ines Varga", "Tomas Okoro")


FRENCH = "Les élèves du lycée français étaient déjà arrivés à l'école, où l'hôtesse leur a donné un café très sucré."


@pytest.mark.parametrize(
    "data",
    [
        FRENCH.encode(),
        codecs.BOM_UTF8 + FRENCH.encode(),
        FRENCH.encode("utf-16"),
        FRENCH.encode("utf-16-le"),
        codecs.BOM_UTF32_BE + FRENCH.encode("utf-32-be"),
        FRENCH.encode("utf-32-le"),
        FRENCH.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 marked", "utf-16 marked", "utf-16", "utf-32 marked", "utf-32", "cp1252"],
)
def test_plain_text_is_read_in_any_encoding(data: bytes) -> None:
    document = read(data, "note.txt")
    assert document.text == FRENCH


def test_plain_text_stays_as_it_stands() -> None:
    text = "First line  with  spaces\n\n\n   indented paragraph that goes on\n"
    assert read(text.encode(), "note.txt").text == text


def test_text_is_clean_and_joiners_stay() -> None:
    dirty = "a\x00b \u202ec\u202c d\U000e0041 \ufefff \u200dg\u200c\r\nh\u2028i"
    assert read(dirty.encode(), "note.txt").text == "ab c d f \u200dg\u200c\nh\ni"
    assert read("high \ud800 low".encode("utf-8", "surrogatepass"), "n.txt").text.encode()


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.pdf", "empty"),
        (b" \n ", "a.txt", "empty"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" * 20, "setup.exe", "unknown_kind"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "map.png", "unreadable"),
        (b"a,b\n1,2\n", "table.xyz", "unknown_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old.doc", "unknown_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "password"),
        (b"not a pdf at all", "a.pdf", "unreadable"),
        (b"%PDF-1.7\nbroken", "a.pdf", "unreadable"),
        (b"PK\x03\x04broken", "a.docx", "unreadable"),
        (b"<html><body></body></html>", "a.html", "empty"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_remedy(data: bytes, name: str, code: str) -> None:
    with pytest.raises(IngestError) as caught:
        read(data, name)
    assert caught.value.code == code
    assert name in caught.value.message
    assert caught.value.message.endswith(".")
    if code == "unknown_kind":
        assert "PDF" in caught.value.message
        assert ".docx" in caught.value.message


def test_a_protected_pdf_asks_for_a_copy_without_password(drawn_pdf: Callable[..., bytes]) -> None:
    with pytest.raises(IngestError) as caught:
        read(drawn_pdf(["secret"], password="x"), "a.pdf")
    assert caught.value.code == "password"


def test_a_pdf_of_pictures_says_that_text_recognition_is_missing(drawn_pdf: Callable[..., bytes]) -> None:
    with pytest.raises(IngestError) as caught:
        read(drawn_pdf([]), "scan.pdf")
    assert caught.value.code == "no_text"
    assert "OCR" in caught.value.message


def test_the_content_decides_the_kind_before_the_name(pdf: bytes) -> None:
    assert read(pdf, "report.txt").kind == "pdf"
    assert read(PAGE.encode(), "report.txt").kind == "html"
    assert (
        read(b"Only words here.", "https://x.example/report.php", "https://x.example/report.php").kind
        == "txt"
    )


def test_a_zip_that_unpacks_to_far_too_much_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w/>")
        for number in range(4):
            archive.writestr(f"word/{number}.bin", bytes(90_000_000))
    with pytest.raises(IngestError) as caught:
        read(out.getvalue(), "bomb.docx")
    assert caught.value.code == "too_large"


def test_deep_nesting_is_an_error_or_text_but_no_crash() -> None:
    source = "<html><body>" + "<div>" * 20_000 + "words" + "</div>" * 20_000
    try:
        read(source.encode(), "deep.html")
    except IngestError as error:
        assert error.code in ("unreadable", "empty")
