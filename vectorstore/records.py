"""The values that leave the index: documents, passages, and the filters that choose among them."""

from __future__ import annotations

import calendar
import re
from dataclasses import asdict, dataclass
from typing import Any

_PARTIAL_DATE = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


def parse_date(value: str) -> str:
    """Check a date of the form YYYY, YYYY-MM or YYYY-MM-DD and return it.

    Raises ValueError, with the forms that are taken, for anything else (2023-13, 2023-02-30 …).
    """
    match = _PARTIAL_DATE.match(value.strip())
    if match:
        year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
        if year >= 1 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
            return value.strip()
    raise ValueError(f"{value!r} is not a date: write YYYY, YYYY-MM or YYYY-MM-DD")


def last_day(date: str) -> str:
    """The last day a partial date can mean: 2023 -> 2023-12-31."""
    parts = [int(part) for part in date.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return f"{year:04d}-{month:02d}-{day:02d}"


def first_day(date: str) -> str:
    """The first day a partial date can mean: 2023 -> 2023-01-01."""
    return (date + "-01-01")[:10] if len(date) == 4 else (date + "-01")[:10]


@dataclass(frozen=True)
class DocumentRecord:
    """A live document as the index knows it; what people corrected stands over what was read."""

    document_id: str
    title: str | None
    authors: tuple[str, ...]
    publisher: str | None
    published: str | None  # YYYY, YYYY-MM or YYYY-MM-DD; None: undated
    source: str  # original file name or address
    kind: str  # one of ingest.kinds.KINDS
    language: str | None  # ISO 639-1
    tags: tuple[str, ...]
    pages: int | None
    passages: int
    characters: int  # code points of extracted text
    added: str  # UTC, ISO 8601
    credibility: int | None  # Admiralty number 1-6, set by the analyst
    grade: str | None  # Admiralty letter A-F of the publisher, set by the analyst
    generation: int  # version of the text in the ledger
    found: dict[str, str]  # field -> how it was found in the report, or "corrected"
    original: str  # SHA-256 of the bytes the report was read from
    parent: str | None = None  # id of the mail that it came with
    family: str | None = None  # id of the first of the documents that are near-duplicates of each other
    address: str | None = None  # where a saved page says that it stands

    def to_json(self) -> dict[str, Any]:
        row = asdict(self)
        row["authors"], row["tags"] = list(self.authors), list(self.tags)
        return row


@dataclass(frozen=True)
class Passage:
    """A stretch of a document that search can find: text == extracted_text[start:end]."""

    passage_id: str
    document_id: str
    title: str | None
    authors: tuple[str, ...]
    publisher: str | None
    published: str | None
    source: str
    page: int | None  # 1-based
    heading: str | None
    start: int  # offset in code points into the extracted text
    end: int
    text: str
    score: float = 0.0  # fused rank score, 0 to 1
    generation: int = 0
    similarity: float = 0.0  # cosine of question and passage, -1 to 1

    def to_json(self) -> dict[str, Any]:
        row = asdict(self)
        row["authors"] = list(self.authors)
        for internal in ("generation", "similarity"):
            del row[internal]
        return row


@dataclass(frozen=True)
class Filters:
    """Which documents may answer. Dates may be partial and never admit too much:

    a document dated 2023 counts as 2023-12-31 for `as_of` and as 2023-01-01 for `since`;
    a partial `as_of` means its last day, a partial `since` its first.
    """

    as_of: str | None = None
    since: str | None = None
    publishers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    include_undated: bool = False

    def __post_init__(self) -> None:
        for date in (self.as_of, self.since):
            if date is not None:
                parse_date(date)

    @property
    def dated(self) -> bool:
        return self.as_of is not None or self.since is not None

    @property
    def any(self) -> bool:
        return bool(self.dated or self.publishers or self.tags or self.documents)

    def admits_date(self, published: str | None) -> bool:
        if published is None:
            return not self.dated or self.include_undated
        if self.as_of is not None and last_day(published) > last_day(self.as_of):
            return False
        return self.since is None or first_day(published) >= first_day(self.since)

    def admits(self, document: DocumentRecord) -> bool:
        return self.admits_but_for_date(document) and self.admits_date(document.published)

    def admits_but_for_date(self, document: DocumentRecord) -> bool:
        if self.publishers and (document.publisher or "").casefold() not in {
            name.casefold() for name in self.publishers
        }:
            return False
        if self.tags and not set(self.tags) & set(document.tags):
            return False
        return not self.documents or document.document_id in self.documents


NO_FILTERS = Filters()
