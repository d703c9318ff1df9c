"""Inputs of about one length together as arrays; pairs of claims stay in one batch."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assistant.reader.pieces import membership
from assistant.reader.training.encoding import Encoded

_STEP = 16  # lengths are padded to multiples of it: each new shape compiles new kernels
PIECES_A_BATCH = 2304


@dataclass
class Batch:
    """Arrays of b inputs of n pieces with at most s segments."""

    pieces: Any  # (b, n) int64
    types: Any  # (b, n) int64
    mask: Any  # (b, n) bool: a piece, or padding
    membership: Any  # (b, s, n) bool: 0 question or claim, 1 all that follows, 2 and up the sentences
    is_claim: bool
    sentence_mask: Any  # (b, s - 2) bool
    answering: Any  # (b, s - 2) float32: 1 where the sentence answers
    words: Any  # (b, 2) int64: first and last piece of the answering words, or -1
    labels: Any  # (b,) int64, of claims
    pairs: Any  # (p, 2) int64: rows of a faithful and of another claim about the same words


def collate(inputs: Sequence[Encoded], groups: Sequence[int] | None = None) -> Batch:
    """Inputs of one task as arrays; `groups` says which claims are about the same words."""
    n = -(-max(len(one.pieces) for one in inputs) // _STEP) * _STEP
    most = -(-max(one.sentences for one in inputs) // 4) * 4 if not inputs[0].is_claim else 1
    b = len(inputs)
    pieces = np.zeros((b, n), dtype=np.int64)
    types = np.zeros((b, n), dtype=np.int64)
    segments = np.full((b, n), -1, dtype=np.int32)
    sentence_mask = np.zeros((b, most), dtype=bool)
    answering = np.zeros((b, most), dtype=np.float32)
    words = np.full((b, 2), -1, dtype=np.int64)
    for row, one in enumerate(inputs):
        length = len(one.pieces)
        pieces[row, :length], types[row, :length] = one.pieces, one.types
        segments[row, :length] = one.segments
        sentence_mask[row, : one.sentences] = True
        answering[row, list(one.answering)] = 1
        words[row] = one.first, one.last
    return Batch(
        pieces,
        types,
        np.arange(n)[None] < np.array([len(one.pieces) for one in inputs])[:, None],
        membership(segments, most + 2),
        inputs[0].is_claim,
        sentence_mask,
        answering,
        words,
        np.array([one.label for one in inputs], dtype=np.int64),
        _pairs(inputs, groups),
    )


def _pairs(inputs: Sequence[Encoded], groups: Sequence[int] | None) -> Any:
    pairs = []
    for one, group in enumerate(groups or ()):
        for two in range(one + 1, len(inputs)):
            if groups is None or groups[two] != group:
                break
            if (inputs[one].label == 0) != (inputs[two].label == 0):
                pairs.append((one, two) if inputs[one].label == 0 else (two, one))
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def batched(
    units: Sequence[Sequence[Encoded]], chance: random.Random | None, pieces: int = PIECES_A_BATCH
) -> list[list[tuple[int, Encoded]]]:
    """Units (inputs that belong together, of one task) sorted by length into batches of about `pieces` pieces.

    Each input comes with the number of its unit. With `chance`, the batches are shuffled.
    """
    batches: list[list[tuple[int, Encoded]]] = []
    for is_claim in (False, True):
        chosen = [i for i, unit in enumerate(units) if unit[0].is_claim == is_claim]
        chosen.sort(key=lambda i: max(len(one.pieces) for one in units[i]))
        batch: list[tuple[int, Encoded]] = []
        for i in chosen:
            longest = -(-max(len(one.pieces) for one in units[i]) // _STEP) * _STEP
            if batch and (len(batch) + len(units[i])) * longest > pieces:
                batches.append(batch)
                batch = []
            batch += [(i, one) for one in units[i]]
        if batch:
            batches.append(batch)
    if chance is not None:
        chance.shuffle(batches)
    return batches
