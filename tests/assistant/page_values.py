"""Records, turns and citations as the pages get them, for tests of what a page makes of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.results.answer import Citation
from vectorstore.adding.jobs import Job
from vectorstore.ledger.history import Turn
from vectorstore.records import DocumentRecord


def record(number: int = 1, **changes: Any) -> DocumentRecord:
    """A report of the library that lacks nothing."""
    values: dict[str, Any] = {
        "document_id": f"d{number}", "source": f"wire{number}.pdf", "kind": "pdf", "title": f"Report {number}",
        "authors": ("Odile Brandt",), "publisher": "River Wire", "published": "2022-05-16", "pages": 3,
        "characters": 4000, "passages": 12, "added": "2023-01-01T00:00:00Z", "original": f"digest{number}",
        "language": "en", "tags": (), "credibility": None, "grade": None, "generation": 1, "found": {},
    }  # fmt: skip
    return DocumentRecord(**{**values, **changes})


def citation(number: int = 1, **changes: Any) -> Citation:
    """A citation of `record(number)`."""
    quote = f"The dyke broke at lock {number}."
    plain = Citation(
        number, f"p{number}", f"d{number}", f"Report {number}", ("Odile Brandt",), "River Wire", "2022-05-16",
        f"wire{number}.pdf", 3, "Losses", 0, len(quote), quote, 1, "B2",
    )  # fmt: skip
    return replace(plain, **changes)


def turn(role: str, content: str, answer: Any = None) -> Turn:
    return Turn(role=role, content=content, answer=answer)  # type: ignore[arg-type]


def job(name: str, state: str = "waiting", number: int = 1, **changes: Any) -> Job:
    values: dict[str, Any] = {
        "job_id": number, "name": name, "state": state, "status": None, "document_id": None, "code": None,
        "message": None, "created": "", "updated": "",
    }  # fmt: skip
    return Job(**{**values, **changes})
