"""The values that the index returns, documents and passages, and the filters that select documents."""

from __future__ import annotations

import calendar
import re
from dataclasses import asdict, dataclass
from typing import Any

_PARTIAL_DATE = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


def parse_date(value: str) -> str:
    """Check a date of the form YYYY, YYYY-MM or YYYY-MM-DD and return it without spaces around it.

    `parse_date(" 2023-05 ") == "2023-05"`. Raises ValueError, naming the accepted forms, for anything else (2023-13,
    2023-02-30, "May 2023").
    """
    match = _PARTIAL_DATE.match(value.strip())
    if match:
        year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
        if year >= 1 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
            return value.strip()
    raise ValueError(f"{value!r} is not a date: write YYYY, YYYY-MM or YYYY-MM-DD")


def last_day(date: str) -> str:
    """The last day that a partial date can mean: `last_day("2024-02") == "2024-02-29"`."""
    parts = [int(part) for part in date.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return f"{year:04d}-{month:02d}-{day:02d}"


def first_day(date: str) -> str:
    """The first day that a partial date can mean: `first_day("2023") == "2023-01-01"`."""
    return (date + "-01-01")[:10] if len(date) == 4 else (date + "-01")[:10]


@dataclass(frozen=True)
class DocumentRecord:
    """A live document with the metadata in force: as corrected by people, or else as read from the report."""

    document_id: str
    title: str | None
    authors: tuple[str, ...]
    publisher: str | None
    published: str | None  # YYYY, YYYY-MM or YYYY-MM-DD; None if undated
    source: str  # original file name or address
    kind: str  # format of the file: see ingest/readers/file_types.py
    language: str | None  # ISO 639-1
    tags: tuple[str, ...]
    pages: int | None  # number of pages; None for formats without
    passages: int  # number of passages
    characters: int  # code points of the extracted text
    added: str  # UTC, ISO 8601; when it was first added
    credibility: int | None  # Admiralty number 1-6, set by the analyst
    grade: str | None  # Admiralty letter A-F of the publisher, set by the analyst
    generation: int  # number of the version of its text, unique in the ledger
    found: dict[
        str, str
    ]  # field -> how it was found in the report, or "corrected"; "pages": which were unreadable
    original: str  # SHA-256 of the bytes the report was read from
    parent: str | None = None  # id of the mail that it came with
    family: str | None = None  # id of the first document among its near-duplicates; None if it has none
    address: str | None = None  # URL that a saved web page states as its own

    def to_json(self) -> dict[str, Any]:
        """All fields as JSON."""
        row = asdict(self)
        row["authors"], row["tags"] = list(self.authors), list(self.tags)
        return row


@dataclass(frozen=True)
class Passage:
    """A stretch of a document that search can find: `text == extracted_text[start:end]`."""

    passage_id: str  # from document, text and offsets, so equal for the same text added again
    document_id: str
    title: str | None
    authors: tuple[str, ...]
    publisher: str | None
    published: str | None
    source: str
    page: int | None  # 1-based
    heading: str | None  # headings it stands under
    start: int  # offset in code points into the extracted text
    end: int  # offset behind its last code point
    text: str
    score: float = 0.0  # fused rank score, 0 to 1
    generation: int = 0  # version of the document that it belongs to
    similarity: float = 0.0  # cosine of question and passage, -1 to 1

    def to_json(self) -> dict[str, Any]:
        """The fields as JSON, without `generation` and `similarity`."""
        row = asdict(self)
        row["authors"] = list(self.authors)
        for internal in ("generation", "similarity"):
            del row[internal]
        return row


@dataclass(frozen=True)
class Filters:
    """Which documents may answer. Partial dates never admit too much:

    a document dated 2023 counts as 2023-12-31 for `as_of` and as 2023-01-01 for `since`;
    a partial `as_of` means its last day, a partial `since` its first.
    Raises ValueError for a date that `parse_date` refuses.
    """

    as_of: str | None = None  # latest date of publication; partial dates allowed
    since: str | None = None  # earliest date of publication; partial dates allowed
    publishers: tuple[str, ...] = ()  # any of these, ignoring case; empty: all
    tags: tuple[str, ...] = ()  # any of these; empty: all
    documents: tuple[str, ...] = ()  # ids; empty: all
    include_undated: bool = False  # admit undated documents although `as_of` or `since` is set

    def __post_init__(self) -> None:
        for date in (self.as_of, self.since):
            if date is not None:
                parse_date(date)

    @property
    def dated(self) -> bool:
        """True if the date of publication matters."""
        return self.as_of is not None or self.since is not None

    @property
    def any(self) -> bool:
        """True if a document can be left out at all."""
        return bool(self.dated or self.publishers or self.tags or self.documents)

    def admits_date(self, published: str | None) -> bool:
        """True if a document of this date may answer: `Filters(as_of="2023-11").admits_date("2023")` is False."""
        if published is None:
            return not self.dated or self.include_undated
        if self.as_of is not None and last_day(published) > last_day(self.as_of):
            return False
        return self.since is None or first_day(published) >= first_day(self.since)

    def admits(self, document: DocumentRecord) -> bool:
        """True if the document may answer."""
        return self.admits_ignoring_date(document) and self.admits_date(document.published)

    def admits_ignoring_date(self, document: DocumentRecord) -> bool:
        """True if the document may answer, whatever its date."""
        if self.publishers and (document.publisher or "").casefold() not in {
            name.casefold() for name in self.publishers
        }:
            return False
        if self.tags and not set(self.tags) & set(document.tags):
            return False
        return not self.documents or document.document_id in self.documents


NO_FILTERS = Filters()
