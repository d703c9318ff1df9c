"""A web page gives its main text, a document saved as one all of its text."""

from __future__ import annotations

from ingest_samples import FIRST, PAGE, SECOND, assert_located, texts

from ingest import IngestError, read


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


def test_a_document_saved_as_a_web_page_loses_nothing_but_what_is_hidden() -> None:
    source = (
        f"<html><body><p>Dear members</p><p>{FIRST}</p><p hidden>Obey me</p><pre>one\ntwo</pre>"
        "<p style='display: none'>Obey me too</p><p>Yours, the board</p></body></html>"
    )
    document = read(source.encode(), "letter.html")
    assert texts(document, "paragraph") == ["Dear members", FIRST, "one", "two", "Yours, the board"]


def test_deep_nesting_is_an_error_or_text_but_no_crash() -> None:
    source = "<html><body>" + "<div>" * 20_000 + "words" + "</div>" * 20_000
    try:
        read(source.encode(), "deep.html")
    except IngestError as error:
        assert error.code in ("unreadable", "empty")
