"""An index belongs to the model that made its first vectors."""

from __future__ import annotations

from pathlib import Path

import pytest

from vectorstore.embedding.index_model import IndexModel
from vectorstore.embedding.types import ModelIdentity
from vectorstore.errors import ModelMismatch
from vectorstore.ledger.database import Ledger

FIRST = ModelIdentity("first", "abc", 3)


class Model:
    """As much of an EmbeddingModel as is looked at."""

    def __init__(self, identity: ModelIdentity) -> None:
        self.identity = identity
        self.name = identity.name


@pytest.fixture
def index_model(tmp_path: Path) -> IndexModel:
    return IndexModel(Ledger(tmp_path))


def claim(index_model: IndexModel, identity: ModelIdentity) -> None:
    index_model.claim(Model(identity))  # type: ignore[arg-type]


def test_an_index_without_vectors_takes_any_model(index_model: IndexModel) -> None:
    assert index_model.name is None and index_model.mismatch("any") is None
    claim(index_model, FIRST)
    assert index_model.name == "first"


def test_the_model_that_was_recorded_may_claim_it_again(index_model: IndexModel) -> None:
    claim(index_model, FIRST)
    claim(index_model, FIRST)
    assert index_model.mismatch("first") is None


@pytest.mark.parametrize(
    "other",
    [ModelIdentity("other", "abc", 3), ModelIdentity("first", "abd", 3), ModelIdentity("first", "abc", 4)],
    ids=["name", "revision", "dimension"],
)
def test_a_model_that_differs_in_anything_is_refused_with_what_to_do(
    index_model: IndexModel, other: ModelIdentity
) -> None:
    claim(index_model, FIRST)
    with pytest.raises(ModelMismatch, match=f"first@abc .*{other.name}@{other.revision}.*briefing rebuild"):
        claim(index_model, other)
    assert index_model.name == "first"


def test_another_name_is_refused_without_loading_the_model(index_model: IndexModel) -> None:
    claim(index_model, FIRST)
    mismatch = index_model.mismatch("other")
    assert mismatch is not None and "--embedding-model 'other'" in mismatch.message


def test_a_rebuild_may_set_another_model(index_model: IndexModel) -> None:
    claim(index_model, FIRST)
    index_model.set(ModelIdentity("other", "abc", 3))
    assert index_model.name == "other" and index_model.mismatch("other") is None
