"""The result of adding: what became of each source, and the report over all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from vectorstore.records import DocumentRecord

AddStatus = Literal["added", "unchanged", "replaced", "duplicate", "failed"]


@dataclass(frozen=True)
class AddedDocument:
    """What became of one source."""

    status: AddStatus
    source: str  # file name or address
    record: DocumentRecord | None = None  # None if it failed; of a duplicate, the document that it repeats
    error: tuple[str, str] | None = None  # code and message, if it failed

    @property
    def notice(self) -> str | None:
        """Which pages of a report could not be read, in words; None if all were, or if nothing was added."""
        return (
            self.record.found.get("pages") if self.record and self.status in ("added", "replaced") else None
        )

    def to_json(self) -> dict[str, Any]:
        """The fields of the record (null for a failed source) with "status" and "error"."""
        if self.record is not None:
            row = self.record.to_json()
        else:
            row = dict.fromkeys(DocumentRecord.__dataclass_fields__)
            row.update({"source": self.source, "authors": [], "tags": [], "passages": 0, "characters": 0})
        error = None if self.error is None else {"code": self.error[0], "message": self.error[1]}
        return {**row, "status": self.status, "error": error}


@dataclass(frozen=True)
class AddReport:
    """What became of all sources, in the order in which they were named."""

    documents: tuple[AddedDocument, ...]
    seconds: float  # that adding took

    def to_json(self) -> dict[str, Any]:
        """The report as JSON, seconds to the millisecond."""
        return {
            "documents": [document.to_json() for document in self.documents],
            "seconds": round(self.seconds, 3),
        }
