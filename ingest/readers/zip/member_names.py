"""Names in old ZIP archives: bytes in the code page of whatever computer packed them, which is not said."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence

_UTF8 = 0x800  # flag
_UNICODE_PATH = 0x7075  # extra field in which Info-ZIP repeats a name in UTF-8
_LATIN = r"[\u00aa-\u024f’“”–]"
# Code pages in the order of trial, what characters outside ASCII are in each, and what no name holds: East Asian and
# Cyrillic letters within a Latin word, capitals within a word. An accent read in a wrong code page gives these.
_CODE_PAGES = tuple(
    (codec, re.compile(foreign), re.compile(never))
    for codec, foreign, never in (
        ("utf-8", r"[^\x80-\x9f]", r"(?!)"),
        ("cp932", r"[\u3000-\u30ff\u3400-\u9fff\uff01-\uff60]", r"[a-z][^\x00-\x7f]|[^\x00-\x7f][a-z]"),
        ("cp866", r"[\u0400-\u04ff№]", r"[A-Za-z][^\x00-\x7f]|[^\x00-\x7f][A-Za-z]"),
        ("gb18030", r"[\u3000-\u303f\u3400-\u9fff\uff01-\uff60]", r"[a-z][^\x00-\x7f]|[^\x00-\x7f][a-z]"),
        ("cp437", _LATIN, r"[a-zß-ÿ][À-Þ]"),
        ("cp850", _LATIN, r"[a-zß-ÿ][À-Þ]"),
        ("cp1252", _LATIN, r"[a-zß-ÿ][À-Þ]"),
    )
)


def member_names(members: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The members' names as they were given; the unmarked ones of an archive are taken to be in one code page."""
    codec = _codec([_raw(member) for member in members if _is_unmarked(member)])
    return [
        (_unicode_path(member) or _raw(member).decode(codec, "replace"))
        if _is_unmarked(member)
        else member.filename
        for member in members
    ]


def _is_unmarked(member: zipfile.ZipInfo) -> bool:
    return not member.flag_bits & _UTF8 and not member.filename.isascii()


def _raw(member: zipfile.ZipInfo) -> bytes:
    return member.filename.encode("cp437")  # as which zipfile reads every unmarked name


def _codec(names: Sequence[bytes]) -> str:
    for codec, foreign, never in _CODE_PAGES:
        try:
            decoded = [name.decode(codec) for name in names]
        except UnicodeDecodeError:
            continue
        outside = "".join(character for name in decoded for character in name if character > "\x7f")
        if all(map(foreign.match, outside)) and not any(map(never.search, decoded)):
            return codec
    return "cp437"


def _unicode_path(member: zipfile.ZipInfo) -> str | None:
    """The name in UTF-8 beside the unmarked one, if it is that one's."""
    for identifier, field in _extra_fields(member.extra):
        if identifier == _UNICODE_PATH and field[1:5] == zlib.crc32(_raw(member)).to_bytes(4, "little"):
            return field[5:].decode("utf-8", "replace")
    return None


def _extra_fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    while len(extra) >= 4:
        length = int.from_bytes(extra[2:4], "little")
        yield int.from_bytes(extra[:2], "little"), extra[4 : 4 + length]
        extra = extra[4 + length :]
