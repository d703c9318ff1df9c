"""The compiled embedding model: it says what the original says, and where it cannot, the original serves."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from vectorstore import EmbeddingModel
from vectorstore.embedding import onnx_cache
from vectorstore.embedding.model import DEFAULT_MODEL
from vectorstore.embedding.onnx_export import check_texts
from vectorstore.embedding.onnx_model import (
    CARD,
    MODEL,
    TOKENIZER,
    DamagedModel,
    OnnxModel,
    UnfitModel,
    digest_of,
)
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


@pytest.fixture(scope="module")
def compiled(models: Path) -> OnnxModel:
    return OnnxModel(_folder(models))


@pytest.fixture(scope="module")
def original() -> TorchModel:
    return TorchModel(DEFAULT_MODEL, EmbeddingModel().path)


@pytest.fixture
def copied(models: Path, tmp_path: Path) -> Path:
    """A compiled model that a test may harm."""
    return Path(shutil.copytree(_folder(models), tmp_path / "models" / _folder(models).name))


def _folder(models: Path) -> Path:
    mark = onnx_cache.fingerprint(DEFAULT_MODEL, EmbeddingModel().path)
    assert mark is not None
    return models / mark


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


def test_no_text_gives_no_vector_and_an_empty_one_gives_one(models: Path) -> None:
    model = EmbeddingModel(cache=models)
    assert model.embed([]).shape == (0, 384)
    assert np.linalg.norm(model.embed([""])[0]) == pytest.approx(1, abs=1e-5)


def test_it_counts_as_the_original_does(compiled: OnnxModel, original: TorchModel) -> None:
    for text in TEXTS[:4]:
        counts = [
            len(one.tokenizer().encode(text, add_special_tokens=False).ids) for one in (compiled, original)
        ]
        assert counts[0] == counts[1]


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


HARM: dict[str, Callable[[Path], Any]] = {
    "a bit of the model": lambda folder: _flip(folder / MODEL),
    "a bit of the tokenizer": lambda folder: _flip(folder / TOKENIZER),
    "a bit of the card": lambda folder: _flip(folder / CARD),
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


def test_of_two_processes_that_find_it_damaged_one_makes_it_again(copied: Path) -> None:
    _flip(copied / MODEL)
    code = (
        "import sys; from pathlib import Path; from vectorstore import EmbeddingModel\n"
        "model = EmbeddingModel(cache=Path(sys.argv[1]))\n"
        "print(type(model._loaded()).__name__, len(model.embed_query('bridge')), 'torch' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(copied.parent)]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    said = [one.communicate(timeout=280) for one in both]
    assert [out for out, _ in said] == ["CompiledModel 384 False\n"] * 2, said
    assert sum("Preparing the embedding model" in err for _, err in said) == 1
    OnnxModel(copied)
    assert not list(copied.parent.glob(".*")), "nothing half made is left"


def test_arithmetic_that_goes_wrong_on_this_machine_is_seen(
    copied: Path, caplog: pytest.LogCaptureFixture
) -> None:
    card = json.loads((copied / CARD).read_text("utf8"))
    card["probe"][1]["vector"].reverse()
    (copied / CARD).write_text(json.dumps({**card, "digest": digest_of(card)}), "utf8")
    with pytest.raises(UnfitModel):
        OnnxModel(copied)
    assert onnx_cache.obtain(DEFAULT_MODEL, EmbeddingModel().path, copied.parent) is None
    assert "run by sentence-transformers" in caplog.text


def test_a_model_of_another_make_stays_with_the_original_and_is_not_tried_twice(
    tmp_path: Path, original: TorchModel, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Dense

    own = SentenceTransformer(modules=[*list(original.model)[:2], Dense(384, 8)])
    own.save(str(tmp_path / "own"))
    folder, cache = str(tmp_path / "own"), tmp_path / "models"
    assert onnx_cache.obtain(folder, folder, cache) is None
    assert "made of Transformer, Pooling, Dense" in caplog.text
    monkeypatch.setattr(onnx_cache, "_compile", lambda *_: pytest.fail("tried again"))
    assert onnx_cache.obtain(folder, folder, cache) is None
    assert "Transformer, Pooling, Dense" in (EmbeddingModel(folder, cache).uncompiled or "")


def test_a_compiling_process_that_dies_is_told_and_tried_again_another_time(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    assert onnx_cache.obtain(DEFAULT_MODEL, EmbeddingModel().path, tmp_path) is None
    assert "the compiling process ended with 1" in caplog.text
    assert not list(tmp_path.glob("*.refused.json"))


def test_where_it_cannot_be_written_the_original_serves(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "models").write_text("a file in its place")
    assert onnx_cache.obtain(DEFAULT_MODEL, EmbeddingModel().path, tmp_path / "models") is None
    assert "run by sentence-transformers" in caplog.text


def test_without_room_on_the_disk_it_is_not_tried(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onnx_cache, "_ROOM", 2**60)
    assert onnx_cache.obtain(DEFAULT_MODEL, EmbeddingModel().path, tmp_path) is None
    assert "MB of disk" in caplog.text and "Preparing" not in caplog.text


def test_a_model_in_a_folder_is_known_again_until_a_file_changes(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    before = onnx_cache.fingerprint("own", str(tmp_path))
    assert before == onnx_cache.fingerprint("own", str(tmp_path))
    (tmp_path / "config.json").write_text('{"hidden_size": 8}')
    assert before != onnx_cache.fingerprint("own", str(tmp_path))
