"""Reranks the best passages with a cross-encoder, which reads question and passage together.

It is slower and more accurate than comparing vectors. Off unless a model is named: none ships with the program.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from vectorstore.embedding.torch_model import ModelUnavailable
from vectorstore.records import Passage

DEPTH = 40  # passages read with the question; a small cross-encoder takes about a second for 40 on two cores


class Reranker:
    """A sentence-transformers cross-encoder by name or path, loaded at its first use; safe to share.

    Raises ModelUnavailable if the model cannot be loaded.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._lock = threading.Lock()
        self._model: Any = None

    def rerank(self, question: str, passages: Sequence[Passage]) -> list[Passage]:
        """The first DEPTH passages in the cross-encoder's order, then the others as they came.

        Their new scores lie between 1 and 0 and fall; those of the reranked passages are at least 0.5.
        """
        head, tail = list(passages[:DEPTH]), passages[DEPTH:]
        if len(head) < 2:
            return list(passages)
        with self._lock:
            scores = self._loaded().predict(
                [(question, f"{passage.title or ''}\n{passage.text}".strip()) for passage in head],
                show_progress_bar=False,
            )
        import numpy as np

        # Models score on different scales. A sigmoid maps any scale into the upper half; the tail fills the lower half.
        scaled = 0.5 + 0.5 / (1.0 + np.exp(-np.asarray(scores, dtype=np.float64).reshape(len(head))))
        order = np.argsort(-scaled, kind="stable")
        reranked = [replace(head[place], score=round(float(scaled[place]), 6)) for place in order]
        return reranked + [replace(passage, score=round(passage.score / 2, 6)) for passage in tail]

    def _loaded(self) -> Any:
        if self._model is None:
            try:
                from sentence_transformers import CrossEncoder

                self._model = CrossEncoder(self.name)
            except Exception as error:  # the loader passes on whatever its libraries raise
                raise ModelUnavailable(
                    f"The cross-encoder {self.name!r} cannot be loaded ({error}): set BRIEFING_RERANKER to a "
                    "sentence-transformers cross-encoder that this machine can fetch, or to a path, or unset it"
                ) from error
        return self._model
