"""Where the exported default model is, and how a test damages a copy of it."""

from __future__ import annotations

from pathlib import Path

from vectorstore import EmbeddingModel
from vectorstore.embedding import onnx_cache
from vectorstore.embedding.model import DEFAULT_MODEL


def onnx_folder(models: Path) -> Path:
    """The folder of the default model in a cache."""
    key = onnx_cache.fingerprint(DEFAULT_MODEL, EmbeddingModel().path)
    assert key is not None
    return models / key


def flip_a_bit(path: Path) -> None:
    """Change one bit in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
