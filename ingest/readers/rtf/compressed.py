"""Outlook's compressed RTF (MS-OXRTFCP): a dictionary of 4,096 bytes and references into it."""

from __future__ import annotations

import struct

_COMPRESSED, _STORED = b"LZFu", b"MELA"
_HEADER = struct.Struct("<II4sI")  # length without this field, length unpacked, kind, checksum
_DICTIONARY = 4096  # bytes
_LARGEST = 50 * 1024 * 1024  # bytes unpacked
# What both sides know before the first byte, as the specification gives it.
_KNOWN = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)


def decompress(data: bytes) -> bytes:
    """The RTF in `data`, as far as it goes where it is damaged; empty where it is no compressed RTF at all."""
    if len(data) < _HEADER.size:
        return b""
    _, size, kind, _ = _HEADER.unpack_from(data)
    body = data[_HEADER.size :]
    if kind == _STORED:
        return body[:size]
    return _unpacked(body, min(size, _LARGEST)) if kind == _COMPRESSED else b""


def _unpacked(body: bytes, size: int) -> bytes:
    out = bytearray(_KNOWN)
    end = len(_KNOWN) + size
    place = 0
    while place < len(body) and len(out) < end:
        flags = body[place]
        place += 1
        for bit in range(8):
            if flags >> bit & 1 == 0:
                out += body[place : place + 1]
                place += 1
                continue
            if place + 2 > len(body):
                return bytes(out[len(_KNOWN) : end])
            reference = int.from_bytes(body[place : place + 2], "big")
            place += 2
            # The dictionary is the last 4,096 bytes of what was written, in a ring.
            distance = (len(out) - (reference >> 4)) % _DICTIONARY
            # A reference to the place of writing is the end; one to before the beginning is damage.
            if distance == 0 or distance > len(out):
                return bytes(out[len(_KNOWN) : end])
            for _ in range((reference & 15) + 2):
                out.append(out[-distance])
    return bytes(out[len(_KNOWN) : end])
