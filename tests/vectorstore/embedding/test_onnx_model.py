"""The exported model: it says what the original says, and damage to its files is seen."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from onnx_folder import flip_a_bit

from vectorstore.embedding.onnx_export import check_texts
from vectorstore.embedding.onnx_model import CARD, MODEL, TOKENIZER, DamagedModel, OnnxModel, cores
from vectorstore.embedding.torch_model import TorchModel

# Of other lengths and subjects than the texts it was checked on when it was made.
TEXTS = [
    "Who pays for the bridge?",
    "Twelve traders from Kayes were fined in May 2022 for selling undersized fish. The fines came to 300 francs.",
    "",
    "Le pont de Kolda est tombé en mars 2021, après trois semaines de pluie.",
    "The bridge at Kolda fell in March 2021 after three weeks of rain. Nobody was hurt when it fell. " * 40,
    "Engineers blamed rusted cables, because no repairs had been made since 2009. The ministry of works promised "
    "4.2 million francs for a new bridge. The governor said that the money had not arrived by June 2021.",
]


LONG = TEXTS[4]


def test_its_vectors_are_close_to_the_original_s(compiled: OnnxModel, original: TorchModel) -> None:
    texts = [*TEXTS, *check_texts()]
    vectors = compiled.embed(texts)
    cosines = np.sum(vectors * original.embed(texts), axis=1)
    assert cosines.mean() >= 0.99 and cosines.min() >= 0.97
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert (compiled.limit, compiled.dimension) == (original.limit, original.dimension)


def test_a_text_has_the_same_vector_to_the_bit_in_whatever_company(compiled: OnnxModel) -> None:
    alone = np.stack([compiled.embed([text])[0] for text in TEXTS])
    assert np.array_equal(alone, compiled.embed(TEXTS))
    assert np.array_equal(alone, compiled.embed(TEXTS * 8)[-len(TEXTS) :])


def test_a_long_text_is_cut_where_the_original_cuts_it(compiled: OnnxModel, original: TorchModel) -> None:
    for text in TEXTS:
        pieces = original.model.preprocess([text])["input_ids"][0].tolist()
        assert compiled._tokenizer.encode(text).ids == pieces
    assert len(compiled._tokenizer.encode(LONG).ids) == 256
    assert np.array_equal(compiled.embed([LONG]), compiled.embed([LONG + "Something else follows."]))


def test_it_counts_as_the_original_does(compiled: OnnxModel, original: TorchModel) -> None:
    for text in TEXTS[:4]:
        counts = [
            len(one.tokenizer().encode(text, add_special_tokens=False).ids) for one in (compiled, original)
        ]
        assert counts[0] == counts[1]


HARM: dict[str, Callable[[Path], Any]] = {
    "a bit of the model": lambda folder: flip_a_bit(folder / MODEL),
    "a bit of the tokenizer": lambda folder: flip_a_bit(folder / TOKENIZER),
    "a bit of the card": lambda folder: flip_a_bit(folder / CARD),
    "half a model": lambda folder: (folder / MODEL).write_bytes((folder / MODEL).read_bytes()[:1_000_000]),
    "no model": lambda folder: (folder / MODEL).unlink(),
    "an empty card": lambda folder: (folder / CARD).write_bytes(b""),
    "a card of another make": lambda folder: (folder / CARD).write_text("[]", "utf8"),
}


@pytest.mark.parametrize("harm", HARM)
def test_damage_is_seen_before_use(copied: Path, harm: str) -> None:
    HARM[harm](copied)
    with pytest.raises(DamagedModel):
        OnnxModel(copied)


def test_cores_are_those_that_this_process_may_use() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)


def test_one_thread_gives_the_vectors_that_several_give(
    compiled: OnnxModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "_threads", 3)
    several = compiled.embed(TEXTS)
    monkeypatch.setattr(compiled, "_threads", 1)
    assert np.array_equal(several, compiled.embed(TEXTS))
