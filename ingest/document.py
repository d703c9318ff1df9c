"""What a reader hands on: located text and what the report says about itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["heading", "paragraph", "list", "table", "furniture"]


class IngestError(Exception):
    """A source that cannot become a document.

    `code` is stable and for programs (`empty`, `unreadable`, `unknown_kind`, `password`,
    `missing`, `address_refused`, `unreachable`, `too_large`, `timeout`, …); `message` is for people:
    what is wrong and what to do next.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Block:
    """One paragraph, heading, list item or table row of a document."""

    start: int  # offset in code points into Document.text
    end: int
    kind: BlockKind = "paragraph"  # furniture: captions, navigation, biographies; never answers a question
    page: int | None = None  # 1-based
    heading: str | None = None  # path of the headings it stands under, joined by " › "


@dataclass(frozen=True)
class Metadata:
    """What the report states about itself; None or empty where it states nothing."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None  # YYYY, YYYY-MM or YYYY-MM-DD
    language: str | None = None  # ISO 639-1
    found: Mapping[str, str] = field(default_factory=dict)  # field -> how it was found, for people
    tags: tuple[str, ...] = ()
    address: str | None = None  # where the report says that it stands: http or https


@dataclass(frozen=True)
class Attachment:
    """A file that came inside another: with a mail, or in an archive."""

    name: str  # as its container names it: for people, never a path
    data: bytes


@dataclass(frozen=True)
class Document:
    """A report as located text: block offsets index into `text`. An archive is all attachments and no text."""

    text: str
    blocks: tuple[Block, ...]  # in reading order, not overlapping
    kind: str  # one of ingest.kinds.KINDS
    metadata: Metadata = Metadata()
    pages: int | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Span:
    """A passage of a document: `document.text[start:end]`, on one page, under one heading."""

    start: int
    end: int
    page: int | None = None  # 1-based page on which it starts
    heading: str | None = None
