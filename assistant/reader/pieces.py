"""Word pieces as the reader takes them: a question with a passage, or a claim with the words it cites.

`[CLS] first [SEP] title [SEP] sentence sentence … [SEP]`, for claims without title. Beside each piece stands its
type (which task, which side, whether the other side has the same piece) and its segment: 0 the question or claim,
1 the title, 2 and up the sentences, -1 none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

MOST_PIECES = 256  # of a whole input
MOST_ASKED, MOST_TITLE, MOST_CLAIM = 56, 20, 96
ANSWERING, SUPPORT = 0, 1  # the tasks
TYPES = 8  # 2 tasks × 2 sides × 2 (the other side has the piece, or not)
LABELS = ("supported", "unproven", "refuted")
BARE = 999  # pieces below are marks, single letters and reserved
_CLS, _SEP = 101, 102

Integers = np.ndarray[Any, np.dtype[np.int32]]


def joined(
    first: Integers, title: Integers | None, sentences: Sequence[Integers], task: int
) -> tuple[Integers, Integers, Integers]:
    """Pieces, types and segments of one input, each of shape (n,); `task` is ANSWERING or SUPPORT."""
    parts: list[Any] = [[_CLS], first, [_SEP]]
    marks: list[Any] = [[-1], np.zeros(len(first)), [-1]]
    if title is not None:
        parts += [title, [_SEP]]
        marks += [np.full(len(title), 1), [-1]]
    for number, sentence in enumerate(sentences):
        parts.append(sentence)
        marks.append(np.full(len(sentence), number + 2))
    parts.append([_SEP])
    marks.append([-1])
    pieces = np.concatenate(parts).astype(np.int32)
    segments = np.concatenate(marks).astype(np.int32)
    side = (np.arange(len(pieces)) > len(first) + 1).astype(np.int32)
    ours, theirs = np.unique(pieces[segments == 0]), np.unique(pieces[segments > 0])
    both = np.intersect1d(ours, theirs)
    shared = np.isin(pieces, both[both > BARE]).astype(np.int32)
    return pieces, 4 * task + 2 * side + shared, segments


def membership(segments: Integers, rows: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which pieces each segment pools, (…, rows, n) for segments (…, n): in row 1 all but the question or claim."""
    belongs = segments[..., None, :] == np.arange(rows)[:, None]
    belongs[..., 1, :] = segments > 0
    return np.asarray(belongs)
