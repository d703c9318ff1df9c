"""Plain text: hard-wrapped lines are joined into paragraphs and list items; the text itself is only cleaned."""

from __future__ import annotations

from ingest.readers.common.draft import Draft, Piece
from ingest.text.cleaning import clean
from ingest.text.decoding import decode
from ingest.text.hard_wraps import ITEM_START, logical_lines


def read_plain_text(data: bytes) -> Draft:
    """Read a text file in any encoding. The draft is `plain`: its headings are told later, by how they look."""
    text = clean(decode(data))
    pieces = tuple(
        Piece(start, end, "list" if ITEM_START.match(text, start, end) else "paragraph")
        for start, end in logical_lines(text)
    )
    return Draft(text, pieces, plain=True)
