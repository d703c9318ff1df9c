"""Plain text stays as it stands."""

from __future__ import annotations

from ingest import read


def test_plain_text_stays_as_it_stands() -> None:
    text = "First line  with  spaces\n\n\n   indented paragraph that goes on\n"
    assert read(text.encode(), "note.txt").text == text
