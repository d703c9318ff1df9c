"""An archive gives its files, whatever it says of itself, and no more of them than can be kept."""

from __future__ import annotations

import io
import stat
import struct
import zipfile

import pytest
from archive_samples import names, packed
from ingest_samples import FIRST

from ingest import IngestError, read, read_isolated


def refused(data: bytes) -> IngestError:
    with pytest.raises(IngestError) as caught:
        read(data, "a.zip")
    assert "a.zip" in caught.value.message
    assert caught.value.message.endswith(".")
    return caught.value


def flagged(data: bytes, flag: int, *, first: bool = False) -> bytes:
    """The archive with a flag set on all its members, or on the first."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            changed[place + offset] |= flag
            if first:
                break
    return bytes(changed)


def test_an_archive_is_its_files_and_no_text() -> None:
    data = packed(("reports/north/grain.txt", FIRST.encode()), ("readme.md", b"# Read me"))
    document = read(data, "a.zip")
    assert (document.kind, document.text, document.blocks) == ("zip", "", ())
    assert [(file.name, file.data) for file in document.attachments] == [
        ("reports/north/grain.txt", FIRST.encode()),
        ("readme.md", b"# Read me"),
    ]
    assert read_isolated(data, "a.zip") == document


def test_what_operating_systems_add_is_left_out() -> None:
    data = packed(
        ("folder/", b""),
        ("folder/report.txt", b"kept"),
        ("__MACOSX/folder/._report.txt", b"x"),
        (".DS_Store", b"x"),
        ("folder/.git/config", b"x"),
        ("folder/~$report.docx", b"x"),
        ("folder/Thumbs.db", b"x"),
    )
    assert names(read(data, "a.zip")) == ["folder/report.txt"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.txt", "etc/passwd.txt"),
        ("/absolute/report.txt", "absolute/report.txt"),
        ("C:\\Users\\mara\\report.txt", "Users/mara/report.txt"),
        ("folder/./report.txt", "folder/report.txt"),
        ("fol\x1bder/re\u202eport.txt", "folder/report.txt"),
        ("a/b/c/d/e/f/g/report.txt", "c/d/e/f/g/report.txt"),
        ("long" * 100 + ".pdf", ("long" * 100)[:116] + ".pdf"),
    ],
)
def test_a_name_leads_nowhere(name: str, shown: str) -> None:
    assert names(read(packed((name, b"words")), "a.zip")) == [shown]


def test_an_archive_in_which_all_is_locked_asks_to_be_unpacked() -> None:
    data = packed(("one.txt", b"words"), ("two.txt", b"words"))
    error = refused(flagged(data, 1))
    assert error.code == "password"
    assert "Unpack" in error.message


def test_of_a_partly_locked_archive_the_free_files_are_read() -> None:
    data = packed(("one.txt", b"words"), ("two.txt", b"words"))
    assert names(read(flagged(data, 1, first=True), "a.zip")) == ["two.txt"]


def test_a_locked_archive_of_an_unpacked_document_is_an_archive() -> None:
    data = packed(("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<words/>"))
    assert refused(flagged(data, 1)).code == "password"


def test_a_damaged_member_comes_empty_beside_the_whole_ones() -> None:
    data = packed(("one.txt", b"some words"), ("two.txt", b"words"), method=zipfile.ZIP_STORED)
    document = read(data.replace(b"some words", b"SOME words"), "a.zip")
    assert [(file.name, file.data) for file in document.attachments] == [
        ("one.txt", b""),
        ("two.txt", b"words"),
    ]


def test_a_link_is_no_file() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("file.txt", b"words")
    assert names(read(out.getvalue(), "a.zip")) == ["file.txt"]


def test_an_archive_without_files_is_empty() -> None:
    assert refused(packed(("folder/", b""), ("__MACOSX/x", b"x"))).code == "empty"


def test_an_archive_of_very_many_files_is_refused() -> None:
    assert refused(packed(*((f"{number}.txt", b"x") for number in range(2001)))).code == "too_large"


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_file_that_unpacks_to_far_more_than_its_size_is_refused(method: int) -> None:
    assert refused(packed(("zeros.bin", bytes(20_000_000)), method=method)).code == "too_large"


def test_sizes_that_an_archive_states_are_not_believed() -> None:
    data = packed(("zeros.bin", bytes(20_000_000)))
    stated, small = struct.pack("<I", 20_000_000), struct.pack("<I", 1000)
    (attachment,) = read(data.replace(stated, small), "a.zip").attachments
    assert attachment.data == b""


def test_files_that_overlap_do_not_add_up_to_more_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.zip.reader._LARGEST", 1_000_000)
    data = packed(("one.bin", bytes(300_000)))
    central = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[central:end]
    out = bytearray(data[:central] + entry * 5 + data[end:])
    struct.pack_into("<HHI", out, len(out) - 14, 5, 5, len(entry) * 5)
    # Newer versions of zipfile refuse overlapping members by themselves, which then come as empty files.
    try:
        document = read(bytes(out), "a.zip")
    except IngestError as error:
        assert error.code == "too_large"
    else:
        assert sum(len(attachment.data) for attachment in document.attachments) <= 1_000_000


def test_an_archive_within_an_archive_stays_a_file() -> None:
    inner = packed(("report.txt", b"words"))
    (attachment,) = read(packed(("inner.zip", inner)), "a.zip").attachments
    assert (attachment.name, attachment.data) == ("inner.zip", inner)
