"""Exported models on disk: made once, made again after damage, and never in the way of an answer."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from onnx_folder import flip_a_bit

from vectorstore import EmbeddingModel
from vectorstore.embedding import onnx_cache
from vectorstore.embedding.model import DEFAULT_MODEL
from vectorstore.embedding.onnx_model import (
    CARD,
    MODEL,
    OnnxModel,
    UnfitModel,
    digest_of,
)
from vectorstore.embedding.torch_model import TorchModel

pytestmark = pytest.mark.index


def test_of_two_processes_that_find_it_damaged_one_makes_it_again(copied: Path) -> None:
    flip_a_bit(copied / MODEL)
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
    assert [out for out, _ in said] == ["OnnxModel 384 False\n"] * 2, said
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
    assert onnx_cache.load_or_export(DEFAULT_MODEL, EmbeddingModel().path, copied.parent) is None
    assert "run by sentence-transformers" in caplog.text


def test_a_model_of_another_make_stays_with_the_original_and_is_not_tried_twice(
    tmp_path: Path, original: TorchModel, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Dense

    own = SentenceTransformer(modules=[*list(original.model)[:2], Dense(384, 8)])
    own.save(str(tmp_path / "own"))
    folder, cache = str(tmp_path / "own"), tmp_path / "models"
    assert onnx_cache.load_or_export(folder, folder, cache) is None
    assert "made of Transformer, Pooling, Dense" in caplog.text
    monkeypatch.setattr(onnx_cache, "_compile", lambda *_: pytest.fail("tried again"))
    assert onnx_cache.load_or_export(folder, folder, cache) is None
    assert "Transformer, Pooling, Dense" in (EmbeddingModel(folder, cache).uncompiled or "")


def test_a_compiling_process_that_dies_is_told_and_tried_again_another_time(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    assert onnx_cache.load_or_export(DEFAULT_MODEL, EmbeddingModel().path, tmp_path) is None
    assert "the compiling process ended with 1" in caplog.text
    assert not list(tmp_path.glob("*.refused.json"))


def test_where_it_cannot_be_written_the_original_serves(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "models").write_text("a file in its place")
    assert onnx_cache.load_or_export(DEFAULT_MODEL, EmbeddingModel().path, tmp_path / "models") is None
    assert "run by sentence-transformers" in caplog.text


def test_without_room_on_the_disk_it_is_not_tried(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onnx_cache, "_ROOM", 2**60)
    assert onnx_cache.load_or_export(DEFAULT_MODEL, EmbeddingModel().path, tmp_path) is None
    assert "MB of disk" in caplog.text and "Preparing" not in caplog.text


def test_a_model_in_a_folder_is_known_again_until_a_file_changes(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    before = onnx_cache.fingerprint("own", str(tmp_path))
    assert before == onnx_cache.fingerprint("own", str(tmp_path))
    (tmp_path / "config.json").write_text('{"hidden_size": 8}')
    assert before != onnx_cache.fingerprint("own", str(tmp_path))


def test_the_export_process_looks_for_the_package_where_this_one_found_it() -> None:
    folder = Path(onnx_cache._environment()["PYTHONPATH"].split(os.pathsep)[0])
    assert (folder / "vectorstore" / "embedding" / "onnx_export.py").is_file()
