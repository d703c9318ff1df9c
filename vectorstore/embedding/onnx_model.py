"""An embedding model exported to ONNX, run by onnxruntime alone: no torch, no transformers.

Each text is run by itself (several at a time, each on its own thread), never in a batch. Dynamic quantisation scales
activations by the largest value in the whole tensor, so a text's vector would depend on its neighbours in the batch,
and the ledger keeps a vector for good. Run alone, a text gives the same vector bit for bit, needs no padding, and is
fastest.

    batches compared | metric                              | value
    1 and 32         | mean cosine of a text's two vectors | .994
    1 and 32         | lowest of these cosines             | .980 (as far apart as from the original)
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

MODEL, TOKENIZER, CARD = "model.onnx", "tokenizer.json", "model.json"  # file names in a model's folder
FORMAT = 1  # version of the card
LOWEST_COSINE = 0.97  # allowed between a text's exported and original vectors; see the table in onnx_export
_MOST_THREADS = 8  # each takes about 10 MB


class DamagedModel(Exception):
    """A file is missing or has changed since it was written: export the model again."""


class UnfitModel(Exception):
    """The files are sound, but this machine computes wrong vectors from them."""


class OnnxModel:
    """An exported model, loaded from its folder by the constructor; safe to share between threads.

    Loading checks every file against its SHA-256 (40 ms; sizes and times would miss a flipped bit, and reject a copied
    folder), and then two recorded texts against the vectors the original gave them: a processor without VNNI may
    overflow in int8 products, which no checksum shows. Raises DamagedModel or UnfitModel.
    """

    def __init__(self, folder: Path) -> None:
        card, model, tokenizer_json = _read(folder)
        self.limit: int = card["limit"]  # word pieces of one text, not counting the two special ones
        self.dimension: int = card["dimension"]
        self.revision: str = card["revision"]
        self._tokenizer_json = tokenizer_json
        try:
            self._tokenizer = _tokenizer(tokenizer_json)
            self._session = _session(model)
            self._probe(card["probe"])
        except UnfitModel:
            raise
        except Exception as error:  # onnxruntime's exceptions differ from version to version
            raise UnfitModel(str(error).strip()[:300]) from error
        self._threads = min(cores(), _MOST_THREADS)

    def tokenizer(self) -> Any:
        """A tokenizers.Tokenizer for the caller alone."""
        return _tokenizer(self._tokenizer_json)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of unit length, shape (len(texts), dimension), for at least one text."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        if len(texts) == 1 or self._threads == 1:
            for at, text in enumerate(texts):
                vectors[at] = self._embed_text(text)
            return vectors
        # Longest first, so that all threads end at about the same time.
        order = sorted(range(len(texts)), key=lambda at: -len(texts[at]))
        with ThreadPoolExecutor(min(self._threads, len(texts))) as pool:
            for at, vector in zip(
                order, pool.map(lambda at: self._embed_text(texts[at]), order), strict=True
            ):
                vectors[at] = vector
        return vectors

    def _embed_text(self, text: str) -> Vectors:
        """The vector of one text, shape (dimension,)."""
        pieces = self._tokenizer.encode(
            text
        ).ids  # cut at the model's limit, as onnx_export set the tokenizer
        if not pieces:  # an empty text, and a tokenizer that adds no special pieces
            return np.zeros(self.dimension, dtype=np.float32)
        vector: Vectors = self._session.run(None, {"pieces": np.array([pieces], dtype=np.int64)})[0][0]
        return vector

    def _probe(self, records: Sequence[dict[str, Any]]) -> None:
        """Embed the recorded texts again. Raises UnfitModel if a vector differs from the one recorded."""
        for record in records:
            cosine = float(self._embed_text(record["text"]) @ np.array(record["vector"], dtype=np.float32))
            if not cosine >= LOWEST_COSINE:
                raise UnfitModel(f"a known text's vector is off, cosine {cosine:.3f}")


def digest_of(card: dict[str, Any]) -> str:
    """SHA-256 of a card without its own "digest" field, in hex digits."""
    rest = {name: value for name, value in card.items() if name != "digest"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def _read(folder: Path) -> tuple[dict[str, Any], bytes, str]:
    """The card, the ONNX model and the tokenizer's JSON. Raises DamagedModel if a checksum does not fit."""
    try:
        card = json.loads((folder / CARD).read_text("utf8"))
        if card["format"] != FORMAT or card["digest"] != digest_of(card):
            raise DamagedModel(f"{folder / CARD} is not as it was written")
        # Read once, so that the bytes checked are the bytes loaded.
        files = {name: (folder / name).read_bytes() for name in (MODEL, TOKENIZER)}
        for name, data in files.items():
            if hashlib.sha256(data).hexdigest() != card["files"][name]:
                raise DamagedModel(f"{folder / name} is not as it was written")
        return card, files[MODEL], files[TOKENIZER].decode("utf8")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedModel(f"{folder}: {error}") from error


def _tokenizer(tokenizer_json: str) -> Any:
    from tokenizers import Tokenizer

    return Tokenizer.from_str(tokenizer_json)


def _session(model: bytes) -> Any:
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read when onnxruntime is imported
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3  # errors only: its warnings address developers
    # One thread a text (see embed) instead of several threads for one text: 20 % more texts a second on two cores,
    # and no thread spins while it waits for work.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # Without the arena malloc keeps what each thread took: 148 MB instead of 132 after a batch on two threads.
    options.enable_cpu_mem_arena = True
    return onnxruntime.InferenceSession(
        model,
        options,
        providers=["CPUExecutionProvider"],
        # The fused operator runs on scalars: six times the cost of addition and LayerNormalization apart.
        disabled_optimizers=["SkipLayerNormFusion"],
    )


def cores() -> int:
    """Physical cores that this process may use: a core's second hardware thread adds little to arithmetic."""
    if not hasattr(os, "sched_getaffinity"):
        return max(1, os.cpu_count() or 1)
    cpus = os.sched_getaffinity(0)
    siblings = set()
    for number in cpus:
        try:
            topology = Path(f"/sys/devices/system/cpu/cpu{number}/topology/thread_siblings_list")
            siblings.add(topology.read_text("ascii").strip())
        except OSError:  # some containers hide the topology
            return len(cpus)
    return len(siblings)
