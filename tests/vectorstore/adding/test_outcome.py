"""What became of a source is told in full, and as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest
from putting import go_live

from vectorstore import DocumentRecord
from vectorstore.adding.outcome import AddedDocument, AddReport, AddStatus
from vectorstore.ledger import catalogue
from vectorstore.ledger.database import Ledger


def record(folder: Path, **found: str) -> DocumentRecord:
    ledger = Ledger(folder)
    document_id = go_live(ledger, "herons.txt", "The herons nest in March.", found=found)
    return catalogue.record(ledger, document_id)


@pytest.mark.parametrize(
    ("status", "notice"),
    [
        ("added", "no text on page 2."),
        ("replaced", "no text on page 2."),
        ("unchanged", None),
        ("duplicate", None),
    ],
)
def test_pages_that_could_not_be_read_are_told_when_they_are_read(
    tmp_path: Path, status: AddStatus, notice: str | None
) -> None:
    with_gap = record(tmp_path, pages="no text on page 2.")
    assert AddedDocument(status, "herons.txt", with_gap).notice == notice


def test_a_failed_source_has_every_field_of_a_document_and_no_document(tmp_path: Path) -> None:
    failed = AddedDocument("failed", "a.pdf", error=("unreadable", "a.pdf cannot be read")).to_json()
    added = AddedDocument("added", "herons.txt", record(tmp_path)).to_json()
    assert failed.keys() == added.keys()
    assert failed["error"] == {"code": "unreadable", "message": "a.pdf cannot be read"}
    assert added["error"] is None and added["title"] == "A report"
    assert (failed["source"], failed["document_id"], failed["tags"], failed["passages"]) == (
        "a.pdf",
        None,
        [],
        0,
    )
    assert failed["status"] == "failed" and AddedDocument("failed", "a.pdf").notice is None


def test_a_report_counts_milliseconds() -> None:
    assert AddReport((), 1.23456).to_json() == {"documents": [], "seconds": 1.235}
