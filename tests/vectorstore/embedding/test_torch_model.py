"""The model as its authors publish it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from vectorstore import EmbeddingModel
from vectorstore.embedding.torch_model import (
    DEFAULT_MODEL,
    DEFAULT_WEIGHTS,
    ModelUnavailable,
    TorchModel,
    first_line,
    hub_commit,
    revision,
)

pytestmark = pytest.mark.index


def test_vectors_have_unit_length_and_one_row_a_text(original: TorchModel) -> None:
    vectors = original.embed(["gold", "The ferry of Mopti sank.", ""])
    assert vectors.shape == (3, 384) and vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_the_packaged_weights_are_the_published_ones(original: TorchModel) -> None:
    assert original.revision == revision(EmbeddingModel().path) == DEFAULT_WEIGHTS[:12]


def test_damaged_weights_are_refused_before_they_are_loaded(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"not the weights")
    with pytest.raises(ModelUnavailable, match="reinstall the package"):
        TorchModel(DEFAULT_MODEL, str(tmp_path))


def test_a_model_that_is_not_there_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="'mine' cannot be loaded .*BRIEFING_EMBEDDING_MODEL"):
        TorchModel("mine", str(tmp_path / "nothing"))


def test_a_revision_follows_the_weights(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"one")
    first = revision(str(tmp_path))
    (tmp_path / "model.safetensors").write_bytes(b"two")
    assert len(first) == 12 and first != revision(str(tmp_path))


def test_a_model_that_the_hub_s_cache_does_not_have_is_unknown() -> None:
    assert hub_commit("nobody/nothing") is None
    assert revision("nobody/nothing") == "unknown"


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ValueError("one\ntwo"), "one"),
        (ValueError("  \n"), "ValueError"),
        (KeyError(), "KeyError"),
        (ValueError("x" * 400), "x" * 300),
    ],
)
def test_an_error_is_told_in_one_line(error: Exception, line: str) -> None:
    assert first_line(error) == line
