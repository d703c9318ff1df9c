"""Length-prefixed frames over a pipe."""

from __future__ import annotations

import struct
from typing import BinaryIO

_LENGTH = struct.Struct(">Q")


class FrameTooLarge(ValueError):
    """A frame announces more bytes than are wanted."""


def write_frame(stream: BinaryIO, payload: bytes) -> None:
    """Writes one frame and flushes."""
    stream.write(_LENGTH.pack(len(payload)))
    stream.write(payload)
    stream.flush()


def read_frame(stream: BinaryIO, largest: int) -> bytes:
    """The next frame. Raises EOFError where the stream ends and FrameTooLarge over `largest` bytes."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > largest:
        raise FrameTooLarge(length)
    return _exactly(stream, length)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if data is None or len(data) < length:
        raise EOFError
    return data
