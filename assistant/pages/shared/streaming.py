"""Waits for the pieces of a slow answer while the page stays open to clicks."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from queue import Empty, SimpleQueue
from typing import TypeVar

_TICK = 0.2  # seconds without a piece after which None is yielded
_Piece = TypeVar("_Piece")


class _StreamEnd:
    """The last entry of the queue: the pieces have ended, or raised `error`."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


def with_ticks(pieces: Iterable[_Piece]) -> Iterator[_Piece | None]:
    """The pieces as they come, and None five times a second while there is none.

    A Streamlit script notices a click only when it draws, and a model may be silent for minutes: the caller draws at
    each None. The pieces are made in a thread, which ends at its next piece once the caller has stopped iterating.
    Raises whatever iterating over `pieces` raises.
    """
    queue: SimpleQueue[_Piece | _StreamEnd] = SimpleQueue()
    stopped = threading.Event()

    def work() -> None:
        try:
            for piece in pieces:
                if stopped.is_set():
                    return
                queue.put(piece)
            queue.put(_StreamEnd())
        except BaseException as error:
            queue.put(_StreamEnd(error))

    threading.Thread(target=work, name="briefing-answer", daemon=True).start()
    try:
        while True:
            try:
                piece = queue.get(timeout=_TICK)
            except Empty:
                yield None
                continue
            if isinstance(piece, _StreamEnd):
                if piece.error is not None:
                    raise piece.error
                return
            yield piece
    finally:
        stopped.set()
