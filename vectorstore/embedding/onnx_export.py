"""Compiling an embedding model: export to ONNX, int8 weights, a check against the original, files in place.

Run by model_cache as a process of its own: `python -m vectorstore.embedding.onnx_export NAME PATH FOLDER`. It writes
one line of JSON, why it did not work (null: it did) and whether it would be the same another time.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vectorstore.embedding.onnx_model import (
    CARD,
    FORMAT,
    LOWEST_COSINE,
    MODEL,
    TOKENIZER,
    DamagedModel,
    OnnxModel,
    UnfitModel,
    digest_of,
)
from vectorstore.embedding.torch_model import ModelUnavailable, TorchModel, first_line

if TYPE_CHECKING:
    from vectorstore.embedding.types import Vectors

# Of the compiled to the original vectors of the check texts. The default model gives .992 in the mean, .978
# at the least and .991 centred with the first recipe below, and ranks SciFact as well as the original does;
# weights quantised per tensor gave .946 in the mean.
MEAN_COSINE, CENTRED_COSINE = 0.99, 0.98
_PROBES = 2  # of the check texts, recorded with their vectors
_LARGE = 10**6  # numbers in an embedding table worth halving
_OPSET = 17  # the first with LayerNormalization as one operator


@dataclass(frozen=True)
class ExportRecipe:
    """A way of quantising weights."""

    bits: int
    contracting: bool = True  # quantise also the most sensitive products: those with fewer columns than rows


# The first that passes the check is taken. Seven bits cannot saturate where products are summed in 16 bits,
# as they are by processors without VNNI.
_RECIPES = (ExportRecipe(8), ExportRecipe(8, contracting=False), ExportRecipe(7, contracting=False))
_PROBES = 2  # of the check texts, recorded with their vectors
_LARGE = 10**6  # numbers in an embedding table worth halving
_OPSET = 17  # the first with LayerNormalization as one operator


class UnsuitableModel(Exception):
    """This model cannot be compiled, whoever tries."""


def compile_model(name: str, path: str, folder: Path) -> None:
    """Compile a model into `folder`, which appears whole or not at all.

    Raises Unsuitable for a model of another make or one whose compiled form is off, ModelUnavailable where it
    cannot be loaded, OSError where the folder cannot be written, and whatever the exporter raises.
    """
    part = folder.with_name(f".{folder.name}.part")  # the caller holds the lock: what is there is left over
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        original = TorchModel(name, path)
        _write(part / TOKENIZER, _tokenizer(original.model).encode("utf8"))
        _compile(original, name, part)
        _sync(part)
        shutil.rmtree(folder, ignore_errors=True)  # a damaged one
        part.replace(folder)
        _sync(folder.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _compile(original: TorchModel, name: str, part: Path) -> None:
    """Write the model by the first recipe whose vectors pass the check, with its card."""
    pooling = _pooling(original.model)
    texts = check_texts()
    expected = original.embed(texts)  # first, for the export changes the model
    exported = part / "exported.onnx"
    _export(original.model, pooling, exported)
    for recipe in _RECIPES:
        _write(part / MODEL, _quantized(exported, recipe))
        card = _card(original, name, recipe, part, texts, expected)
        try:
            _check(part, card, texts, expected)
            exported.unlink()
            return
        except UnfitModel as error:
            reason = str(error)
    raise UnsuitableModel(reason)


def check_texts() -> list[str]:
    """Texts of several languages, subjects and lengths, from four letters to beyond what the model reads."""
    written = (resources.files("vectorstore.embedding") / "check_texts.txt").read_text("utf8").splitlines()
    texts = [line for line in written if line]
    return [*texts, " ".join(texts)]


def _pooling(model: Any) -> str:
    """ "mean" or "cls", for a model that is made as the export assumes; Unsuitable for others."""
    kinds = [type(module).__name__ for module in model]
    if kinds[:2] != ["Transformer", "Pooling"] or kinds[2:] not in ([], ["Normalize"]):
        raise UnsuitableModel(f"it is made of {', '.join(kinds)}")
    mode = str(getattr(model[1], "pooling_mode", None))
    if mode not in ("mean", "cls"):
        raise UnsuitableModel(f"its pooling is {mode}")
    if model.default_prompt_name is not None or getattr(model, "truncate_dim", None) is not None:
        raise UnsuitableModel("it puts a prompt before texts, or cuts its vectors")
    return mode


def _tokenizer(model: Any) -> str:
    """The model's own tokenizer as JSON, set to cut texts where the model does, and never to pad them."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(model.tokenizer.backend_tokenizer.to_str())
    tokenizer.no_padding()
    if model.max_seq_length is None:
        raise UnsuitableModel("it does not say how much it reads")
    tokenizer.enable_truncation(int(model.max_seq_length), direction=model.tokenizer.truncation_side)
    written: str = tokenizer.to_str()
    return written


def _export(model: Any, pooling: str, target: Path) -> None:
    """Transformer, pooling and normalisation as ONNX: word pieces (1, n) in, a unit vector (1, d) out.

    One text at a time needs no mask, and without one attention costs half.
    """
    import torch

    transformer = model[0].auto_model.eval().to("cpu")
    # Plain attention is exported as three operators that onnxruntime knows; the fused one drags masks along.
    transformer.set_attn_implementation("eager")
    table = transformer.get_input_embeddings()
    if table.weight.numel() >= _LARGE:
        transformer.set_input_embeddings(_halved(table))

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, pieces: Any) -> Any:
            hidden = self.transformer(input_ids=pieces, attention_mask=None).last_hidden_state
            vector = hidden.mean(1) if pooling == "mean" else hidden[:, 0]
            return torch.nn.functional.normalize(vector, dim=1)

    with torch.no_grad():
        torch.onnx.export(
            Whole().eval(),
            (torch.arange(7, 16).unsqueeze(0),),  # any word pieces
            str(target),
            input_names=["pieces"],
            output_names=["vector"],
            dynamic_axes={"pieces": {1: "length"}},
            opset_version=_OPSET,
            dynamo=False,  # the newer exporter wants two more packages
        )


def _halved(table: Any) -> Any:
    """An embedding table in half precision: half its bytes, the vectors the same to five digits."""
    import torch

    class Halved(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.weight = torch.nn.Parameter(table.weight.detach().half(), requires_grad=False)

        def forward(self, pieces: Any) -> Any:
            return torch.nn.functional.embedding(pieces, self.weight).float()

    return Halved()


def _quantized(exported: Path, recipe: ExportRecipe) -> bytes:
    """The model with int8 weights in its matrix products, a scale for each column."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    with tempfile.TemporaryDirectory(dir=exported.parent) as temporary:
        prepared, quantized = Path(temporary) / "prepared.onnx", Path(temporary) / "quantized.onnx"
        quant_pre_process(exported, prepared, skip_symbolic_shape=True)
        graph = onnx.load(prepared).graph
        shapes = {one.name: tuple(one.dims) for one in graph.initializer}
        products = {one.name: shapes.get(one.input[1]) for one in graph.node if one.op_type == "MatMul"}
        contracting = [name for name, shape in products.items() if shape and shape[0] > shape[-1]]
        quantize_dynamic(
            prepared,
            quantized,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=recipe.bits == 7,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=[] if recipe.contracting else contracting,
        )
        return quantized.read_bytes()


def _card(
    original: TorchModel, name: str, recipe: ExportRecipe, part: Path, texts: Sequence[str], expected: Vectors
) -> dict[str, Any]:
    import onnxruntime
    import sentence_transformers
    import torch
    import transformers

    return {
        "format": FORMAT,
        "name": name,
        "revision": original.revision,
        "dimension": original.dimension,
        "limit": original.limit,
        "recipe": asdict(recipe),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": {
            one.__name__: str(one.__version__)
            for one in (onnxruntime, sentence_transformers, torch, transformers)
        },
        "files": {one: hashlib.sha256((part / one).read_bytes()).hexdigest() for one in (MODEL, TOKENIZER)},
        "probe": [
            {"text": text, "vector": [round(float(x), 4) for x in vector]}
            for text, vector in zip(texts[:_PROBES], expected, strict=False)
        ],
    }


def _check(part: Path, card: dict[str, Any], texts: Sequence[str], expected: Vectors) -> None:
    """Write the card, load the model as it will be loaded, and compare it with the original.

    Raises UnfitModel where their vectors differ too much.
    """
    _write(part / CARD, json.dumps({**card, "digest": digest_of(card)}).encode())
    vectors = OnnxModel(part).embed(texts)
    cosines = np.sum(vectors * expected, axis=1)
    mean, least = float(cosines.mean()), float(cosines.min())
    # Where all of a model's vectors point much the same way, only what is left without it tells them apart.
    middle = expected.mean(axis=0)
    centred = float(_cosines(vectors - middle, expected - middle).mean())
    if not (mean >= MEAN_COSINE and least >= LOWEST_COSINE and centred >= CENTRED_COSINE):
        raise UnfitModel(
            f"compiled, its vectors are off: mean cosine {mean:.4f}, {least:.4f} at the least, "
            f"{centred:.4f} centred"
        )
    card["check"] = {"texts": len(texts), "mean": mean, "least": least, "centred": centred}
    _write(part / CARD, json.dumps({**card, "digest": digest_of(card)}).encode())


def _cosines(ours: Vectors, theirs: Vectors) -> Vectors:
    lengths = np.linalg.norm(ours, axis=1) * np.linalg.norm(theirs, axis=1)
    cosines: Vectors = np.sum(ours * theirs, axis=1) / np.maximum(lengths, 1e-9)
    return cosines


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def main(arguments: Sequence[str]) -> int:
    name, path, folder = arguments
    with os.fdopen(os.dup(1), "w", encoding="utf8") as answer:
        os.dup2(2, 1)  # what libraries print must not come between
        reason, lasting = _tried(name, path, Path(folder))
        answer.write(json.dumps({"reason": reason, "lasting": lasting}))
    return int(reason is not None)


def _tried(name: str, path: str, folder: Path) -> tuple[str | None, bool]:
    try:
        compile_model(name, path, folder)
        return None, False
    except UnsuitableModel as error:
        return str(error), True
    except (OSError, MemoryError, ModelUnavailable, DamagedModel) as error:
        return first_line(error), False
    except Exception as error:  # the exporter raises whatever its many parts raise
        return f"{type(error).__name__}: {first_line(error)}", True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
