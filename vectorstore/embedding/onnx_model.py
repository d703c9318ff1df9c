"""An embedding model compiled to ONNX, run by onnxruntime alone: no torch, no transformers.

Texts are run one at a time, several at once on threads of their own. Dynamic quantisation scales activations
by the largest in the whole tensor, so in a batch a text's vector would depend on its neighbours: the cosine
between its vectors from batches of 1 and of 32 was .994 in the mean and .980 at the least, as far apart as
from the original. A vector, once in the ledger, stays for ever. One at a time it depends on the text alone,
bit for bit; nothing is spent on padding; and it is the fastest way besides.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from vectorstore.embedding.types import Vectors

MODEL, TOKENIZER, CARD = "model.onnx", "tokenizer.json", "model.json"  # its files
FORMAT = 1  # of the card
LOWEST_COSINE = 0.97  # to the original, for any one text; calibrated in model_export
_MOST_THREADS = 8  # beyond, memory is the limit: about 10 MB each


class DamagedModel(Exception):
    """A file is missing or not what was written: the model is to be compiled again."""


class UnfitModel(Exception):
    """The files are sound, but this machine does not get the right vectors from them."""


class OnnxModel:
    """A compiled model, loaded from its folder when this is made; safe to share between threads.

    Every file is checked against its SHA-256 (40 ms; sizes and times would not show a flipped bit, and would
    reject a copied folder), and two recorded texts must give the vectors that the original gave: without VNNI
    a processor may saturate in int8 products, which no hash shows. Raises DamagedModel or UnfitModel.
    """

    def __init__(self, folder: Path) -> None:
        card, model, tokenizer = _read(folder)
        self.limit: int = card["limit"]  # word pieces of one text, its two special ones not counted
        self.dimension: int = card["dimension"]
        self.revision: str = card["revision"]
        self._tokenizer_json = tokenizer
        try:
            self._tokenizer = _tokenizer(tokenizer)
            self._session = _session(model)
            self._probe(card["probe"])
        except UnfitModel:
            raise
        except Exception as error:  # whatever onnxruntime, of another version perhaps, raises
            raise UnfitModel(str(error).strip()[:300]) from error
        self._threads = min(cores(), _MOST_THREADS)

    def tokenizer(self) -> Any:
        """A tokenizers.Tokenizer of one's own."""
        return _tokenizer(self._tokenizer_json)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of unit length, shape (len(texts), dimension), for at least one text."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        if len(texts) == 1 or self._threads == 1:
            for at, text in enumerate(texts):
                vectors[at] = self._one(text)
            return vectors
        # Longest first: the threads then end at about the same time.
        order = sorted(range(len(texts)), key=lambda at: -len(texts[at]))
        with ThreadPoolExecutor(min(self._threads, len(texts))) as pool:
            for at, vector in zip(order, pool.map(lambda at: self._one(texts[at]), order), strict=True):
                vectors[at] = vector
        return vectors

    def _one(self, text: str) -> Vectors:
        pieces = self._tokenizer.encode(text).ids  # cut at the model's limit: see model_export
        if not pieces:  # a tokenizer without special pieces, and no text
            return np.zeros(self.dimension, dtype=np.float32)
        vector: Vectors = self._session.run(None, {"pieces": np.array([pieces], dtype=np.int64)})[0][0]
        return vector

    def _probe(self, recorded: Sequence[dict[str, Any]]) -> None:
        for one in recorded:
            cosine = float(self._one(one["text"]) @ np.array(one["vector"], dtype=np.float32))
            if not cosine >= LOWEST_COSINE:
                raise UnfitModel(f"a known text's vector is off, cosine {cosine:.3f}")


def digest_of(card: dict[str, Any]) -> str:
    """SHA-256 of a card, its own "digest" left out."""
    rest = {name: value for name, value in card.items() if name != "digest"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def _read(folder: Path) -> tuple[dict[str, Any], bytes, str]:
    """The card, the ONNX model and the tokenizer's JSON, each checked."""
    try:
        card = json.loads((folder / CARD).read_text("utf8"))
        if card["format"] != FORMAT or card["digest"] != digest_of(card):
            raise DamagedModel(f"{folder / CARD} is not as it was written")
        # What was checked is what is loaded: the files are read once.
        files = {name: (folder / name).read_bytes() for name in (MODEL, TOKENIZER)}
        for name, data in files.items():
            if hashlib.sha256(data).hexdigest() != card["files"][name]:
                raise DamagedModel(f"{folder / name} is not as it was written")
        return card, files[MODEL], files[TOKENIZER].decode("utf8")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedModel(f"{folder}: {error}") from error


def _tokenizer(written: str) -> Any:
    from tokenizers import Tokenizer

    return Tokenizer.from_str(written)


def _session(model: bytes) -> Any:
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read when onnxruntime is imported
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3  # errors; its warnings are for developers
    # A thread for each text instead of several for one: a fifth more texts a second on two cores, and no
    # thread that spins while it waits for work.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # Without the arena, malloc keeps what each thread took: 148 MB instead of 132 after a batch on two.
    options.enable_cpu_mem_arena = True
    return onnxruntime.InferenceSession(
        model,
        options,
        providers=["CPUExecutionProvider"],
        # Its fused operator runs on scalars and costs six times what addition and LayerNormalization do.
        disabled_optimizers=["SkipLayerNormFusion"],
    )


def cores() -> int:
    """Physical cores that this process may use: the second thread of a core adds little to arithmetic."""
    if not hasattr(os, "sched_getaffinity"):
        return max(1, os.cpu_count() or 1)
    allowed = os.sched_getaffinity(0)
    siblings = set()
    for number in allowed:
        try:
            topology = Path(f"/sys/devices/system/cpu/cpu{number}/topology/thread_siblings_list")
            siblings.add(topology.read_text("ascii").strip())
        except OSError:  # not told, as in some containers
            return len(allowed)
    return len(siblings)
