"""Names that do not state their code page are read in the one in which they make sense."""

from __future__ import annotations

import zipfile
import zlib

import pytest
from archive_samples import names, packed

from ingest import read
from ingest.readers.zip.member_names import member_names


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("Jahresbericht über Größe.pdf", "cp437"),
        ("Jahresbericht über Größe.pdf", "cp850"),
        ("Jahresbericht über Größe.pdf", "cp1252"),
        ("Résumé d’été.pdf", "cp1252"),
        ("relatório São Tomé.pdf", "cp850"),
        ("Jahresbericht über Größe.pdf", "utf-8"),
        ("報告書/港の穀物.pdf", "cp932"),
        ("PDF資料.pdf", "cp932"),
        ("报告/港口粮食.pdf", "gb18030"),
        ("Отчёты/Отчет за 2021 год.pdf", "cp866"),
        ("Отчёты/Отчет за 2021 год.pdf", "utf-8"),
    ],
)
def test_an_unmarked_name_is_read_in_the_code_page_it_was_written_in(name: str, codec: str) -> None:
    raw = name.encode(codec)
    placeholder = b"N" * len(raw)
    data = packed((placeholder.decode(), b"words")).replace(placeholder, raw)
    assert names(read(data, "a.zip")) == [name]


def member(name: bytes, flags: int = 0, extra: bytes = b"") -> zipfile.ZipInfo:
    """A member as zipfile reads it: its name decoded as cp437 unless it is marked as UTF-8."""
    info = zipfile.ZipInfo(name.decode("utf-8" if flags else "cp437"))
    info.flag_bits, info.extra = flags, extra
    return info


def test_a_marked_name_is_taken_as_it_is() -> None:
    assert member_names([member("Größe.txt".encode(), 0x800)]) == ["Größe.txt"]


def test_one_code_page_is_taken_for_all_names_of_an_archive() -> None:
    unmarked = [member(name.encode("cp866")) for name in ("Отчёт.pdf", "Порт.pdf")]
    assert member_names([*unmarked, member(b"readme.txt")]) == ["Отчёт.pdf", "Порт.pdf", "readme.txt"]


@pytest.mark.parametrize(
    ("checksum_of", "name"), [(b"M\x94ller.txt", "Zoë Möller.txt"), (b"another", "Möller.txt")]
)
def test_a_name_repeated_in_utf_8_counts_if_it_is_of_this_name(checksum_of: bytes, name: str) -> None:
    field = b"\x01" + zlib.crc32(checksum_of).to_bytes(4, "little") + "Zoë Möller.txt".encode()
    extra = (0x7075).to_bytes(2, "little") + len(field).to_bytes(2, "little") + field
    assert member_names([member(b"M\x94ller.txt", extra=extra)]) == [name]
