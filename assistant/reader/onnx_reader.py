"""The reader as it ships: int8 ONNX without word embeddings, which are those of the packaged embedder.

They are read from the embedder's weights file as they lie there, so that only the rows in use come into memory.
One input at a time: dynamic quantisation scales by the largest in the tensor, so that in a batch what is read
beside it would change a probability.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.reader.pieces import (
    ANSWERING,
    MOST_ASKED,
    MOST_CLAIM,
    MOST_PIECES,
    MOST_TITLE,
    SUPPORT,
    Integers,
    joined,
    membership,
)

_TABLE = "embeddings.word_embeddings.weight"

Floats = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True)
class PassageReading:
    """A passage read for a question: log odds for each sentence, and the likeliest answering words."""

    sentences: Floats  # (s,), log odds that each answers
    words: Floats  # (n, 2), logits of each piece as the first and the last of the answering words
    segments: Integers  # (n,): see pieces


class OnnxReader:
    """The reader of one file, safe to share between threads."""

    def __init__(self, model: Path, embedder: Path) -> None:
        from tokenizers import Tokenizer

        os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read when onnxruntime is imported
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(model),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],
        )
        self._table = word_embeddings(embedder)
        self._tokenizer = Tokenizer.from_file(str(embedder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def pieces(self, texts: Sequence[str]) -> list[Integers]:
        """The word pieces of each text, without special ones."""
        found = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [np.array(one.ids, dtype=np.int32) for one in found]

    def read(self, question: str, title: str, sentences: Sequence[str]) -> PassageReading:
        """One passage for one question. Sentences that do not fit in are given log odds of -99."""
        asked, named, *cut = self.pieces([question, title, *sentences])
        asked, named = asked[:MOST_ASKED], named[:MOST_TITLE]
        room = MOST_PIECES - len(asked) - len(named) - 4
        fits = max(1, int(np.searchsorted(np.cumsum([len(one) for one in cut]), room, side="right")))
        cut[0] = cut[0][:room]
        pieces, types, segments = joined(asked, named, cut[:fits], ANSWERING)
        odds, words, _ = self.run(pieces, types, segments)
        rest = np.full(len(sentences) - len(odds), -99, dtype=np.float32)
        return PassageReading(np.concatenate([odds, rest]), words, segments)

    def support(self, claim: str, cited: str) -> Floats:
        """Probabilities (3,) that the cited words carry a claim, leave it unproven, refute it."""
        said, words = self.pieces([claim, cited])
        said = said[:MOST_CLAIM]
        logits = self.run(*joined(said, None, [words[: MOST_PIECES - len(said) - 3]], SUPPORT))[2]
        shares = np.exp(logits - logits.max())
        return np.asarray(shares / shares.sum())

    def run(self, pieces: Integers, types: Integers, segments: Integers) -> tuple[Floats, Floats, Floats]:
        """One input: log odds of its sentences (s,), logits of its pieces (n, 2) and of the three labels."""
        rows = int(segments.max()) + 1
        odds, words, support = self._session.run(
            None,
            {
                "rows": self._table[pieces][None],
                "types": types[None].astype(np.int64),
                "membership": membership(segments, rows)[None].astype(np.float32),
            },
        )
        return odds[0], words[0], support[0]


def word_embeddings(embedder: Path) -> Floats:
    """The word embeddings of a model folder, (pieces, width), mapped from its weights file.

    Raises OSError where there is none, ValueError where it holds no such table in float32.
    """
    path = embedder / "model.safetensors"
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
    table = header.get(_TABLE)
    if table is None or table["dtype"] != "F32":
        raise ValueError(f"{path} holds no {_TABLE} in float32")
    return np.memmap(path, np.float32, "r", 8 + length + table["data_offsets"][0], tuple(table["shape"]))
