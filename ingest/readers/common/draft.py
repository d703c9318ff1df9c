"""The draft: what a reader of one format produces, before the rules for all formats are applied to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.document import Attachment, BlockKind, Metadata
from ingest.text.cleaning import clean, one_line


@dataclass(frozen=True)
class Piece:
    """One paragraph, heading, list item or table row, located in the draft's text."""

    start: int  # offset in code points into Draft.text
    end: int  # exclusive
    kind: BlockKind = "paragraph"
    level: int = 0  # of a heading, 1 is the highest; 0 for the rest
    page: int | None = None  # 1-based


@dataclass(frozen=True)
class Draft:
    """A report's text, located, and the metadata that its format holds.

    `strong` metadata wins over what the text states (a web page's own metadata). `weak` metadata loses against it (file
    properties, which are often those of a template).
    """

    text: str
    pieces: tuple[Piece, ...]
    strong: Metadata = field(default_factory=Metadata)
    weak: Metadata = field(default_factory=Metadata)
    pages: int | None = None  # number of pages or slides
    plain: bool = False  # headings are not marked and must be found by their look
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class DraftPart:
    """A piece of text that has no offsets yet."""

    text: str
    kind: BlockKind = "paragraph"
    level: int = 0  # as in Piece
    page: int | None = None  # 1-based


def compose(parts: Iterable[DraftPart]) -> tuple[str, tuple[Piece, ...]]:
    """Join parts to one text, cleaned, with blank lines between them and line ends within a list or table.

    Returns the text and the located pieces; empty parts are left out.
    """
    chunks: list[str] = []
    pieces: list[Piece] = []
    length = 0
    previous: DraftPart | None = None
    for part in parts:
        body = clean(part.text).strip()
        if not body:
            continue
        if previous is not None:
            same_run = (
                part.kind == previous.kind and part.kind in ("list", "table") and part.page == previous.page
            )
            gap = "\n" if same_run else "\n\n"
            chunks.append(gap)
            length += len(gap)
        chunks.append(body)
        pieces.append(Piece(length, length + len(body), part.kind, part.level, part.page))
        length += len(body)
        previous = part
    return "".join(chunks), tuple(pieces)


def joined_line(parts: Iterable[DraftPart]) -> str:
    """The texts of parts on one line, for a table cell that holds several."""
    return " ".join(one_line(part.text) for part in parts)
