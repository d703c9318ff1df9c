"""Plain text stays as it stands."""

from __future__ import annotations

from ingest import read
from ingest.readers.common.draft import Draft
from ingest.readers.plain_text import read_plain_text


def test_plain_text_stays_as_it_stands() -> None:
    text = "First line  with  spaces\n\n\n   indented paragraph that goes on\n"
    assert read(text.encode(), "note.txt").text == text


def pieces(text: str) -> list[tuple[str, str]]:
    draft = read_plain_text(text.encode())
    return [(piece.kind, draft.text[piece.start : piece.end]) for piece in draft.pieces]


def test_typed_items_are_a_list() -> None:
    assert pieces("Fees\n\n- by weight\n2. by length\n\nThey are low.") == [
        ("paragraph", "Fees"),
        ("list", "- by weight"),
        ("list", "2. by length"),
        ("paragraph", "They are low."),
    ]


def test_headings_are_left_to_their_look() -> None:
    draft = read_plain_text(b"Fees\n\nThey are low.")
    assert draft.plain and {piece.kind for piece in draft.pieces} == {"paragraph"}


def test_an_empty_text_has_no_pieces() -> None:
    assert read_plain_text(b"") == Draft("", (), plain=True)
