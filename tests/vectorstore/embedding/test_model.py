"""The embedding model: lazily loaded, identified, counted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from vectorstore import EmbeddingModel
from vectorstore.embedding.torch_model import DEFAULT_WEIGHTS


def test_no_text_gives_no_vector_and_an_empty_one_gives_one(models: Path) -> None:
    model = EmbeddingModel(cache=models)
    assert model.embed([]).shape == (0, 384)
    assert np.linalg.norm(model.embed([""])[0]) == pytest.approx(1, abs=1e-5)


def test_the_default_model_is_identified_and_measured_without_loading_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(EmbeddingModel, "_load", lambda *_: pytest.fail("loaded"))
    model = EmbeddingModel()
    assert (model.identity.revision, model.identity.dimension) == (DEFAULT_WEIGHTS[:12], 384)
    assert model.limit == 254 and model.count("Gold in Mali") == 3
    assert str(model.identity) == f"{model.identity.key} (384 dimensions)"


def test_counting_does_not_stop_at_the_model_s_limit(model: EmbeddingModel) -> None:
    assert model.count("gold " * 1_000) == 1_000
    assert model.count("") == 0


def test_langchain_gets_lists_of_floats(model: EmbeddingModel) -> None:
    [document] = model.embed_documents(["gold"])
    assert document == model.embed_query("gold")
    assert len(document) == 384 and all(type(number) is float for number in document)


def test_texts_on_one_subject_are_nearer_than_texts_on_two(model: EmbeddingModel) -> None:
    mine, gold, ferry = model.embed(["The gold mine closed.", "They mine for gold.", "The ferry is late."])
    assert mine @ gold > mine @ ferry


def test_a_model_without_a_cache_is_never_said_to_be_uncompiled() -> None:
    assert EmbeddingModel().uncompiled is None
