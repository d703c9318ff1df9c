"""Unpacks Outlook's compressed RTF, as [MS-OXRTFCP] describes it: references into the last 4,096 bytes."""

from __future__ import annotations

import struct

_COMPRESSED, _STORED = b"LZFu", b"MELA"
_HEADER = struct.Struct("<II4sI")  # length after this field, length unpacked, kind, checksum
_DICTIONARY_SIZE = 4096  # bytes
_LARGEST = 50 * 1024 * 1024  # bytes unpacked
# The content of the dictionary at the start, as the specification gives it.
_INITIAL_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)


def decompress(data: bytes) -> bytes:
    """The RTF in `data`, at most 50 MB; up to the damage if it is damaged, empty if it is no compressed RTF."""
    if len(data) < _HEADER.size:
        return b""
    _, size, kind, _ = _HEADER.unpack_from(data)
    body = data[_HEADER.size :]
    if kind == _STORED:
        return body[:size]
    return _unpacked(body, min(size, _LARGEST)) if kind == _COMPRESSED else b""


def _unpacked(body: bytes, size: int) -> bytes:
    """Follows the references in `body` until `size` bytes are unpacked, or the end or damage is met."""
    output = bytearray(_INITIAL_DICTIONARY)
    end = len(_INITIAL_DICTIONARY) + size
    place = 0
    while place < len(body) and len(output) < end:
        flags = body[place]
        place += 1
        for bit in range(8):
            if flags >> bit & 1 == 0:
                output += body[place : place + 1]
                place += 1
                continue
            if place + 2 > len(body):
                return bytes(output[len(_INITIAL_DICTIONARY) : end])
            reference = int.from_bytes(body[place : place + 2], "big")
            place += 2
            # References give a position in a ring of the last 4,096 bytes written.
            distance = (len(output) - (reference >> 4)) % _DICTIONARY_SIZE
            # A reference to the position of writing marks the end; one to before the start is damage.
            if distance == 0 or distance > len(output):
                return bytes(output[len(_INITIAL_DICTIONARY) : end])
            for _ in range((reference & 15) + 2):
                output.append(output[-distance])
    return bytes(output[len(_INITIAL_DICTIONARY) : end])
