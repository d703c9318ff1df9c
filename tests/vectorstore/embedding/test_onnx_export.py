"""How an export is checked before it is used; the export itself runs in test_onnx_cache."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from vectorstore.embedding import onnx_export
from vectorstore.embedding.onnx_export import UnsuitableModel, _check, _cosines, _pooling, check_texts
from vectorstore.embedding.onnx_model import CARD, OnnxModel, UnfitModel, digest_of
from vectorstore.embedding.torch_model import ModelUnavailable


def module(kind: str, **fields: object) -> Any:
    return type(kind, (SimpleNamespace,), {})(**fields)


class Modules(list[Any]):
    """As much of a SentenceTransformer as the pooling is read from."""

    default_prompt_name: str | None = None
    truncate_dim: int | None = None


@pytest.mark.parametrize("pooling", ["mean", "cls"])
def test_a_transformer_with_mean_or_cls_pooling_is_exported(pooling: str) -> None:
    modules = Modules([module("Transformer"), module("Pooling", pooling_mode=pooling), module("Normalize")])
    assert _pooling(modules) == pooling
    assert _pooling(Modules(modules[:2])) == pooling


@pytest.mark.parametrize(
    ("kinds", "fields", "reason"),
    [
        (["Transformer"], {}, "made of Transformer"),
        (["Transformer", "Pooling", "Dense"], {}, "made of Transformer, Pooling, Dense"),
        (["Transformer", "Pooling"], {"pooling_mode": "max"}, "pooling is max"),
        (["Transformer", "Pooling"], {}, "pooling is None"),
    ],
)
def test_another_architecture_is_refused_with_its_reason(
    kinds: list[str], fields: dict[str, str], reason: str
) -> None:
    with pytest.raises(UnsuitableModel, match=reason):
        _pooling(Modules(module(kind, **fields) for kind in kinds))


@pytest.mark.parametrize("field", [{"default_prompt_name": "query"}, {"truncate_dim": 64}])
def test_a_model_that_changes_texts_or_vectors_is_refused(field: dict[str, Any]) -> None:
    modules = Modules([module("Transformer"), module("Pooling", pooling_mode="mean")])
    for name, value in field.items():
        setattr(modules, name, value)
    with pytest.raises(UnsuitableModel, match="prompt"):
        _pooling(modules)


def test_the_check_texts_reach_beyond_what_the_model_reads() -> None:
    texts = check_texts()
    assert all(texts) and min(map(len, texts)) <= 10
    assert len(texts[-1]) > 2_000 and texts[0] in texts[-1]


def test_the_cosine_of_two_vectors_does_not_depend_on_their_lengths() -> None:
    left = np.array([[1, 0], [3, 4], [0, 0]], dtype=np.float32)
    right = np.array([[0, 2], [6, 8], [1, 1]], dtype=np.float32)
    assert _cosines(left, right) == pytest.approx([0, 1, 0])


def test_vectors_that_are_off_are_no_export(compiled: OnnxModel, copied: Path) -> None:
    texts = check_texts()[:6]
    vectors = compiled.embed(texts)
    card = json.loads((copied / CARD).read_text("utf8"))
    _check(copied, dict(card), texts, vectors)
    assert json.loads((copied / CARD).read_text("utf8"))["check"]["least"] == pytest.approx(1, abs=1e-5)
    with pytest.raises(UnfitModel, match="mean cosine"):
        _check(copied, dict(card), texts, vectors[::-1].copy())


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (UnsuitableModel("it is made of Dense"), ["it is made of Dense", True]),
        (OSError("disk full"), ["disk full", False]),
        (ModelUnavailable("no such model\nand more"), ["no such model", False]),
        (RuntimeError("bad graph"), ["RuntimeError: bad graph", True]),
    ],
)
def test_a_failure_says_whether_it_would_be_the_same_next_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: Exception, outcome: list[Any]
) -> None:
    monkeypatch.setattr(onnx_export, "export_model", _raising(error))
    assert list(onnx_export._try_to_compile("name", "path", tmp_path)) == outcome


def _raising(error: Exception) -> Callable[..., None]:
    def compile_model(*_: object) -> None:
        raise error

    return compile_model


def test_the_card_s_digest_covers_everything_but_itself() -> None:
    card = {"format": 1, "limit": 254}
    assert digest_of(card) == digest_of({**card, "digest": "x"}) != digest_of({**card, "limit": 255})
