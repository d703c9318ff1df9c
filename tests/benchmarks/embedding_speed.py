"""The embedding model as it ships and compiled, side by side: speed, start, memory, agreement.

    python tests/benchmarks/embedding_speed.py [FOLDER]

The texts are the passages of the sample reports, whole and in parts, 300 of mixed length. Each model runs in
processes of its own, the two in turn, three times; the best of each counts, for other programs only ever slow
things down. FOLDER keeps the compiled model from one run to the next; without, it is compiled first.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from importlib import resources
from pathlib import Path

import numpy as np

PASSAGES, ROUNDS = 300, 3
QUERY = "Why did the peacekeepers leave, and what came after them?"


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1] if len(sys.argv) > 1 else temporary)
        began = time.perf_counter()
        _process("compiled", folder, temporary, load_only=True)
        print(f"made ready in {time.perf_counter() - began:.0f} s (compiled, where it was not before)\n")
        (Path(temporary) / "passages.json").write_text(json.dumps(passages()), "utf8")
        found: dict[str, list[dict[str, float]]] = {"original": [], "compiled": []}
        for _ in range(ROUNDS):
            for kind, rows in found.items():
                rows.append(_process(kind, folder, temporary))
        print(f"{'':34}{'original':>10}{'compiled':>10}")
        for name, better in MEASURES.items():
            values = [better(row[name] for row in rows) for rows in found.values()]
            print(f"{name:34}{values[0]:10.1f}{values[1]:10.1f}")
        vectors = [np.load(Path(temporary) / f"{kind}.npy") for kind in found]
    cosines = np.sum(vectors[0] * vectors[1], axis=1)
    print(f"\ncosine between the two: mean {cosines.mean():.4f}, least {cosines.min():.4f}")


MEASURES = {
    "start: import and load, s": min,
    "memory after a query, MB": min,
    "one query, ms": min,
    f"{PASSAGES} passages, texts/s": max,
    "memory after the passages, MB": min,
}


def passages() -> list[str]:
    """The sample reports' passages as they are embedded, whole ones, parts of them and two together."""
    from ingest import passages as split
    from ingest import read
    from vectorstore import EmbeddingModel

    model = EmbeddingModel()
    texts = []
    with resources.as_file(resources.files("assistant") / "samples") as folder:
        for file in sorted(folder.iterdir()):
            document = read(file.read_bytes(), file.name)
            spans = split(document, model.limit, model.count)
            texts += [document.text[span.start : span.end] for span in spans]
    words = [text.split() for text in texts]
    varied = [" ".join(part[at::2]) for part in words for at in (0, 1)]
    parts = [" ".join(part[:length]) for part in words for length in (8, 20, 60)]
    return (texts + varied + parts + texts)[:PASSAGES]


def _process(kind: str, folder: Path, temporary: str, load_only: bool = False) -> dict[str, float]:
    command = [sys.executable, __file__, "--measure", kind, str(folder), temporary, *["load"] * load_only]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return dict(json.loads(done.stdout)) if done.stdout else {}


def measure(kind: str, folder: Path, temporary: Path, load_only: bool) -> None:
    began = time.perf_counter()
    from vectorstore.embedding.model import EmbeddingModel

    model = EmbeddingModel(cache=folder if kind == "compiled" else None)
    model._loaded()
    if load_only:
        return
    row = {"start: import and load, s": time.perf_counter() - began}
    model.embed([QUERY])
    row["memory after a query, MB"] = _memory()
    times = []
    for number in range(30):
        at = time.perf_counter()
        model.embed([f"{QUERY} {number}"])
        times.append(time.perf_counter() - at)
    row["one query, ms"] = 1000 * float(np.median(times))
    texts = json.loads((temporary / "passages.json").read_text("utf8"))
    at = time.perf_counter()
    # In the pieces in which `vectorstore.embedding.vector_cache` saves them.
    vectors = np.concatenate([model.embed(texts[start : start + 16]) for start in range(0, len(texts), 16)])
    row[f"{PASSAGES} passages, texts/s"] = len(texts) / (time.perf_counter() - at)
    row["memory after the passages, MB"] = _memory()
    np.save(temporary / f"{kind}.npy", vectors)
    print(json.dumps(row))


def _memory() -> float:
    """Resident memory of this process, MB; the most it ever had where the system tells nothing else."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmRSS:")[1].split()[0]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    os.environ["HF_HUB_OFFLINE"] = "1"
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]), "load" in sys.argv[5:])
    else:
        main()
