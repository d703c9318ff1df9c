"""An optional cross-encoder, NLI or MiniCheck style, that judges whether a sentence follows from its spans.

None ships with the program: it is off until the setting `checker` names one.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from vectorstore.embedding.torch_model import ModelUnavailable

_HELP = (
    "set BRIEFING_CHECKER to a sentence-transformers cross-encoder that this machine can fetch, or to a path, "
    "or unset it"
)


@dataclass(frozen=True)
class EntailmentScores:
    """A model's probabilities for one sentence."""

    entailed: float  # 0 to 1
    contradicted: float | None  # 0 to 1; None if the model has no such class


class EntailmentModel:
    """A sentence-transformers cross-encoder by name or path, loaded at first use; thread-safe.

    Its head may have one score for support, two classes of which the second is support (MiniCheck, Tang et al. 2024),
    or named NLI classes (entailment, neutral, contradiction).
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._lock = threading.Lock()
        self._model: Any = None
        self._classes: tuple[int | None, int | None] = None, None

    def judge(self, sentence: str, spans: Sequence[str]) -> EntailmentScores:
        """Probability that the sentence follows from the spans, the best over all spans joined and each alone.

        Raises ModelUnavailable: the model cannot be loaded, or its classes are unknown.
        """
        premises = list(dict.fromkeys(["\n".join(spans), *spans]))
        with self._lock:
            model = self._load()
            from torch.nn import Identity

            raw = model.predict(
                [(premise, sentence) for premise in premises],
                activation_fn=Identity(),
                show_progress_bar=False,
            )
        logits = np.asarray(raw, dtype=np.float64).reshape(len(premises), -1)
        entailed, contradicted = self._classes
        if entailed is None:
            return EntailmentScores(float(np.max(1.0 / (1.0 + np.exp(-logits[:, 0])))), None)
        chances = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        best = int(np.argmax(chances[:, entailed]))
        return EntailmentScores(
            float(chances[best, entailed]),
            None if contradicted is None else float(chances[best, contradicted]),
        )

    def _load(self) -> Any:
        """The model, loaded at the first call. Raises ModelUnavailable: see `judge`."""
        if self._model is None:
            try:
                from sentence_transformers import CrossEncoder

                model = CrossEncoder(self.name)
                labels = {int(place): str(label) for place, label in model.config.id2label.items()}
            except Exception as error:  # the loader raises whatever its many parts raise
                raise ModelUnavailable(
                    f"The checking model {self.name!r} cannot be loaded ({error}): {_HELP}"
                ) from error
            self._classes = class_indices(labels, self.name)
            self._model = model
        return self._model


def class_indices(labels: Mapping[int, str], name: str) -> tuple[int | None, int | None]:
    """Indices of the classes "entailed" and "contradicted"; (None, None) for a head with a single score.

    `class_indices({0: "contradiction", 1: "entailment", 2: "neutral"}, "m") == (1, 0)`; two unnamed
    classes give (1, None).

    Raises ModelUnavailable: three or more classes, or two of them named, and not exactly one is entailment.
    """
    if len(labels) == 1:
        return None, None
    entailed = [place for place, label in labels.items() if _ENTAILED.match(label.casefold())]
    contradicted = [place for place, label in labels.items() if _CONTRADICTED.match(label.casefold())]
    if len(entailed) == 1:
        return entailed[0], contradicted[0] if len(contradicted) == 1 else None
    if len(labels) == 2 and not entailed:
        return 1, None  # MiniCheck: 0 not supported, 1 supported
    raise ModelUnavailable(
        f"The checking model {name!r} names its classes {list(labels.values())}, of which none is entailment: {_HELP}"
    )


_ENTAILED = re.compile(r"entail|support|consistent|attributable|faithful")
_CONTRADICTED = re.compile(r"contradict|refut|inconsistent|not_entail")
