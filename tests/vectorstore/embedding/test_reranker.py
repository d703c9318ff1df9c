"""The cross-encoder over the best passages."""

from __future__ import annotations

from pathlib import Path

import pytest
from putting import put

from vectorstore import EmbeddingModel, Store
from vectorstore.embedding.reranker import DEPTH, Reranker
from vectorstore.embedding.torch_model import ModelUnavailable


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny cross-encoder with weights of no meaning, made here."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    folder = tmp_path_factory.mktemp("cross-encoder")
    torch.manual_seed(3)
    tokenizer = AutoTokenizer.from_pretrained(EmbeddingModel().path)
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=32, num_labels=1,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def test_a_cross_encoder_orders_the_best_passages_anew(
    store: Store, cross_encoder: Path, tmp_path: Path
) -> None:
    for number in range(DEPTH + 5):
        put(store, f"r{number}", f"The ferry of lake {number} carries {number * 3} goats.")
    plain = store.search("Which ferry carries goats?", DEPTH + 5).passages
    reranker = Reranker(str(cross_encoder))
    again = reranker.rerank("Which ferry carries goats?", plain)
    assert {one.passage_id for one in again[:DEPTH]} == {one.passage_id for one in plain[:DEPTH]}
    assert [one.passage_id for one in again] != [one.passage_id for one in plain]
    assert [one.passage_id for one in again[DEPTH:]] == [one.passage_id for one in plain[DEPTH:]]
    scores = [one.score for one in again]
    assert scores == sorted(scores, reverse=True) and scores[-1] >= 0 and scores[0] <= 1
    other = Store(tmp_path / "data", store.model, reranker=reranker)
    try:
        assert [one.passage_id for one in other.search("Which ferry carries goats?", 7).passages] == [
            one.passage_id for one in again[:7]
        ]
    finally:
        other.close()


def test_a_cross_encoder_that_is_not_there_is_named_with_what_to_do(store: Store, tmp_path: Path) -> None:
    put(store, "weather", "The rains came late to the hills.")
    put(store, "lake", "The rains filled the lake.")
    passages = store.search("rains").passages
    with pytest.raises(ModelUnavailable, match="BRIEFING_RERANKER"):
        Reranker(str(tmp_path / "nothing")).rerank("rains", passages)
