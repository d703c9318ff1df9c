"""How search grows with the index: time and memory at 1,000, 10,000 and 100,000 passages.

    python tests/benchmarks/scale.py [--passages 1000 10000 100000] [--with-chroma]

The passages' words are made up and their vectors drawn at random; questions are embedded by the real model. Each size
is searched by a fresh process, as `briefing search` and the app do it: exactly over the ledger and, with
`--with-chroma`, by a process that owns Chroma.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import quantiles

import numpy as np

from ingest import Document, Metadata, Span
from vectorstore import EmbeddingModel, Store
from vectorstore.embedding import vector_cache
from vectorstore.ledger import versions

_IN_A_REPORT = 50  # passages
_QUESTIONS = 100
_SYLLABLES = [a + b for a in "bdfgklmnprstvwz" for b in "aeiou"][:37]


def fill(store: Store, passages: int) -> None:
    """Put reports of made-up sentences into a store, with random unit vectors."""
    chance, draw = random.Random(1), np.random.default_rng(1)
    name = vector_cache.model_key(store.model)
    store.claim_model()
    for first in range(0, passages, _IN_A_REPORT):
        lines = [" ".join(words(draw, 110)) for _ in range(min(_IN_A_REPORT, passages - first))]
        text, spans, at = "\n".join(lines), [], 0
        for line in lines:
            spans.append(Span(at, at + len(line), None, None))
            at += len(line) + 1
        keys = [vector_cache.text_key(f"{first} {place}") for place in range(len(lines))]
        made = draw.standard_normal((len(lines), store.model.identity.dimension)).astype("<f4")
        made /= np.linalg.norm(made, axis=1, keepdims=True)
        document = Document(
            text, (), "txt", Metadata(title=f"Report {first} from {chance.choice(_SYLLABLES)}")
        )
        version = versions.NewVersion(document, "0" * 64, spans, [""] * len(lines), keys)
        with store.ledger.transaction() as connection:
            connection.executemany(
                "INSERT INTO vectors VALUES (?, ?, ?)",
                [(name, key, vector.tobytes()) for key, vector in zip(keys, made, strict=True)],
            )
            versions.go_live(store.ledger, f"made:{first}", f"{first}.txt", version, {})


def words(draw: np.random.Generator, count: int) -> list[str]:
    """Words as often as in a language: the n-th most frequent 1/n times as often as the first (Zipf's law)."""
    return [
        f"{_SYLLABLES[n % 37]}{_SYLLABLES[n // 37 % 37]}{n // 1369 or ''}"
        for n in draw.zipf(1.07, count) % 60_000
    ]


def questions(count: int) -> list[str]:
    """Eight words each, a few of them frequent."""
    draw = np.random.default_rng(7)
    return [f"Who saw {' '.join(words(draw, 8))}?" for _ in range(count)]


def search(data: Path, models: Path, own: bool) -> None:
    """Prints the seconds of each question of a warm process, its memory, and the first question's seconds."""
    store = Store(data, EmbeddingModel(cache=models))
    began = time.perf_counter()
    store.search(questions(1)[0])
    first = time.perf_counter() - began
    if own:
        store.own("the benchmark")
        store.search(questions(1)[0])
    seconds = []
    for question in questions(_QUESTIONS + 1)[1:]:
        began = time.perf_counter()
        store.search(question)
        seconds.append(time.perf_counter() - began)
    status = Path("/proc/self/status").read_text()
    memory = next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))
    print(json.dumps({"first": first, "seconds": seconds, "memory": memory}))
    store.close()


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1] == "--search":
        search(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4] == "own")
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--passages", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--with-chroma", action="store_true")
    given = parser.parse_args()
    print(f"{'passages':>9} {'search by':>10} {'p50 ms':>7} {'p95 ms':>7} {'first s':>8} {'memory MB':>10}")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder:
        models = Path(folder) / "models"
        EmbeddingModel(cache=models).embed(["compiled once"])
        for passages in given.passages:
            data = Path(folder) / str(passages)
            store = Store(data, EmbeddingModel(cache=models))
            fill(store, passages)
            store.close()
            for how in ("exact", *(("own",) if given.with_chroma else ())):
                out = subprocess.run(
                    [sys.executable, __file__, "--search", str(data), str(models), how],
                    check=True,
                    stdout=subprocess.PIPE,
                    text=True,
                    env=environment,
                ).stdout
                found = json.loads(out)
                cuts = quantiles([1000 * one for one in found["seconds"]], n=20, method="inclusive")
                by = "Chroma" if how == "own" else "the ledger"
                times = f"{cuts[9]:7.1f} {cuts[18]:7.1f} {found['first']:8.2f}"
                print(f"{passages:9,} {by:>10} {times} {found['memory']:10.0f}", flush=True)


if __name__ == "__main__":
    main()
