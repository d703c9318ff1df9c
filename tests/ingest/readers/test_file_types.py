"""The content of a file decides its kind, and its name only where the content does not."""

from __future__ import annotations

from ingest_samples import PAGE

from ingest import read


def test_the_content_decides_the_kind_before_the_name(pdf: bytes) -> None:
    assert read(pdf, "report.txt").kind == "pdf"
    assert read(PAGE.encode(), "report.txt").kind == "html"
    assert (
        read(b"Only words here.", "https://x.example/report.php", "https://x.example/report.php").kind
        == "txt"
    )
