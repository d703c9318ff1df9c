"""The trained reader as int8 ONNX without word embeddings, checked against the float model."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from assistant.reader.onnx_reader import OnnxReader
from assistant.reader.pieces import membership
from assistant.reader.training.encoding import Encoded
from assistant.reader.training.model import ReaderModel

_OPSET = 17  # the first with LayerNormalization as one operator
MEAN_DIFFERENCE = 0.03  # of probabilities, compiled against float


class UnfitExport(Exception):
    """What was compiled does not judge as the model does."""


class _Exported(torch.nn.Module):
    """Word embeddings (1, n, d), types (1, n) and membership (1, 2 + s, n) in; log odds and logits out."""

    def __init__(self, model: ReaderModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, rows: Tensor, types: Tensor, belongs: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        reading = self.model.read(rows, types, None, belongs)
        return reading.sentences - reading.nothing[:, None], reading.words, reading.support


def export(model: ReaderModel, target: Path, contracting: bool = True) -> None:
    """Write the reader as int8 ONNX; `contracting`: quantise also the products with fewer columns than rows."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    model = model.float().eval().to("cpu")
    model.encoder.set_attn_implementation("eager")  # three operators that onnxruntime knows
    width = model.word_embeddings.weight.shape[1]
    segments = np.array([-1, 0, 0, -1, 1, -1, 2, 2, 3, 3, 3, -1], dtype=np.int32)
    example = (
        torch.zeros(1, len(segments), width),
        torch.zeros(1, len(segments), dtype=torch.int64),
        torch.from_numpy(membership(segments, 4)[None].astype(np.float32)),
    )
    with tempfile.TemporaryDirectory() as temporary, torch.no_grad():
        exported, prepared = Path(temporary) / "exported.onnx", Path(temporary) / "prepared.onnx"
        torch.onnx.export(
            _Exported(model).eval(),
            example,
            str(exported),
            input_names=["rows", "types", "membership"],
            output_names=["odds", "words", "support"],
            dynamic_axes={
                "rows": {1: "length"},
                "types": {1: "length"},
                "membership": {1: "segments", 2: "length"},
            },
            opset_version=_OPSET,
            dynamo=False,  # the newer exporter wants two more packages
        )
        quant_pre_process(exported, prepared, skip_symbolic_shape=True)
        graph = onnx.load(prepared).graph
        shapes = {one.name: tuple(one.dims) for one in graph.initializer}
        products = {one.name: shapes.get(one.input[1]) for one in graph.node if one.op_type == "MatMul"}
        left = [name for name, shape in products.items() if shape and shape[0] > shape[-1]]
        quantize_dynamic(
            prepared,
            target,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=[] if contracting else left,
        )


def check(model: ReaderModel, reader: OnnxReader, inputs: Sequence[Encoded]) -> dict[str, Any]:
    """How far the compiled reader's probabilities are from the model's, and how long it reads.

    Raises UnfitExport where they differ by more than MEAN_DIFFERENCE in the mean.
    """
    model = model.float().eval().to("cpu")
    differences: list[float] = []
    same, spent = [], []
    for one in inputs:
        rows = int(one.segments.max()) + 1
        with torch.no_grad():
            reading = model(
                torch.from_numpy(one.pieces.astype(np.int64))[None],
                torch.from_numpy(one.types.astype(np.int64))[None],
                None,
                torch.from_numpy(membership(one.segments, rows)[None]),
            )
        started = time.perf_counter()
        odds, _, support = reader.run(one.pieces, one.types, one.segments)
        spent.append(time.perf_counter() - started)
        if one.is_claim:
            wanted = torch.softmax(reading.support[0], 0).numpy()
            found = np.exp(support - support.max()) / np.exp(support - support.max()).sum()
        else:
            wanted = torch.sigmoid(reading.sentences[0] - reading.nothing[0]).numpy()
            found = 1 / (1 + np.exp(-odds))
        differences += np.abs(wanted - found).tolist()
        same.append(float(np.argmax(wanted) == np.argmax(found)))
    mean = float(np.mean(differences))
    if mean > MEAN_DIFFERENCE:
        raise UnfitExport(f"compiled, its probabilities are off by {mean:.3f} in the mean")
    return {
        "inputs": len(inputs),
        "mean difference": mean,
        "95th percentile": float(np.quantile(differences, 0.95)),
        "same first": float(np.mean(same)),
        "ms for one, median": float(np.median(spent) * 1000),
        "pieces, mean": float(np.mean([len(one.pieces) for one in inputs])),
    }
