"""What a reader of one format produces, before the rules that hold for all formats are applied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.document import Attachment, BlockKind, Metadata
from ingest.text.cleaning import clean, one_line


@dataclass(frozen=True)
class Piece:
    """One paragraph, heading, list item or table row, located in the draft's text."""

    start: int  # offset in code points
    end: int
    kind: BlockKind = "paragraph"
    level: int = 0  # of a heading, 1 is the highest
    page: int | None = None  # 1-based


@dataclass(frozen=True)
class Draft:
    """Located text and the metadata the format itself holds.

    `strong` outranks what the text says (a web page's own metadata); `weak` gives way to it (file properties,
    which are often a template's).
    """

    text: str
    pieces: tuple[Piece, ...]
    strong: Metadata = field(default_factory=Metadata)
    weak: Metadata = field(default_factory=Metadata)
    pages: int | None = None
    plain: bool = False  # headings carry no mark and must be told by their look
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class DraftPart:
    """A piece of text not yet located."""

    text: str
    kind: BlockKind = "paragraph"
    level: int = 0
    page: int | None = None


def compose(parts: Iterable[DraftPart]) -> tuple[str, tuple[Piece, ...]]:
    """Parts joined into one text: blank lines between them, single line ends within a list or a table."""
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
    """The texts of parts as one line, such as those of a cell of a table."""
    return " ".join(one_line(part.text) for part in parts)
