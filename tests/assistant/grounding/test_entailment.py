"""The checking model that can be set: tiny ones, with weights of no meaning, are made here."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.grounding import Checker, check
from assistant.grounding.entailment import EntailmentModel, class_indices
from assistant.settings import Settings
from vectorstore import EmbeddingModel
from vectorstore.embedding.torch_model import ModelUnavailable

pytestmark = pytest.mark.index

SPAN = "The bridge at Kolda fell in March 2021."
NLI = {0: "contradiction", 1: "entailment", 2: "neutral"}


def make(folder: Path, labels: dict[int, str], towards: int) -> str:
    """A cross-encoder whose head always leans to one class."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    torch.manual_seed(3)
    tokenizer = AutoTokenizer.from_pretrained(EmbeddingModel().path)
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=32, num_labels=len(labels), id2label=labels,
    )  # fmt: skip
    model = BertForSequenceClassification(config)
    with torch.no_grad():
        model.classifier.weight.zero_()
        model.classifier.bias.fill_(-4.0)
        model.classifier.bias[towards] = 4.0
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return str(folder)


@pytest.mark.parametrize(
    ("labels", "towards", "support", "reason"),
    [
        (NLI, 1, "supported", ""),
        (NLI, 0, "unsupported", "contradicted"),
        (NLI, 2, "unsupported", "does not find"),
        ({0: "LABEL_0", 1: "LABEL_1"}, 1, "supported", ""),
        ({0: "LABEL_0", 1: "LABEL_1"}, 0, "unsupported", "does not find"),
        ({0: "LABEL_0"}, 0, "supported", ""),
    ],
)
def test_every_kind_of_head_is_read_for_what_it_says(
    tmp_path: Path, labels: dict[int, str], towards: int, support: str, reason: str
) -> None:
    checker = Checker(model=EntailmentModel(make(tmp_path, labels, towards)))
    verdict = checker("In March 2021 the Kolda bridge collapsed.", [SPAN])
    assert verdict.support == support
    assert any(reason in one for one in verdict.reasons) or not reason
    assert (verdict.score > 0.9) == (support == "supported")


def test_a_model_s_yes_does_not_cover_a_changed_number(tmp_path: Path) -> None:
    model = EntailmentModel(make(tmp_path, NLI, 1))
    assert check("In March 2022 the Kolda bridge fell.", [SPAN], model=model).support == "unsupported"


def test_the_classes_of_a_head_are_told_by_their_names() -> None:
    assert class_indices({0: "ENTAILMENT", 1: "NEUTRAL", 2: "CONTRADICTION"}, "a") == (0, 2)
    assert class_indices({0: "entailment", 1: "not_entailment"}, "a") == (0, 1)
    assert class_indices({0: "LABEL_0"}, "a") == (None, None)
    with pytest.raises(ModelUnavailable, match="LABEL_2"):
        class_indices({0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"}, "a")


def test_a_checking_model_that_is_not_there_is_named_with_what_to_do(tmp_path: Path) -> None:
    model = EntailmentModel(str(tmp_path / "nothing"))
    with pytest.raises(ModelUnavailable, match="BRIEFING_CHECKER"):
        check("The bridge fell at Kolda.", [SPAN], model=model)


def test_no_model_is_set_by_default_and_a_blank_setting_is_none() -> None:
    assert Settings().checker is None
    assert Settings(checker="").checker is None
