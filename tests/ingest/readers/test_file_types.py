"""The content of a file decides its kind, and its name only where the content does not."""

from __future__ import annotations

import pytest
from ingest_samples import PAGE

from ingest import IngestError, read
from ingest.readers.file_types import KINDS, kind_of


def test_the_content_decides_the_kind_before_the_name(pdf: bytes) -> None:
    assert read(pdf, "report.txt").kind == "pdf"
    assert read(PAGE.encode(), "report.txt").kind == "html"
    assert (
        read(b"Only words here.", "https://x.example/report.php", "https://x.example/report.php").kind
        == "txt"
    )


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"\n\n%PDF-1.7", "a.txt", "pdf"),
        (b"{\\rtf1 x}", "a.doc", "rtf"),
        (b"\xff\xd8\xff\xe0", "a.pdf", "image"),
        (b"<!DOCTYPE html><p>x", "a.txt", "html"),
        ("<html>".encode("utf-16"), "a", "html"),
        (b"From: a@b.org\nTo: c@d.org\nSubject: Grain\n\nHello", "a.txt", "eml"),
        (b"From: a@b.org\nTo: c@d.org\n\nHello", "a.txt", "txt"),
        (b"# Grain", "a.md", "md"),
        (b"a,b", "A.CSV", "csv"),
        (b"Grain moves.", "README", "txt"),
        (b"The port is open. " * 20, "a.pdf", "txt"),
    ],
)
def test_a_kind_is_told_by_the_first_bytes_then_by_the_name(data: bytes, name: str, kind: str) -> None:
    assert kind_of(data, name, None) == kind
    assert kind in KINDS


def test_the_ending_of_an_address_is_no_kind() -> None:
    assert (
        kind_of(b"Grain moves.", "https://coast.example/a.php?b=c.pdf", "https://coast.example/a.php")
        == "txt"
    )
    with pytest.raises(IngestError) as caught:
        kind_of(b"Grain moves.", "a.php", None)
    assert caught.value.code == "unknown_kind"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"\0\0 \n", "a.pdf", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument\0".encode("utf-16-le"), "a.doc", "unknown_kind"),
        (bytes(range(32)) * 4, "a.docx", "unreadable"),
        (bytes(range(32)) * 4, "a.bin", "unknown_kind"),
        (b"PK\x03\x04", "a.zip", "unreadable"),
    ],
)
def test_what_has_no_kind_is_an_error_that_names_the_file(data: bytes, name: str, code: str) -> None:
    with pytest.raises(IngestError) as caught:
        kind_of(data, name, None)
    assert caught.value.code == code
    assert name in caught.value.message
