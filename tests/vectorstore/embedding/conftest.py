"""The default model as ONNX and as torch runs it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from onnx_folder import onnx_folder

from vectorstore import EmbeddingModel
from vectorstore.embedding.model import DEFAULT_MODEL
from vectorstore.embedding.onnx_model import OnnxModel
from vectorstore.embedding.torch_model import TorchModel


@pytest.fixture(scope="session")
def compiled(models: Path) -> OnnxModel:
    return OnnxModel(onnx_folder(models))


@pytest.fixture(scope="session")
def original() -> TorchModel:
    return TorchModel(DEFAULT_MODEL, EmbeddingModel().path)


@pytest.fixture
def copied(models: Path, tmp_path: Path) -> Path:
    """A compiled model that a test may harm."""
    return Path(shutil.copytree(onnx_folder(models), tmp_path / "models" / onnx_folder(models).name))
