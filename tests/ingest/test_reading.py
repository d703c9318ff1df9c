"""What cannot be read is an error that says what to do."""

from __future__ import annotations

import pytest

from ingest import IngestError, read


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
