"""What became of what was added."""

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
    record: DocumentRecord | None = None  # None for a failed one; for a duplicate, the first
    error: tuple[str, str] | None = None  # code, message

    @property
    def notice(self) -> str | None:
        """What of the report could not be read, or nothing."""
        return (
            self.record.found.get("pages") if self.record and self.status in ("added", "replaced") else None
        )

    def to_json(self) -> dict[str, Any]:
        if self.record is not None:
            row = self.record.to_json()
        else:
            row = dict.fromkeys(DocumentRecord.__dataclass_fields__)
            row.update({"source": self.source, "authors": [], "tags": [], "passages": 0, "characters": 0})
        error = None if self.error is None else {"code": self.error[0], "message": self.error[1]}
        return {**row, "status": self.status, "error": error}


@dataclass(frozen=True)
class AddReport:
    documents: tuple[AddedDocument, ...]
    seconds: float

    def to_json(self) -> dict[str, Any]:
        return {
            "documents": [one.to_json() for one in self.documents],
            "seconds": round(self.seconds, 3),
        }
