"""How well search ranks, on sets with known answers, beside the usual ways to join the same two lists.

    python tests/benchmarks/finding.py scifact FOLDER        (BEIR layout: corpus.jsonl, queries.jsonl, qrels/*.tsv)
    python tests/benchmarks/finding.py hotpotqa FILE CORPUS  (questions with supporting_facts; {title: sentences})
    python tests/benchmarks/finding.py musique FILE CORPUS   (questions with paragraphs; [{title, text}])
    python tests/benchmarks/finding.py squad FILE [--questions 800]

Every text is one passage under its title. nDCG@10, and for how many questions all evidence is among the first 5 and 10:
by meaning alone (the plain pipeline: the title on the first line, cosines of the same model), by BM25 alone, by
reciprocal ranks of the two, by half and half of their scaled scores, and as the desk searches.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest import Document, Metadata, Span
from vectorstore import EmbeddingModel, Store
from vectorstore.embedding import vector_cache
from vectorstore.embedding.passages import embedded_text, passage_context
from vectorstore.ledger import versions

_POOL = 100  # hits of each list
_RANKS = 60  # the constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009)


@dataclass(frozen=True)
class Set:
    texts: Mapping[str, tuple[str, str]]  # id: title, text
    questions: Sequence[tuple[str, frozenset[str]]]  # question, ids of its evidence


def scifact(folder: Path) -> Set:
    texts = {one["_id"]: (one["title"], one["text"]) for one in _lines(folder / "corpus.jsonl")}
    asked = {one["_id"]: one["text"] for one in _lines(folder / "queries.jsonl")}
    evidence: dict[str, set[str]] = {}
    for path in sorted((folder / "qrels").glob("*.tsv")):
        with path.open(encoding="utf8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                if int(row["score"]) > 0:
                    evidence.setdefault(row["query-id"], set()).add(row["corpus-id"])
    return Set(texts, [(asked[one], frozenset(ids)) for one, ids in evidence.items() if one in asked])


def hotpotqa(file: Path, corpus: Path) -> Set:
    texts = {title: (title, "".join(parts)) for title, parts in _json(corpus).items()}
    return Set(
        texts,
        [(one["question"], frozenset(title for title, _ in one["supporting_facts"])) for one in _json(file)],
    )


def musique(file: Path, corpus: Path) -> Set:
    texts = {f"{one['title']}\n{one['text']}": (one["title"], one["text"]) for one in _json(corpus)}
    questions = []
    for one in _json(file):
        wanted = [f"{p['title']}\n{p['paragraph_text']}" for p in one["paragraphs"] if p["is_supporting"]]
        questions.append((one["question"], frozenset(wanted)))
    return Set(texts, questions)


def squad(file: Path, count: int) -> Set:
    found = _json(file)
    articles = found["data"] if isinstance(found, dict) else found
    texts, questions = {}, []
    for article in articles:
        for paragraph in article["paragraphs"]:
            name = str(len(texts))
            texts[name] = (article["title"].replace("_", " "), paragraph["context"])
            questions += [
                (one["question"], frozenset([name]))
                for one in paragraph["qas"]
                if not one.get("is_impossible")
            ]
    random.Random(1).shuffle(questions)
    return Set(texts, questions[:count])


def _lines(path: Path):  # noqa: ANN202 - parsed JSON
    return [json.loads(line) for line in path.read_text("utf8").splitlines() if line.strip()]


def _json(path: Path):  # noqa: ANN202 - parsed JSON
    return json.loads(path.read_text("utf8"))


def fill(store: Store, texts: Mapping[str, tuple[str, str]]) -> None:
    store.claim_model()
    contexts = {name: passage_context(title, None) for name, (title, _) in texts.items()}
    whole = {name: embedded_text(contexts[name], text) for name, (_, text) in texts.items()}
    store.embed(list(whole.values()))
    for name, (title, text) in texts.items():
        document = Document(text, (), "txt", Metadata(title=title))
        spans = [Span(0, len(text), None, None)]
        keys = [vector_cache.text_key(whole[name])]
        version = versions.NewVersion(document, "0" * 64, spans, [contexts[name]], keys)
        versions.go_live(store.ledger, f"set:{name}", name, version, {})


def ways(store: Store, question: str, sources: Mapping[int, str]) -> dict[str, list[str]]:
    """Ids by each way, best first; `sources` are the ids of the passages' rows."""
    vector = store.query_vector(question)
    meaning = store.dense.query(vector, _POOL, vector_cache.model_key(store.model))
    words = store.lexical.search(question, _POOL)
    joined = {
        "by meaning (plain)": dict(meaning),
        "by words": dict(words),
        "reciprocal ranks": _sum(_by_rank(meaning), _by_rank(words)),
        "half and half": _sum(_scaled(meaning), _scaled(words)),
    }
    found = {
        name: [sources[row] for row in sorted(scores, key=lambda row: (-scores[row], row))]
        for name, scores in joined.items()
    }
    return {**found, "the desk": [one.source for one in store.search(question, 10).passages]}


def _by_rank(hits: Sequence[tuple[int, float]]) -> dict[int, float]:
    return {row: 1 / (_RANKS + place) for place, (row, _) in enumerate(hits, start=1)}


def _scaled(hits: Sequence[tuple[int, float]]) -> dict[int, float]:
    low, high = min((s for _, s in hits), default=0.0), max((s for _, s in hits), default=0.0)
    return {row: (score - low) / (high - low) if high > low else 1.0 for row, score in hits}


def _sum(*parts: Mapping[int, float]) -> dict[int, float]:
    return {row: sum(part.get(row, 0.0) for part in parts) for row in {row for part in parts for row in part}}


def ndcg(ranked: Sequence[str], wanted: frozenset[str]) -> float:
    gain = sum(1 / math.log2(place + 1) for place, one in enumerate(ranked[:10], start=1) if one in wanted)
    return gain / sum(1 / math.log2(place + 1) for place in range(1, min(10, len(wanted)) + 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("set", choices=["scifact", "hotpotqa", "musique", "squad"])
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--questions", type=int, default=800)
    given = parser.parse_args()
    if given.set == "squad":
        chosen = squad(*given.paths, given.questions)
    else:
        chosen = {"scifact": scifact, "hotpotqa": hotpotqa, "musique": musique}[given.set](*given.paths)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "data", EmbeddingModel(cache=Path(folder) / "models"))
        fill(store, chosen.texts)
        rows = store.ledger.connection.execute(
            "SELECT p.row, d.source FROM passages p JOIN generations g ON g.generation = p.generation "
            "JOIN documents d ON d.document_id = g.document_id"
        )
        sources = {row["row"]: row["source"] for row in rows}
        scores: dict[str, list[tuple[float, bool, bool]]] = {}
        for question, wanted in chosen.questions:
            for name, ranked in ways(store, question, sources).items():
                found = (ndcg(ranked, wanted), wanted <= {*ranked[:5]}, wanted <= {*ranked[:10]})
                scores.setdefault(name, []).append(found)
        store.close()
    print(f"{given.set}: {len(chosen.texts):,} texts, {len(chosen.questions)} questions")
    print(f"{'':20} {'nDCG@10':>8} {'all in 5':>9} {'all in 10':>10}")
    for name, values in scores.items():
        means = [sum(column) / len(values) for column in zip(*values, strict=True)]
        print(f"{name:20} {means[0]:8.3f} {means[1]:9.3f} {means[2]:10.3f}")


if __name__ == "__main__":
    main()
