"""Waiting for slow pieces without going deaf to clicks."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from queue import Empty, SimpleQueue
from typing import TypeVar

_TICK = 0.2  # seconds
_Piece = TypeVar("_Piece")


class _StreamEnd:
    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


def ticking(pieces: Iterable[_Piece]) -> Iterator[_Piece | None]:
    """The pieces as they come, and None a few times a second while none does.

    A Streamlit script notices a click only when it next draws something; a model may be silent for
    minutes. The pieces are made in a thread of their own, which ends at its next piece once the
    caller has gone. What `pieces` raises is raised here.
    """
    made: SimpleQueue[_Piece | _StreamEnd] = SimpleQueue()
    gone = threading.Event()

    def work() -> None:
        try:
            for piece in pieces:
                if gone.is_set():
                    return
                made.put(piece)
            made.put(_StreamEnd())
        except BaseException as error:
            made.put(_StreamEnd(error))

    threading.Thread(target=work, name="briefing-answer", daemon=True).start()
    try:
        while True:
            try:
                piece = made.get(timeout=_TICK)
            except Empty:
                yield None
                continue
            if isinstance(piece, _StreamEnd):
                if piece.error is not None:
                    raise piece.error
                return
            yield piece
    finally:
        gone.set()
