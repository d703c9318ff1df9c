"""Exports an embedding model to ONNX with int8 weights, and checks its vectors against the original's.

`onnx_cache` runs it as a process of its own: `python -m vectorstore.embedding.onnx_export NAME PATH FOLDER` writes
one JSON object, {"reason": why it failed or null, "lasting": whether a second try would fail the same way}.
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

# Lowest cosines allowed between the exported and the original vectors of the check texts; the limit of a single
# text is LOWEST_COSINE. With the first recipe below the default model ranks SciFact as well as the original does.
# weights quantised        | data        | metric          | value
# per column, recipe 1     | check texts | mean cosine     | .992
# per column, recipe 1     | check texts | lowest cosine   | .978
# per column, recipe 1     | check texts | centred cosine  | .991
# per tensor               | check texts | mean cosine     | .946
MEAN_COSINE, CENTRED_COSINE = 0.99, 0.98
_PROBES = 2  # check texts recorded with their vectors, compared again at every load
_LARGE = 10**6  # numbers in an embedding table from which half precision saves enough
_OPSET = 17  # the first with LayerNormalization as one operator


@dataclass(frozen=True)
class ExportRecipe:
    """A way of quantising weights."""

    bits: int  # of a weight, 7 or 8
    contracting: bool = True  # also quantise matrices with fewer columns than rows, which lose most accuracy


# Tried in this order until one passes the check. Processors without VNNI sum products in 16 bits, which 8-bit
# weights can overflow and 7-bit weights cannot.
_RECIPES = (ExportRecipe(8), ExportRecipe(8, contracting=False), ExportRecipe(7, contracting=False))


class UnsuitableModel(Exception):
    """This model cannot be exported on any machine."""


def export_model(name: str, path: str, folder: Path) -> None:
    """Export a model into `folder`, which appears complete or not at all.

    Raises UnsuitableModel for an architecture we do not export or if no recipe passes the check, ModelUnavailable if
    the model cannot be loaded, OSError if the folder cannot be written, and whatever the exporter raises.
    """
    # The caller holds the folder's lock, so a .part that exists was left by a killed export.
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        original = TorchModel(name, path)
        _write(part / TOKENIZER, _tokenizer(original.model).encode("utf8"))
        _compile(original, name, part)
        _sync(part)
        shutil.rmtree(folder, ignore_errors=True)  # a damaged export, if any
        part.replace(folder)
        _sync(folder.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _compile(original: TorchModel, name: str, part: Path) -> None:
    """Write the model and its card by the first recipe whose vectors pass the check."""
    pooling = _pooling(original.model)
    texts = check_texts()
    expected = original.embed(texts)  # before the export, which changes the model
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
    """Texts in several languages, on several subjects, from four letters to more than the model reads."""
    lines = (resources.files("vectorstore.embedding") / "check_texts.txt").read_text("utf8").splitlines()
    texts = [line for line in lines if line]
    return [*texts, " ".join(texts)]


def _pooling(model: Any) -> str:
    """The model's pooling, "mean" or "cls". Raises UnsuitableModel for an architecture the export cannot reproduce."""
    modules = [type(module).__name__ for module in model]
    if modules[:2] != ["Transformer", "Pooling"] or modules[2:] not in ([], ["Normalize"]):
        raise UnsuitableModel(f"it is made of {', '.join(modules)}")
    mode = str(getattr(model[1], "pooling_mode", None))
    if mode not in ("mean", "cls"):
        raise UnsuitableModel(f"its pooling is {mode}")
    if model.default_prompt_name is not None or getattr(model, "truncate_dim", None) is not None:
        raise UnsuitableModel("it puts a prompt before texts, or cuts its vectors")
    return mode


def _tokenizer(model: Any) -> str:
    """The model's tokenizer as JSON: it cuts texts where the model does, and never pads them."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(model.tokenizer.backend_tokenizer.to_str())
    tokenizer.no_padding()
    if model.max_seq_length is None:
        raise UnsuitableModel("it does not say how much it reads")
    tokenizer.enable_truncation(int(model.max_seq_length), direction=model.tokenizer.truncation_side)
    tokenizer_json: str = tokenizer.to_str()
    return tokenizer_json


def _export(model: Any, pooling: str, target: Path) -> None:
    """Write transformer, pooling and normalisation as ONNX: word pieces (1, n) in, a unit vector (1, dimension) out.

    One text at a time needs no attention mask, and without a mask attention costs half.
    """
    import torch

    transformer = model[0].auto_model.eval().to("cpu")
    # "eager" attention becomes three operators that onnxruntime knows; the fused one would bring masks back in.
    transformer.set_attn_implementation("eager")
    table = transformer.get_input_embeddings()
    if table.weight.numel() >= _LARGE:
        transformer.set_input_embeddings(_half_precision(table))

    class Encoder(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, pieces: Any) -> Any:
            hidden = self.transformer(input_ids=pieces, attention_mask=None).last_hidden_state
            vector = hidden.mean(1) if pooling == "mean" else hidden[:, 0]
            return torch.nn.functional.normalize(vector, dim=1)

    with torch.no_grad():
        torch.onnx.export(
            Encoder().eval(),
            (torch.arange(7, 16).unsqueeze(0),),  # example input: which word pieces does not matter
            str(target),
            input_names=["pieces"],
            output_names=["vector"],
            dynamic_axes={"pieces": {1: "length"}},
            opset_version=_OPSET,
            dynamo=False,  # the newer exporter needs two more packages
        )


def _half_precision(table: Any) -> Any:
    """An embedding table in half precision: half the bytes, the same vectors to five digits."""
    import torch

    class HalfPrecisionEmbedding(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.weight = torch.nn.Parameter(table.weight.detach().half(), requires_grad=False)

        def forward(self, pieces: Any) -> Any:
            return torch.nn.functional.embedding(pieces, self.weight).float()

    return HalfPrecisionEmbedding()


def _quantized(exported: Path, recipe: ExportRecipe) -> bytes:
    """The model with int8 weights in its matrix products, one scale per column."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    with tempfile.TemporaryDirectory(dir=exported.parent) as temporary:
        prepared, quantized = Path(temporary) / "prepared.onnx", Path(temporary) / "quantized.onnx"
        quant_pre_process(exported, prepared, skip_symbolic_shape=True)
        graph = onnx.load(prepared).graph
        shapes = {tensor.name: tuple(tensor.dims) for tensor in graph.initializer}
        products = {node.name: shapes.get(node.input[1]) for node in graph.node if node.op_type == "MatMul"}
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
    """What is recorded beside the model: its identity, how it was made, checksums, and the probe texts' vectors."""
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
            package.__name__: str(package.__version__)
            for package in (onnxruntime, sentence_transformers, torch, transformers)
        },
        "files": {
            name: hashlib.sha256((part / name).read_bytes()).hexdigest() for name in (MODEL, TOKENIZER)
        },
        "probe": [
            {"text": text, "vector": [round(float(x), 4) for x in vector]}
            for text, vector in zip(texts[:_PROBES], expected, strict=False)
        ],
    }


def _check(part: Path, card: dict[str, Any], texts: Sequence[str], expected: Vectors) -> None:
    """Write the card, load the model as every later run will, and compare its vectors with the original's.

    `expected` has shape (len(texts), dimension). Raises UnfitModel if the vectors differ too much.
    """
    _write(part / CARD, json.dumps({**card, "digest": digest_of(card)}).encode())
    vectors = OnnxModel(part).embed(texts)
    cosines = np.sum(vectors * expected, axis=1)
    mean, least = float(cosines.mean()), float(cosines.min())
    # The vectors of some models all point much the same way; what distinguishes texts is the rest, so compare it too.
    mean_vector = expected.mean(axis=0)
    centred = float(_cosines(vectors - mean_vector, expected - mean_vector).mean())
    if not (mean >= MEAN_COSINE and least >= LOWEST_COSINE and centred >= CENTRED_COSINE):
        raise UnfitModel(
            f"compiled, its vectors are off: mean cosine {mean:.4f}, {least:.4f} at the least, "
            f"{centred:.4f} centred"
        )
    card["check"] = {"texts": len(texts), "mean": mean, "least": least, "centred": centred}
    _write(part / CARD, json.dumps({**card, "digest": digest_of(card)}).encode())


def _cosines(left: Vectors, right: Vectors) -> Vectors:
    """Row by row, for two arrays of shape (texts, dimension); shape (texts,)."""
    lengths = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
    cosines: Vectors = np.sum(left * right, axis=1) / np.maximum(lengths, 1e-9)
    return cosines


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def main(arguments: Sequence[str]) -> int:
    """Export NAME from PATH into FOLDER and write the outcome to stdout; the exit status, 0 or 1."""
    name, path, folder = arguments
    with os.fdopen(os.dup(1), "w", encoding="utf8") as outcome:
        os.dup2(2, 1)  # libraries print to stdout, which must hold the outcome alone
        reason, is_lasting = _try_to_compile(name, path, Path(folder))
        outcome.write(json.dumps({"reason": reason, "lasting": is_lasting}))
    return int(reason is not None)


def _try_to_compile(name: str, path: str, folder: Path) -> tuple[str | None, bool]:
    """Why the export failed (None: it did not), and whether a second try would fail the same way."""
    try:
        export_model(name, path, folder)
        return None, False
    except UnsuitableModel as error:
        return str(error), True
    except (OSError, MemoryError, ModelUnavailable, DamagedModel) as error:
        return first_line(error), False
    except Exception as error:  # the exporter passes on whatever its libraries raise
        return f"{type(error).__name__}: {first_line(error)}", True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
