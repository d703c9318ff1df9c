"""Decodes file names in old ZIP archives, which are in the code page of the packing computer and do not say which."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence

_UTF8 = 0x800  # flag: the name is in UTF-8
_UNICODE_PATH = 0x7075  # extra field in which Info-ZIP repeats the name in UTF-8
_LATIN_LETTER = r"[\u00aa-\u024f’“”–]"
# (code page, what its characters outside ASCII must be, what its names never hold), in the order of trial.
# An accent read in the wrong code page gives East Asian or Cyrillic letters, or capitals, inside a Latin word.
_CODE_PAGES = tuple(
    (codec, re.compile(allowed), re.compile(impossible))
    for codec, allowed, impossible in (
        ("utf-8", r"[^\x80-\x9f]", r"(?!)"),
        ("cp932", r"[\u3000-\u30ff\u3400-\u9fff\uff01-\uff60]", r"[a-z][^\x00-\x7f]|[^\x00-\x7f][a-z]"),
        ("cp866", r"[\u0400-\u04ff№]", r"[A-Za-z][^\x00-\x7f]|[^\x00-\x7f][A-Za-z]"),
        ("gb18030", r"[\u3000-\u303f\u3400-\u9fff\uff01-\uff60]", r"[a-z][^\x00-\x7f]|[^\x00-\x7f][a-z]"),
        ("cp437", _LATIN_LETTER, r"[a-zß-ÿ][À-Þ]"),
        ("cp850", _LATIN_LETTER, r"[a-zß-ÿ][À-Þ]"),
        ("cp1252", _LATIN_LETTER, r"[a-zß-ÿ][À-Þ]"),
    )
)


def member_names(members: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The members' names; those not marked as UTF-8 are all decoded in one code page, the first that fits them all."""
    codec = _codec([_raw(member) for member in members if _is_unmarked(member)])
    return [
        (_unicode_path(member) or _raw(member).decode(codec, "replace"))
        if _is_unmarked(member)
        else member.filename
        for member in members
    ]


def _is_unmarked(member: zipfile.ZipInfo) -> bool:
    """Whether the encoding of a member's name is not known: it is neither ASCII nor marked as UTF-8."""
    return not member.flag_bits & _UTF8 and not member.filename.isascii()


def _raw(member: zipfile.ZipInfo) -> bytes:
    """The bytes of an unmarked name, which zipfile decodes as cp437 whatever it is in."""
    return member.filename.encode("cp437")


def _codec(names: Sequence[bytes]) -> str:
    """The first code page in which all names are possible; cp437, the format's own, if none is.

    `_codec(["Отчёт.pdf".encode("cp866")]) == "cp866"`, `_codec(["Café.pdf".encode("cp1252")]) == "cp1252"`
    """
    for codec, allowed, impossible in _CODE_PAGES:
        try:
            decoded = [name.decode(codec) for name in names]
        except UnicodeDecodeError:
            continue
        non_ascii = "".join(character for name in decoded for character in name if character > "\x7f")
        if all(map(allowed.match, non_ascii)) and not any(map(impossible.search, decoded)):
            return codec
    return "cp437"


def _unicode_path(member: zipfile.ZipInfo) -> str | None:
    """The name that Info-ZIP repeats in UTF-8; None without one, or where its checksum says that it is out of date."""
    for identifier, field in _extra_fields(member.extra):
        if identifier == _UNICODE_PATH and field[1:5] == zlib.crc32(_raw(member)).to_bytes(4, "little"):
            return field[5:].decode("utf-8", "replace")
    return None


def _extra_fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    """The (identifier, content) of each extra field: identifier and length take 2 bytes each, little-endian."""
    while len(extra) >= 4:
        length = int.from_bytes(extra[2:4], "little")
        yield int.from_bytes(extra[:2], "little"), extra[4 : 4 + length]
        extra = extra[4 + length :]
