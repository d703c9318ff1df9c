"""Passages beside a plain recursive splitter: how much of the sought words the first hold, and how little else.

    python tests/benchmarks/passages.py FOLDER [--targets 160 …] [-k 5]

FOLDER holds `questions.csv` (question, references with the sought words, corpus_id) and a text `<corpus_id>.md` for
each corpus, as the chunking evaluation of Chroma has them (Smith and Troynikov, "Evaluating Chunking Strategies for
Retrieval", 2024). Recall: the share of the sought characters that the first k passages hold. Precision: the share of
their characters that is sought. IoU: sought and held, of what is either. "plain" is
RecursiveCharacterTextSplitter(1000, 200) searched by the cosines of the same model. Needs the `dev` extra.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant import Assistant, Settings
from ingest import splitting
from vectorstore import EmbeddingModel

Place = tuple[str, int, int]  # corpus, start, end


@dataclass(frozen=True)
class Sought:
    question: str
    places: tuple[Place, ...]


def load(folder: Path, texts: dict[str, str]) -> tuple[list[Sought], int]:
    """The questions whose sought words stand in the texts, and how many do not: white space may differ."""
    found, lost = [], 0
    with (folder / "questions.csv").open(encoding="utf8", newline="") as file:
        for row in csv.DictReader(file):
            name = row["corpus_id"]
            if name not in texts:
                continue
            places = [_place(name, texts[name], one["content"]) for one in json.loads(row["references"])]
            if all(places):
                found.append(Sought(row["question"], tuple(one for one in places if one)))
            else:
                lost += 1
    return found, lost


def _place(name: str, text: str, words: str) -> Place | None:
    match = re.search(r"\s*".join(map(re.escape, words.split())), text)
    return (name, *match.span()) if match else None


def figures(sought: Sequence[Sought], search: Callable[[str], Iterable[Place]]) -> tuple[float, float, float]:
    """Mean recall, precision and IoU of characters."""
    rows = []
    for one in sought:
        wanted = {(name, at) for name, start, end in one.places for at in range(start, end)}
        held = [(name, at) for name, start, end in search(one.question) for at in range(start, end)]
        hits = len(wanted & set(held))
        # What is held twice, because passages overlap, is read twice.
        rows.append((hits / len(wanted), hits / len(held), hits / (len(wanted - set(held)) + len(held))))
    recall, precision, iou = np.mean(rows, axis=0)
    return float(recall), float(precision), float(iou)


def ours(
    folder: Path, corpora: Path, model: EmbeddingModel, k: int
) -> tuple[int, dict[str, str], Callable[[str], list[Place]]]:
    """How many passages, the texts, and the search of an index of the corpora."""
    desk = Assistant(Settings(data_dir=folder), model)
    report = desk.add([str(corpora)])
    assert all(one.error is None for one in report.documents)
    documents = desk.documents()
    texts = {Path(one.source).stem: desk.text(one.document_id) for one in documents}

    def search(question: str) -> list[Place]:
        return [(Path(one.source).stem, one.start, one.end) for one in desk.search(question, k)]

    return sum(one.passages for one in documents), texts, search


def plain(texts: dict[str, str], model: EmbeddingModel, k: int) -> tuple[int, Callable[[str], list[Place]]]:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200, add_start_index=True)
    places, parts = [], []
    for name, text in texts.items():
        for part in splitter.create_documents([text]):
            start = part.metadata["start_index"]
            places.append((name, start, start + len(part.page_content)))
            parts.append(part.page_content)
    matrix = model.embed(parts)

    def search(question: str) -> list[Place]:
        order = np.argsort(-(matrix @ model.embed([question])[0]), kind="stable")
        return [places[at] for at in order[:k]]

    return len(parts), search


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--targets", type=int, nargs="+", default=[splitting.TARGET])
    parser.add_argument("-k", type=int, default=5)
    given = parser.parse_args()
    print(f"{'':14} {'passages':>9} {'recall':>7} {'precision':>10} {'IoU':>6}   of the first {given.k}")

    def show(name: str, passages: int, values: tuple[float, float, float]) -> None:
        recall, precision, iou = values
        print(f"{name:14} {passages:9} {recall:7.3f} {precision:10.3f} {iou:6.3f}", flush=True)

    with tempfile.TemporaryDirectory() as place:
        model = EmbeddingModel(cache=Path(place) / "models")
        corpora = Path(place) / "corpora"
        corpora.mkdir()
        for path in given.folder.glob("*.md"):
            (corpora / path.name).write_text(path.read_text("utf8"), "utf8")
        for target in given.targets:
            splitting.TARGET = target
            count, texts, search = ours(Path(place) / str(target), corpora, model, given.k)
            sought, lost = load(given.folder, texts)
            show(f"ours, {target}", count, figures(sought, search))
        show("plain", *_shown(plain(texts, model, given.k), sought))
        print(f"{len(sought)} questions; {lost} more whose sought words do not stand in the text read")


def _shown(
    side: tuple[int, Callable[[str], list[Place]]], sought: Sequence[Sought]
) -> tuple[int, tuple[float, float, float]]:
    passages, search = side
    return passages, figures(sought, search)


if __name__ == "__main__":
    main()
