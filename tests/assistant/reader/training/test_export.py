import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from tiny_reader import PASSAGE, encoder, packaged, question, tiny_model

from assistant.reader.onnx_reader import OnnxReader, word_embeddings
from assistant.reader.training.data import TrainingClaim
from assistant.reader.training.export import UnfitExport, check, export
from assistant.reader.training.model import ReaderModel

pytestmark = pytest.mark.index


def _exported(model: ReaderModel, folder: Path) -> OnnxReader:
    """A compiled tiny reader beside an embedder's folder with the same word embeddings."""
    shutil.copy(packaged() / "tokenizer.json", folder)
    weights = {"embeddings.word_embeddings.weight": model.word_embeddings.weight.detach()}
    save_file(weights, folder / "model.safetensors")
    export(model, folder / "reader.onnx")
    return OnnxReader(folder / "reader.onnx", folder)


def test_the_compiled_reader_reads_as_the_model_does_and_another_is_refused(tmp_path: Path) -> None:
    model, pieces = tiny_model(), encoder()
    reader = _exported(model, tmp_path)
    claim = pieces.claim(TrainingClaim("It rained on Friday.", "Friday was wet.", "supported"))
    one = pieces.question(question())
    assert one is not None
    figures = check(model, reader, [one, claim])
    assert figures["mean difference"] < 0.03

    read = reader.read(question().question, PASSAGE.title, [PASSAGE.text[a:b] for a, b in PASSAGE.sentences])
    assert read.sentences.shape == (3,) and read.words.shape == (len(read.segments), 2)
    shares = reader.support("Friday was wet.", "It rained on Friday.")
    assert shares.shape == (3,) and shares.sum() == pytest.approx(1, abs=1e-5)

    with torch.no_grad():
        model.sentence_head[-1].bias += 3
        model.support_head[-1].bias[0] += 3
    with pytest.raises(UnfitExport):
        check(model, reader, [one, claim])


def test_sentences_beyond_the_room_are_not_judged(tmp_path: Path) -> None:
    reader = _exported(tiny_model(), tmp_path)
    read = reader.read("Who?", "Title", ["A sentence of some words that is not short at all."] * 40)
    assert read.sentences.shape == (40,) and read.sentences[-1] == -99 and read.sentences[0] > -50


def test_word_embeddings_are_the_packaged_ones() -> None:
    table = word_embeddings(packaged())
    assert table.shape == (30522, 384) and table.dtype == np.float32
    with pytest.raises(OSError):
        word_embeddings(Path("/nowhere"))
