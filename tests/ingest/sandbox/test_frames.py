"""Frames arrive whole and in order, or not at all."""

from __future__ import annotations

import io

import pytest

from ingest.sandbox.frames import FrameTooLarge, read_frame, write_frame


def stream(*payloads: bytes) -> io.BytesIO:
    out = io.BytesIO()
    for payload in payloads:
        write_frame(out, payload)
    out.seek(0)
    return out


def test_frames_arrive_in_order_with_any_bytes_in_them() -> None:
    payloads = (b"", b"\0\n\xff", b"x" * 100_000)
    frames = stream(*payloads)
    assert tuple(read_frame(frames, 100_000) for _ in payloads) == payloads
    with pytest.raises(EOFError):
        read_frame(frames, 100)


def test_a_frame_over_the_limit_is_refused_before_it_is_read() -> None:
    frames = stream(b"x" * 11)
    with pytest.raises(FrameTooLarge):
        read_frame(frames, 10)
    assert frames.tell() == 8
    assert issubclass(FrameTooLarge, ValueError)


@pytest.mark.parametrize("length", [1, 7, 8, 12])
def test_a_frame_cut_short_is_an_end_of_file(length: int) -> None:
    with pytest.raises(EOFError):
        read_frame(io.BytesIO(stream(b"grain").getvalue()[:length]), 100)
