"""Messages over a pipe between two processes: frames of bytes, each after its length."""

from __future__ import annotations

import struct
from typing import BinaryIO

_LENGTH = struct.Struct(">Q")  # 8 bytes, big-endian


class FrameTooLarge(ValueError):
    """A frame is larger than its reader allows."""


def write_frame(stream: BinaryIO, payload: bytes) -> None:
    """Write one frame and flush."""
    stream.write(_LENGTH.pack(len(payload)))
    stream.write(payload)
    stream.flush()


def read_frame(stream: BinaryIO, largest: int) -> bytes:
    """The next frame. Raises EOFError if the stream ends too early, FrameTooLarge if it is over `largest` bytes."""
    (length,) = _LENGTH.unpack(_read_exactly(stream, _LENGTH.size))
    if length > largest:
        raise FrameTooLarge(length)
    return _read_exactly(stream, length)


def _read_exactly(stream: BinaryIO, length: int) -> bytes:
    """The next `length` bytes. Raises EOFError if there are fewer."""
    data = stream.read(length)
    if data is None or len(data) < length:
        raise EOFError
    return data
