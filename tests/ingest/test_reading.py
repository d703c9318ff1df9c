"""What cannot be read is an error that says what to do."""

from __future__ import annotations

import pytest

from ingest import IngestError, read
from ingest.reading import LARGEST_FILE


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.pdf", "empty"),
        (b" \n ", "a.txt", "empty"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" * 20, "setup.exe", "unknown_kind"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "map.png", "unreadable"),
        (b"a,b\n1,2\n", "table.xyz", "unknown_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old.doc", "unknown_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "password"),
        (b"not a pdf at all", "a.pdf", "unreadable"),
        (b"%PDF-1.7\nbroken", "a.pdf", "unreadable"),
        (b"PK\x03\x04broken", "a.docx", "unreadable"),
        (b"<html><body></body></html>", "a.html", "empty"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_remedy(data: bytes, name: str, code: str) -> None:
    with pytest.raises(IngestError) as caught:
        read(data, name)
    assert caught.value.code == code
    assert name in caught.value.message
    assert caught.value.message.endswith(".")
    if code == "unknown_kind":
        assert "PDF" in caught.value.message
        assert ".docx" in caught.value.message


def test_a_file_over_the_limit_is_not_even_looked_at() -> None:
    with pytest.raises(IngestError) as caught:
        read(bytes(LARGEST_FILE + 1), "a.txt")
    assert caught.value.code == "too_large"
    assert "100 MB" in caught.value.message


def test_a_text_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.reading.LARGEST_TEXT", 100)
    with pytest.raises(IngestError) as caught:
        read(b"Grain moves. " * 10, "a.txt")
    assert caught.value.code == "too_large"


def test_a_page_of_nothing_but_furniture_is_still_a_document() -> None:
    assert read(b"Photo by Ines Varga", "a.txt").blocks[0].kind == "furniture"


def test_what_the_text_states_gives_way_to_the_format_and_outranks_file_properties() -> None:
    page = b"<html><head><meta name='author' content='Ines Varga'></head><body><p>By Tomas Okoro</p></body></html>"
    assert read(page, "a.html").metadata.authors == ("Ines Varga",)
    metadata = read(
        b"Grain moves north\n\nBy Tomas Okoro\n\nIt rained in the north, and all was still.", "a.txt"
    ).metadata
    assert metadata.authors == ("Tomas Okoro",)
    assert metadata.found["authors"] == "byline in the text"
