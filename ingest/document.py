"""The values that reading produces: located text, metadata, attachments, and the one error for bad sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["heading", "paragraph", "list", "table", "furniture"]


class IngestError(Exception):
    """A source that cannot become a document.

    `code` is stable and for programs: `empty`, `unreadable`, `unknown_kind`, `password`, `no_text`, `missing`,
    `address_refused`, `unreachable`, `http_error`, `too_large`, `timeout`. `message` is for people: what is wrong
    and what to do next, as whole sentences.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Block:
    """One paragraph, heading, list item or table row of a document."""

    start: int  # offset in code points into Document.text
    end: int  # exclusive
    kind: BlockKind = "paragraph"  # furniture: captions, navigation, biographies; never answers a question
    page: int | None = None  # 1-based
    heading: str | None = None  # the headings above it, outermost first, joined by " › "


@dataclass(frozen=True)
class Metadata:
    """What a report states about itself; a field is None or empty if the report states nothing."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None  # YYYY, YYYY-MM or YYYY-MM-DD
    language: str | None = None  # ISO 639-1
    found: Mapping[str, str] = field(default_factory=dict)  # field -> source, for people
    tags: tuple[str, ...] = ()
    address: str | None = None  # the http or https address at which the report says it is published


@dataclass(frozen=True)
class Attachment:
    """A file that came inside another: with a mail, or in an archive."""

    name: str  # as its container names it: for people, never a path
    data: bytes  # empty if it is damaged in its container


@dataclass(frozen=True)
class Document:
    """A report as located text: offsets of blocks are offsets into `text`. An archive has attachments and no text."""

    text: str
    blocks: tuple[Block, ...]  # in reading order, not overlapping
    kind: str  # one of ingest.readers.file_types.KINDS
    metadata: Metadata = Metadata()
    pages: int | None = None  # number of pages or slides; None if the format has none
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Span:
    """A passage of a document: `document.text[start:end]`, on one page, under one heading."""

    start: int  # offset in code points into Document.text
    end: int  # exclusive
    page: int | None = None  # 1-based, the page on which it starts
    heading: str | None = None  # as Block.heading
