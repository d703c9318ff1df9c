"""A note is read where the text refers to it."""

from __future__ import annotations

import pytest
from book_samples import epub, lines, places
from ingest_samples import FIRST, SECOND

from ingest import read

NOTE = "The third was lost on its way."


def noted(link: str) -> str:
    """A paragraph with a link to a note, and another."""
    return f"<p>Two cranes were delivered in spring<sup>{link}</sup>. They came by sea.</p><p>{SECOND}</p>"


@pytest.mark.parametrize(
    "pages",
    [
        {
            "a.xhtml": noted('<a epub:type="noteref" href="#n1">1</a>')
            + f'<aside epub:type="footnote" id="n1"><p>{NOTE}</p></aside>'
        },
        {
            "a.xhtml": noted('<a id="r1" href="notes.xhtml#n1">1</a>'),
            "notes.xhtml": '<section epub:type="endnotes"><h2>Notes</h2><ol><li id="n1"><p>'
            f'{NOTE} <a href="a.xhtml#r1">↩</a></p></li></ol></section>',
        },
        {
            "a.xhtml": noted('<a id="r1" href="#n1">[1]</a>')
            + f'<hr/><p><a id="n1"/><a href="#r1">[1]</a> {NOTE}</p>'
        },
        {"a.xhtml": noted('<a href="#n1">*</a>') + f'<div class="footnote"><p id="n1">{NOTE}</p></div>'},
    ],
    ids=["marked footnote", "endnotes of their own", "links to and fro", "by class"],
)
def test_a_note_follows_what_it_notes_and_its_mark_is_gone(pages: dict[str, str]) -> None:
    document = read(epub(pages), "book.epub")
    assert lines(document) == ["Two cranes were delivered in spring. They came by sea.", NOTE, SECOND]


def test_notes_stand_in_their_order_and_their_emptied_section_is_gone() -> None:
    body = (
        '<h1>Cranes</h1><p>Two came<a id="r1" href="#n1">1</a> by sea<a id="r2" href="#n2">2</a>.</p><div>'
        '<h2>Footnotes</h2><p id="n1"><a href="#r1">1</a>. In spring.</p>'
        '<p id="n2"><a href="#r2">2</a>. From Ostra.</p>'
        f"</div><p>{SECOND}</p>"
    )
    document = read(epub({"a.xhtml": body}), "book.epub")
    assert lines(document) == ["Cranes", "Two came by sea.", "In spring.", "From Ostra.", SECOND]
    assert places(document)[SECOND] == "Cranes"


def test_a_link_to_another_place_of_the_book_is_no_note() -> None:
    body = (
        f'<p>See table <a href="#t2">2</a> for all fees of the year.</p><p>{FIRST}</p><p id="t2">{SECOND}</p>'
    )
    assert lines(read(epub({"a.xhtml": body}), "book.epub")) == [
        "See table 2 for all fees of the year.",
        FIRST,
        SECOND,
    ]
