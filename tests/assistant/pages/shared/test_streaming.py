"""Pieces that come slowly, without going deaf meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from assistant.pages.shared.streaming import with_ticks


def test_pieces_come_in_their_order_and_nothing_after_them() -> None:
    assert [piece for piece in with_ticks(range(5)) if piece is not None] == list(range(5))


def test_none_comes_while_a_piece_is_awaited() -> None:
    go_on = threading.Event()

    def slow() -> Iterator[str]:
        go_on.wait(30)
        yield "at last"

    pieces = with_ticks(slow())
    assert next(pieces) is None
    go_on.set()
    assert next(piece for piece in pieces if piece is not None) == "at last"


def test_what_the_pieces_raise_is_raised_after_those_before_it() -> None:
    def failing() -> Iterator[int]:
        yield 1
        raise ValueError("the model was away")

    seen = []
    with pytest.raises(ValueError, match="the model was away"):
        for piece in with_ticks(failing()):
            seen.append(piece)
    assert [piece for piece in seen if piece is not None] == [1]


def test_once_nobody_listens_the_pieces_end() -> None:
    ended, go_on = threading.Event(), threading.Event()

    def endless() -> Iterator[int]:
        try:
            yield 0
            go_on.wait(30)
            while True:
                yield 1
        finally:
            ended.set()

    pieces = with_ticks(endless())
    assert next(piece for piece in pieces if piece is not None) == 0
    pieces.close()  # type: ignore[attr-defined]
    go_on.set()
    assert ended.wait(10)
