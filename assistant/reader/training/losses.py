"""What is learnt from a batch: which sentence answers, with which words, and whether claims are carried."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from assistant.reader.training.batches import Batch
from assistant.reader.training.encoding import EITHER
from assistant.reader.training.model import Reading

_LOW = -1e4
_SMOOTHING = 0.05
# Shares of the parts in the loss.
_EACH_SENTENCE, _WORDS, _PAIRS = 0.5, 0.3, 0.5


def loss_of(reading: Reading, batch: Batch) -> Tensor:
    """The mean loss of a batch, whose arrays are tensors on the reading's device."""
    return _support(reading, batch) if batch.is_claim else _answering(reading, batch)


def answer_logits(reading: Reading, sentence_mask: Tensor) -> Tensor:
    """(b, s): log odds that a sentence answers; padding far below."""
    logits: Tensor = reading.sentences.float() - reading.nothing.float()[:, None]
    odds: Tensor = torch.where(sentence_mask, logits, _LOW)
    return odds


def _answering(reading: Reading, batch: Batch) -> Tensor:
    logits = answer_logits(reading, batch.sentence_mask)
    count = batch.answering.sum(1, keepdim=True)
    # Among "none" and the sentences, the answering ones share one.
    wanted = torch.cat([(count == 0).float(), batch.answering / count.clamp(min=1)], dim=1)
    among = torch.cat([torch.zeros_like(count), logits], dim=1)
    ranked: Tensor = -(wanted * functional.log_softmax(among, dim=1)).sum(1).mean()
    each = functional.binary_cross_entropy_with_logits(logits, batch.answering, reduction="none")
    each = (each * batch.sentence_mask).sum(1).mean()
    loss: Tensor = ranked + _EACH_SENTENCE * each + _WORDS * _words(reading, batch)
    return loss


def _words(reading: Reading, batch: Batch) -> Tensor:
    has = batch.words[:, 0] >= 0
    if not bool(has.any()):
        return reading.nothing.float().sum() * 0
    readable = batch.membership[:, 2:].any(1)[has]
    logits = reading.words[has].float().masked_fill(~readable[..., None], _LOW)
    return functional.cross_entropy(logits, batch.words[has])


def _support(reading: Reading, batch: Batch) -> Tensor:
    logs = functional.log_softmax(reading.support.float(), dim=1)
    carried = torch.logsumexp(logs[:, 1:], dim=1)  # log probability that it is not
    binary = torch.stack([logs[:, 0], carried], dim=1)
    wanted = (batch.labels != 0).long()
    loss = functional.nll_loss(binary, wanted) * (1 - _SMOOTHING) - _SMOOTHING * binary.mean()
    told = (batch.labels != EITHER) & (batch.labels > 0)  # which of the two kinds of "not" it is
    if bool(told.any()):
        kinds = functional.log_softmax(reading.support.float()[told][:, 1:], dim=1)
        loss = loss + functional.nll_loss(kinds, batch.labels[told] - 1) * told.float().mean()
    if len(batch.pairs):
        scores = logs[:, 0] - carried
        apart = scores[batch.pairs[:, 0]] - scores[batch.pairs[:, 1]]
        loss = loss + _PAIRS * functional.softplus(1.0 - apart).mean()
    return loss
