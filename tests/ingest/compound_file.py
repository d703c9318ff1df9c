"""A writer of compound files (MS-CFB), as far as Outlook messages need one: everything in the small sectors."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Union

Tree = Mapping[str, Union[bytes, "Tree"]]
_SECTOR, _SMALL = 512, 64
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def compound_file(tree: Tree) -> bytes:
    """The bytes of a compound file; a name stands for a stream (bytes) or a storage (another tree)."""
    entries: list[list[object]] = []  # name, type, next sibling, first child, small sector, size
    small, small_fat = bytearray(), []

    def add(name: str, node: bytes | Tree, kind: int) -> int:
        number = len(entries)
        entries.append([name, kind, _FREE, _FREE, _END, 0])
        if isinstance(node, bytes):
            if node:
                start, count = len(small_fat), -(-len(node) // _SMALL)
                small_fat.extend([*range(start + 1, start + count), _END])
                small.extend(node.ljust(count * _SMALL, b"\0"))
                entries[number][4:] = [start, len(node)]
            return number
        before = None
        for child_name, child in node.items():
            child_number = add(child_name, child, 2 if isinstance(child, bytes) else 1)
            if before is None:
                entries[number][3] = child_number
            else:
                entries[before][2] = child_number
            before = child_number
        return number

    add("Root Entry", tree, 5)
    while len(entries) % 4:
        entries.append(["", 0, _FREE, _FREE, 0, 0])
    chains = [
        b"".join(map(_entry, entries)),
        b"".join(struct.pack("<I", value) for value in small_fat),
        bytes(small),
    ]
    fat, sectors, starts = [_FAT], [], []
    for chain in chains:
        count = -(-len(chain) // _SECTOR)
        starts.append(len(fat) if count else _END)
        fat.extend([*range(len(fat) + 1, len(fat) + count), _END] if count else [])
        filler = b"\xff" if chain is chains[1] else b"\0"
        sectors.append(chain.ljust(count * _SECTOR, filler))
    assert len(fat) <= _SECTOR // 4, "one sector of the table is enough for a test"
    root = [*entries[0][:4], starts[2], len(small)]
    sectors[0] = _entry(root) + sectors[0][128:]
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, starts[0], 0, 4096, starts[1], -(-len(chains[1]) // _SECTOR), _END, 0,
    )  # fmt: skip
    table = struct.pack("<109I", 0, *[_FREE] * 108)
    return header + table + struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat))) + b"".join(sectors)


def properties(header: int, numbers: Mapping[int, int | datetime]) -> bytes:
    """A stream of fixed properties behind a header of so many bytes."""
    out = bytearray(header)
    for identifier, value in numbers.items():
        if isinstance(value, datetime):
            ticks = (value - _EPOCH).total_seconds() * 10_000_000
            out += struct.pack("<HHIQ", 0x40, identifier, 6, int(ticks))
        else:
            out += struct.pack("<HHIQ", 0x03, identifier, 6, value)
    return bytes(out)


def text(identifier: int, value: str) -> dict[str, bytes]:
    """A property of Unicode text."""
    return {f"__substg1.0_{identifier:04X}001F": value.encode("utf-16-le")}


def _entry(entry: list[object]) -> bytes:
    name, kind, sibling, child, start, size = entry
    written = str(name).encode("utf-16-le")
    length = len(written) + 2 if name else 0
    return struct.pack("<64sHBBIII16xI16xIQ", written, length, kind, 1, _FREE, sibling, child, 0, start, size)
