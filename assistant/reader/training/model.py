"""The reader: the embedder's encoder, read across two texts, with heads for answering and for support."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import torch
from torch import Tensor, nn

from assistant.reader.pieces import LABELS, TYPES

_VIEWS = 3  # ways of pooling a segment: the mean of its pieces, and two that weigh them


@dataclass
class Reading:
    """What the reader says of a batch of b inputs; all of them logits."""

    sentences: Tensor  # (b, s): that a sentence answers, against `nothing`
    nothing: Tensor  # (b,): that none does
    words: Tensor  # (b, n, 2): that the answering words begin, and end, with a piece
    support: Tensor  # (b, 3): supported, unproven, refuted


class ReaderModel(nn.Module):
    """Six layers of MiniLM over frozen word embeddings, which are the embedder's own.

    `encoder` is a transformers BertModel whose attention drops nothing out.
    """

    def __init__(self, encoder: Any, dropout: float = 0.1) -> None:
        super().__init__()
        width = encoder.config.hidden_size
        self.word_embeddings = encoder.embeddings.word_embeddings
        self.word_embeddings.weight.requires_grad_(False)
        encoder.embeddings.word_embeddings = nn.Identity()
        old = encoder.embeddings.token_type_embeddings.weight.data
        types = nn.Embedding(TYPES, width)
        # A sentence encoder knows one type only; the others begin as it, a little apart.
        types.weight.data = old[:1].repeat(TYPES, 1) + 0.02 * torch.randn(TYPES, width)
        encoder.embeddings.token_type_embeddings = types
        encoder.pooler = None
        self.encoder = encoder
        pooled = width * _VIEWS
        self.weights = nn.Linear(width, _VIEWS - 1)
        self.sentence_head = _head(pooled, width, 1, dropout)
        self.nothing_head = _head(2 * pooled + width, width, 1, dropout)
        self.words_head = nn.Linear(width, 2)
        self.support_head = _head(2 * pooled + width, width, len(LABELS), dropout)

    def forward(self, pieces: Tensor, types: Tensor, mask: Tensor | None, membership: Tensor) -> Reading:
        """Pieces and types (b, n); mask (b, n), True at pieces; membership (b, 2 + s, n): see Batch."""
        return self.read(self.word_embeddings(pieces), types, mask, membership)

    def read(self, rows: Tensor, types: Tensor, mask: Tensor | None, membership: Tensor) -> Reading:
        """The same from the word embeddings (b, n, width)."""
        hidden = self.encoder(inputs_embeds=rows, token_type_ids=types, attention_mask=mask).last_hidden_state
        pooled = self._pooled(hidden, membership)
        whole = torch.cat(
            [hidden[:, :1], pooled[:, :1], pooled[:, 1:2]], dim=-1
        )  # (b, 1, …): a matrix product
        return Reading(
            self.sentence_head(pooled[:, 2:]).squeeze(-1),
            self.nothing_head(whole).flatten(),
            self.words_head(hidden),
            self.support_head(whole).squeeze(1),
        )

    def _pooled(self, hidden: Tensor, membership: Tensor) -> Tensor:
        """(b, 2 + s, 3 × width): each segment's pieces averaged, evenly and by two learnt weights."""
        belongs = membership.to(hidden.dtype)
        scores = self.weights(hidden).clamp(-8, 8).exp()  # (b, n, 2)
        views = []
        for view in range(_VIEWS):
            weighted = belongs if view == 0 else belongs * scores[:, :, view - 1].unsqueeze(1)
            total = weighted.sum(-1, keepdim=True, dtype=torch.float32).clamp(min=1e-4).to(hidden.dtype)
            views.append((weighted / total) @ hidden)
        return torch.cat(views, dim=-1)


def _head(inputs: int, width: int, outputs: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(
        nn.Dropout(dropout),
        nn.Linear(inputs, width),
        nn.GELU(),
        nn.Dropout(dropout),
        nn.Linear(width, outputs),
    )


def packaged_model(path: str) -> ReaderModel:
    """A reader that starts from the packaged embedder's weights."""
    from transformers import BertModel

    # Plain attention: on CPU the fused one's backward pass alone takes a quarter of a step.
    encoder = BertModel.from_pretrained(
        path, attention_probs_dropout_prob=0.0, add_pooling_layer=False, attn_implementation="eager"
    )
    return ReaderModel(encoder)


def trained_part(model: ReaderModel) -> dict[str, Tensor]:
    """The weights that are not the embedder's, in float32: what a checkpoint holds."""
    state = cast(dict[str, Tensor], model.state_dict())
    return {
        name: value.float().cpu() for name, value in state.items() if not name.startswith("word_embeddings.")
    }
