"""A book is read in the order of its spine."""

from __future__ import annotations

import pytest
from book_samples import epub, lines, places
from ingest_samples import FIRST, SECOND

from ingest import IngestError, read


def test_a_book_is_read_in_the_order_of_its_spine_without_cover_and_contents() -> None:
    document = read(
        epub(
            {
                "cover.xhtml": "<p>Picture of a crane</p>",
                "z%20last.xhtml": f"<h1>The large harbour</h1><p>{FIRST}</p>",
                "a.xhtml": f"<h1>The small ones</h1><h2>Their fees</h2><p>{SECOND}</p>",
            },
            guide='<reference type="cover" href="cover.xhtml"/>',
        ),
        "book.epub",
    )
    assert lines(document) == ["The large harbour", FIRST, "The small ones", "Their fees", SECOND]
    assert places(document)[SECOND] == "The small ones › Their fees"
    assert document.kind == "epub"


def test_a_page_without_marked_headings_takes_them_from_the_contents() -> None:
    data = epub(
        {"a.xhtml": f'<p class="big">The Large Harbour</p><p>{FIRST}</p>'},
        contents='<li><a href="a.xhtml">The large harbour</a></li>',
    )
    assert places(read(data, "book.epub"))[FIRST] == "The Large Harbour"


def test_a_book_that_unpacks_to_far_too_much_is_refused() -> None:
    with pytest.raises(IngestError) as caught:
        read(epub({"a.xhtml": " " * 20_000_000}), "book.epub")
    assert caught.value.code == "too_large"
