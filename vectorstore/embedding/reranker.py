"""A cross-encoder over the best passages: reads question and passage together, slower and finer than vectors.

Off unless a model is named: none ships with the program.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from vectorstore.embedding.torch_model import ModelUnavailable
from vectorstore.records import Passage

DEPTH = (
    40  # passages read with the question; a small cross-encoder takes about a second for them on two cores
)


class Reranker:
    """A sentence-transformers cross-encoder by name or path, loaded at its first use; safe to share.

    Raises ModelUnavailable where it cannot be loaded.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._lock = threading.Lock()
        self._model: Any = None

    def rerank(self, question: str, passages: Sequence[Passage]) -> list[Passage]:
        """The first DEPTH passages in the cross-encoder's order, the others behind them; scores fall from 1 to 0."""
        head, tail = list(passages[:DEPTH]), passages[DEPTH:]
        if len(head) < 2:
            return list(passages)
        with self._lock:
            scores = self._loaded().predict(
                [(question, f"{one.title or ''}\n{one.text}".strip()) for one in head],
                show_progress_bar=False,
            )
        import numpy as np

        # Whatever the model's scale, scores are shown in the upper half and keep their order; the rest fill the lower.
        chances = 0.5 + 0.5 / (1.0 + np.exp(-np.asarray(scores, dtype=np.float64).reshape(len(head))))
        order = np.argsort(-chances, kind="stable")
        read = [replace(head[place], score=round(float(chances[place]), 6)) for place in order]
        return read + [replace(one, score=round(one.score / 2, 6)) for one in tail]

    def _loaded(self) -> Any:
        if self._model is None:
            try:
                from sentence_transformers import CrossEncoder

                self._model = CrossEncoder(self.name)
            except Exception as error:  # the loader raises whatever its many parts raise
                raise ModelUnavailable(
                    f"The cross-encoder {self.name!r} cannot be loaded ({error}): set BRIEFING_RERANKER to a "
                    "sentence-transformers cross-encoder that this machine can fetch, or to a path, or unset it"
                ) from error
        return self._model
