"""A package is unpacked within bounds, whatever it says of its own sizes."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile

import pytest
from ingest_samples import FIRST

from ingest import IngestError, read
from ingest.readers.common.zip_package import ZipPackage

pytestmark = pytest.mark.index

MIB = 1 << 20


def packed(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("one.xml", content)
    return out.getvalue()


def test_a_member_is_read_by_its_name() -> None:
    package = ZipPackage(packed(FIRST.encode()))
    assert package.names() == ["one.xml"]
    assert "two.xml" not in package
    assert (package.read("one.xml"), package.size("one.xml")) == (FIRST.encode(), len(FIRST.encode()))
    assert package.xml("two.xml") is None


def test_a_member_that_states_a_small_size_takes_no_more_memory_than_that() -> None:
    data = packed(bytes(64 * MIB)).replace(struct.pack("<I", 64 * MIB), struct.pack("<I", 1000))
    package = ZipPackage(data)
    tracemalloc.start()
    try:
        with pytest.raises(zipfile.BadZipFile):
            package.read("one.xml")
        assert tracemalloc.get_traced_memory()[1] < 8 * MIB
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("size", [20 * MIB, 400 * MIB])
def test_a_bomb_is_refused(size: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("one.xml", "w") as member:
        for _ in range(size // MIB):
            member.write(bytes(MIB))
    with pytest.raises(IngestError) as caught:
        ZipPackage(out.getvalue()).read("one.xml")
    assert caught.value.code == "too_large"


def test_a_zip_that_unpacks_to_far_too_much_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w/>")
        for number in range(4):
            archive.writestr(f"word/{number}.bin", bytes(90_000_000))
    with pytest.raises(IngestError) as caught:
        read(out.getvalue(), "bomb.docx")
    assert caught.value.code == "too_large"
