"""A web page gives its main text, a document saved as one all of its text."""

from __future__ import annotations

import pytest
from ingest_samples import FIRST, PAGE, SECOND, assert_located, texts
from lxml import html

from ingest import IngestError, read
from ingest.readers.html.reader import all_parts


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


def parts(source: str) -> list[tuple[str, str]]:
    return [(part.kind, part.text) for part in all_parts(html.document_fromstring(source)) if part.text]


def test_every_block_is_a_part_and_inline_marks_are_none() -> None:
    source = "<h2>Fees</h2>They are <b>low</b>.<br>It rained.<div>One<p>Two</p>Three</div>"
    assert parts(source) == [
        ("heading", "Fees"),
        ("paragraph", "They are low."),
        ("paragraph", "It rained."),
        ("paragraph", "One"),
        ("paragraph", "Two"),
        ("paragraph", "Three"),
    ]


def test_an_item_with_blocks_within_is_an_item_and_its_blocks() -> None:
    assert parts("<ul><li>Pay<ul><li>by weight</li></ul></li></ul>") == [
        ("list", "• Pay"),
        ("list", "• by weight"),
    ]


@pytest.mark.parametrize("tag", ["nav", "footer", "aside", "script", "style", "textarea"])
def test_furniture_of_a_page_is_left_out(tag: str) -> None:
    assert parts(f"<p>Grain</p><{tag}>Menu</{tag}>") == [("paragraph", "Grain")]


def test_words_of_different_blocks_in_a_cell_stay_apart() -> None:
    assert parts("<table><tr><td><p>Lindow</p><p>Ostra</p></td><td>a<br>b</td></tr></table>") == [
        ("table", "Lindow Ostra | a b")
    ]
