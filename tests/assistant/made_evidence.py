"""Sentences with a source, made for a test, and vectors that rank them."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.evidence.scoring import Evidence
from vectorstore import Passage


def said(text: str, document: str = "a", published: str | None = "2022-06-01", **passage: str) -> Evidence:
    """One sentence that is a passage of its own; its publisher and heading by keyword."""
    whole = Passage(
        f"{document}:{text}", document, f"Report {document}", (), passage.get("publisher"), published,
        f"{document}.txt", None, passage.get("heading"), 0, len(text), text,
    )  # fmt: skip
    return Evidence(whole, 0, len(text), score=0.9)


def counts(texts: Sequence[str]) -> NDArray[np.float32]:
    """(n, 1024) unit vectors that count the words of n texts: the more words two share, the nearer they are."""
    vectors = np.zeros((len(texts), 1024), dtype=np.float32)
    for row, text in zip(vectors, texts, strict=True):
        for word in re.findall(r"\w+", text.casefold()):
            row[zlib.crc32(word.encode()) % 1024] += 1
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9))
