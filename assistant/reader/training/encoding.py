"""Questions and claims as inputs of the reader, with what is to be learnt from each."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.reader.pieces import (
    ANSWERING,
    BARE,
    LABELS,
    MOST_ASKED,
    MOST_CLAIM,
    MOST_PIECES,
    MOST_TITLE,
    SUPPORT,
    Integers,
    joined,
)
from assistant.reader.training.data import TrainingClaim, TrainingPassage, TrainingQuestion

EITHER = -2  # unproven or refuted: the source does not say which


@dataclass(frozen=True)
class PiecedPassage:
    title: Integers
    pieces: list[Integers]  # one array for each sentence
    offsets: list[tuple[Integers, Integers]]  # start and end of each piece in the passage's text


@dataclass
class Encoded:
    """One input with what is to be learnt from it; arrays of one length, the number of pieces."""

    pieces: Integers
    types: Integers
    segments: Integers
    answering: tuple[int, ...] = ()  # which segments answer, less 2
    first: int = -1  # piece with which the answering words begin; -1 where there are none
    last: int = -1
    label: int = -1  # of a claim: place in LABELS, or EITHER
    shown: tuple[int, ...] = ()  # which sentences of the passage the segments 2 and up are

    @property
    def is_claim(self) -> bool:
        return self.label != -1

    @property
    def sentences(self) -> int:
        return int(self.segments.max()) - 1


class Encoder:
    """Turns text into word pieces with the embedder's own tokenizer; passages are cut up once."""

    def __init__(self, model_path: str) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(Path(model_path) / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._passages: dict[TrainingPassage, PiecedPassage] = {}
        self._texts: dict[str, Integers] = {}

    def prepare(self, passages: Sequence[TrainingPassage], texts: Sequence[str]) -> None:
        """Cut many up at once, which is much faster than one by one."""
        fresh = [one for one in dict.fromkeys(passages) if one not in self._passages]
        found = self._tokenizer.encode_batch([one.text for one in fresh], add_special_tokens=False)
        for passage, encoding in zip(fresh, found, strict=True):
            self._passages[passage] = self._by_sentence(passage, encoding)
        new = [one for one in dict.fromkeys(texts) if one not in self._texts]
        for text, encoding in zip(
            new, self._tokenizer.encode_batch(new, add_special_tokens=False), strict=True
        ):
            self._texts[text] = np.array(encoding.ids, dtype=np.int32)

    def _by_sentence(self, passage: TrainingPassage, encoding: Any) -> PiecedPassage:
        pieces = np.array(encoding.ids, dtype=np.int32)
        offsets = np.array(encoding.offsets, dtype=np.int32).reshape(-1, 2)
        bounds = np.searchsorted(offsets[:, 0], [start for start, _ in passage.sentences])
        ends = [*bounds[1:], len(pieces)]
        spans = list(zip(bounds, ends, strict=True))
        return PiecedPassage(
            self._pieces(passage.title),
            [pieces[a:b] for a, b in spans],
            [(offsets[a:b, 0], offsets[a:b, 1]) for a, b in spans],
        )

    def _pieces(self, text: str) -> Integers:
        if text not in self._texts:
            self._texts[text] = np.array(
                self._tokenizer.encode(text, add_special_tokens=False).ids, dtype=np.int32
            )
        return self._texts[text]

    def passage(self, passage: TrainingPassage) -> PiecedPassage:
        if passage not in self._passages:
            self.prepare([passage], [])
        return self._passages[passage]

    def question(
        self,
        question: TrainingQuestion,
        room: int = MOST_PIECES,
        chance: random.Random | None = None,
        shown: str = "answer",
    ) -> Encoded | None:
        """A question with as many sentences of its passage as `room` pieces hold, one after the other.

        `shown` says which: "answer" (those about the best answer; without one, about the sentence that shares
        most pieces with the question), or "none" (only sentences that do not answer). With `chance`, where they
        begin is left to it. None where no sentence is left.
        """
        pieced = self.passage(question.passage)
        asked = self._pieces(question.question)[:MOST_ASKED]
        title = pieced.title[:MOST_TITLE]
        room -= len(asked) + len(title) + 4
        gold = question.answering
        allowed = [i not in gold if shown == "none" else True for i in range(len(pieced.pieces))]
        if not any(allowed):
            return None
        if gold and shown == "answer":
            centre = gold[0]
        else:
            wanted = set(asked[asked > BARE].tolist())
            shares = [
                len(wanted & set(one.tolist())) if ok else -1
                for one, ok in zip(pieced.pieces, allowed, strict=True)
            ]
            centre = int(np.argmax(shares))
        window = _window([len(one) for one in pieced.pieces], allowed, centre, room, chance)
        kept = [pieced.pieces[i] for i in window]
        kept[0] = kept[0][:room]  # a sentence longer than the room
        encoded = Encoded(*joined(asked, title, kept, ANSWERING))
        encoded.shown = tuple(window)
        encoded.answering = tuple(window.index(i) for i in gold if i in window)
        if question.has_words and question.answers:
            self._mark_words(encoded, question, pieced)
        return encoded

    def passages(self, question: TrainingQuestion, room: int = MOST_PIECES) -> list[Encoded]:
        """A question with all sentences of its passage, in as many inputs of `room` pieces as they take."""
        pieced = self.passage(question.passage)
        asked = self._pieces(question.question)[:MOST_ASKED]
        title = pieced.title[:MOST_TITLE]
        room -= len(asked) + len(title) + 4
        found: list[Encoded] = []
        at = 0
        while at < len(pieced.pieces):
            end, left = at, room
            while end < len(pieced.pieces) and (end == at or len(pieced.pieces[end]) <= left):
                left -= len(pieced.pieces[end])
                end += 1
            kept = [one[:room] for one in pieced.pieces[at:end]]
            encoded = Encoded(*joined(asked, title, kept, ANSWERING))
            encoded.shown = tuple(range(at, end))
            encoded.answering = tuple(i - at for i in question.answering if at <= i < end)
            found.append(encoded)
            at = end
        return found

    def _mark_words(self, encoded: Encoded, question: TrainingQuestion, pieced: PiecedPassage) -> None:
        start, end = question.answers[0]
        sentence = question.answering[0] if question.answering else -1
        if sentence not in encoded.shown:
            return
        starts, ends = pieced.offsets[sentence]
        inside = np.flatnonzero((ends > start) & (starts < end))
        base = int(np.argmax(encoded.segments == encoded.shown.index(sentence) + 2))
        if len(inside) and base + inside[-1] < len(encoded.pieces) - 1:
            encoded.first, encoded.last = base + int(inside[0]), base + int(inside[-1])

    def claim(self, claim: TrainingClaim, room: int = MOST_PIECES) -> Encoded:
        said = self._pieces(claim.claim)[:MOST_CLAIM]
        cited = self._pieces(claim.evidence)[: room - len(said) - 3]
        encoded = Encoded(*joined(said, None, [cited], SUPPORT))
        encoded.label = EITHER if claim.label == "not" else LABELS.index(claim.label)
        return encoded


def _window(
    lengths: Sequence[int], allowed: Sequence[bool], centre: int, room: int, chance: random.Random | None
) -> list[int]:
    """Neighbouring sentences about `centre`, grown to either side while they fit."""
    first = last = centre
    left = room - lengths[centre]
    backward, forward = True, True
    while backward or forward:
        go_back = backward and (
            not forward or (chance.random() < 0.5 if chance else centre - first <= last - centre)
        )
        at = first - 1 if go_back else last + 1
        fits = 0 <= at < len(lengths) and allowed[at] and lengths[at] <= left
        if not fits:
            if go_back:
                backward = False
            else:
                forward = False
            continue
        left -= lengths[at]
        first, last = min(first, at), max(last, at)
    return list(range(first, last + 1))
