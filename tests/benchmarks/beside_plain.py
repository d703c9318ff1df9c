"""Speed and memory beside a plain LangChain pipeline: the same files, the same model, in the same run.

    python tests/benchmarks/beside_plain.py [--files 300]

The plain pipeline is what tutorials build: RecursiveCharacterTextSplitter of 1,000 characters with 200 overlapping,
sentence-transformers behind LangChain's Embeddings, langchain-chroma on disk. Each step is a fresh process on either
side, one after the other, and what is printed is a ratio as well: the seconds of one machine say little about
another. Needs the `dev` extra.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import news

_WARM = 60  # questions asked of a warm process


# -- the plain pipeline, each step a process


def plain_store(data: Path):  # noqa: ANN201 - a langchain_chroma.Chroma
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings
    from sentence_transformers import SentenceTransformer

    from vectorstore import EmbeddingModel

    model = SentenceTransformer(EmbeddingModel().path)

    class Plain(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return model.encode(texts, normalize_embeddings=True).tolist()

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    return Chroma("plain", Plain(), persist_directory=str(data))


def plain_add(data: Path, files: Path) -> None:
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    store = plain_store(data)
    documents = [
        Document(path.read_text("utf8"), metadata={"source": path.name}) for path in sorted(files.iterdir())
    ]
    parts = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200).split_documents(documents)
    ids = [f"{part.metadata['source']}-{number}" for number, part in enumerate(parts)]
    for at in range(0, len(parts), 1000):
        store.add_documents(parts[at : at + 1000], ids=ids[at : at + 1000])


def plain_ask(data: Path) -> None:
    store = plain_store(data)
    store.similarity_search(news.questions(1)[0], k=10)
    _warm(lambda question: store.similarity_search(question, k=10))


# -- ours


def our_ask(data: Path) -> None:
    from assistant import Assistant

    with Assistant.open(data) as desk:
        desk.search(news.questions(1)[0])
        _warm(desk.search)


def _warm(search) -> None:  # noqa: ANN001 - either side's function of a question
    seconds = []
    for question in news.questions(_WARM)[1:]:
        began = time.perf_counter()
        search(question)
        seconds.append(time.perf_counter() - began)
    print(json.dumps({"warm_ms": median(seconds) * 1000, "memory_mb": _memory()}))


def _memory() -> float:
    """Resident megabytes of this process."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return float("nan")


# -- the comparison


def run(files: int, folder: Path) -> dict[str, tuple[float, float]]:
    """Ours and the plain pipeline's figure of each measure."""
    reports, data, plain = folder / "reports", folder / "ours", folder / "plain"
    news.write(reports, files)
    briefing = [str(Path(sys.executable).with_name("briefing")), "--data-dir", str(data)]
    _timed(*briefing, "status")  # the first use of a folder compiles the model, once
    _timed(*briefing, "search", "anything")
    (folder / "one").mkdir()
    (folder / "one" / "first.txt").write_text("The first report of all.\n")
    once = _timed(*briefing, "add", str(folder / "one"))
    print(f"compiling the model and adding one report, once: {once:.1f} s", flush=True)
    figures = {
        "adding (s)": (_timed(*briefing, "add", str(reports)), _timed_here("--plain-add", plain, reports)),
        "adding again (s)": (
            _timed(*briefing, "add", str(reports)),
            _timed_here("--plain-add", plain, reports),
        ),
    }
    question = news.questions(1)[0]
    cold = [_timed(*briefing, "search", question) for _ in range(3)]
    ask = [_timed(*briefing, "ask", question) for _ in range(3)]
    began = time.perf_counter()
    theirs = json.loads(_here("--plain-ask", plain))
    theirs_cold = time.perf_counter() - began - theirs["warm_ms"] / 1000 * _WARM
    ours = json.loads(_here("--our-ask", data))
    figures["cold search (s)"] = (median(cold), theirs_cold)
    figures["cold ask (s)"] = (median(ask), theirs_cold)
    figures["warm search (ms)"] = (ours["warm_ms"], theirs["warm_ms"])
    figures["memory after questions (MB)"] = (ours["memory_mb"], theirs["memory_mb"])
    return figures


def _timed(*command: str) -> float:
    began = time.perf_counter()
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_environment()
    )
    return time.perf_counter() - began


def _timed_here(what: str, *paths: Path) -> float:
    began = time.perf_counter()
    _here(what, *paths)
    return time.perf_counter() - began


def _here(what: str, *paths: Path) -> str:
    command = [sys.executable, __file__, what, *map(str, paths)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=_environment()).stdout


def _environment() -> dict[str, str]:
    """As a user has it: modules are compiled once and kept."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "ANONYMIZED_TELEMETRY": "False", "HF_HUB_OFFLINE": "1"}


def main() -> None:
    steps = {"--plain-add": plain_add, "--plain-ask": plain_ask, "--our-ask": our_ask}
    if len(sys.argv) > 2 and sys.argv[1] in steps:
        steps[sys.argv[1]](*map(Path, sys.argv[2:]))
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--files", type=int, default=300)
    with tempfile.TemporaryDirectory() as folder:
        figures = run(parser.parse_args().files, Path(folder))
    print(f"{'':30} {'ours':>10} {'plain':>10} {'plain/ours':>11}")
    for name, (ours, theirs) in figures.items():
        print(f"{name:30} {ours:10.2f} {theirs:10.2f} {theirs / ours:11.1f}")


if __name__ == "__main__":
    main()
