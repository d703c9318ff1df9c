"""Hybrid retrieval: dense and lexical search, fused, then reports that the best passages mention by title."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vectorstore.embedding.reranker import DEPTH
from vectorstore.ledger import catalogue
from vectorstore.ledger.database import Ledger
from vectorstore.records import Filters, Passage
from vectorstore.search.bm25 import LexicalIndex
from vectorstore.search.dense import DenseIndex
from vectorstore.search.fusion import Hit, fuse
from vectorstore.search.query_expansion import expand_query
from vectorstore.search.title_links import TitleLinks

if TYPE_CHECKING:
    from vectorstore.embedding.reranker import Reranker
    from vectorstore.embedding.types import Vectors

_TRIES = 3  # searches for one question if the index changes during each
_POOL = 100  # hits taken from dense and from lexical search before they are fused
# data                                      | metric                      | without links | with
# HotpotQA, 100 questions                   | all evidence in first five  | .65           | .87
# MuSiQue                                   | all evidence in first five  | .30           | .38
# SQuAD, 800 questions, one report for each | nDCG@10                     | .920          | .920
_READ_FOR_LINKS = 3  # best passages searched for titles
_LINK = (
    0.4  # added to a mentioned report's score, times the title's rarity and the mentioning passage's score
)
_MOST_LINKS = 12  # reports brought in
# CROSS JOIN makes SQLite start from the passages; by itself it would go through all live generations.
_LIVE = (
    "SELECT p.*, d.document_id, d.title, d.authors, d.publisher, d.published, d.source "
    "FROM passages p CROSS JOIN generations g ON g.generation = p.generation AND g.state = 'live' "
    "JOIN documents d ON d.document_id = g.document_id"
)
_SPARE = 20  # hits read beyond twice the number needed, since some may not be live


@dataclass(frozen=True)
class SearchResult:
    """The passages found for a question."""

    passages: tuple[Passage, ...]  # best first
    left_out_undated: int | None = None  # undated documents that a date filter excluded; None without one


class HybridRetriever:
    """Search over one ledger. Safe to share between threads."""

    def __init__(
        self, ledger: Ledger, dense: DenseIndex, lexical: LexicalIndex, reranker: Reranker | None = None
    ) -> None:
        self._ledger = ledger
        self._dense = dense
        self._lexical = lexical
        self._links = TitleLinks(ledger, lexical)
        self._reranker = reranker

    def search(self, question: str, vector: Vectors, model: str, k: int, filters: Filters) -> SearchResult:
        """The k best passages for a question, whatever their score.

        `vector` is the question's, shape (dimension,), from the model whose `ModelIdentity.key` is `model`.
        """
        for _ in range(_TRIES):
            with self._ledger.snapshot():
                revision = self._ledger.revision
                result = self._search(question, vector, model, k, filters)
            if self._ledger.revision == revision:
                break  # otherwise Chroma may have dropped passages that are live in the snapshot
        return result

    def preceding(self, passage: Passage) -> Passage | None:
        """The passage before this one under the same heading of the same version, with this one's score; or None."""
        row = self._ledger.connection.execute(
            f'{_LIVE} WHERE p.generation = ? AND p."end" <= ? ORDER BY p."end" DESC LIMIT 1',
            (passage.generation, passage.start),
        ).fetchone()
        if row is None or row["heading"] != passage.heading:
            return None
        return _passage(row, passage.score, passage.similarity)

    def following(self, passage: Passage) -> Passage | None:
        """The passage after one, of the same version and under the same heading; scored as that one is."""
        row = self._ledger.connection.execute(
            f"{_LIVE} WHERE p.generation = ? AND p.start >= ? ORDER BY p.start LIMIT 1",
            (passage.generation, passage.end),
        ).fetchone()
        if row is None or row["heading"] != passage.heading:
            return None
        return _passage(row, passage.score, passage.similarity)

    def passages(self, generation: int) -> list[Passage]:
        """All passages of a live generation in the order of its text, with scores of 0."""
        rows = self._ledger.connection.execute(
            f"{_LIVE} WHERE p.generation = ? ORDER BY p.start", (generation,)
        )
        return [_passage(row, 0.0, 0.0) for row in rows]

    def _search(self, question: str, vector: Vectors, model: str, k: int, filters: Filters) -> SearchResult:
        only, left_out = admitted_generations(self._ledger, filters)
        if only is not None and not only:
            return SearchResult((), left_out)
        pool = max(_POOL, k)
        dense = self._dense.query(vector, pool, model, only)
        lexical = self._lexical.search(question, pool, only, expand_query(self._ledger, question))
        matched = lexical[0][1] / self._lexical.attainable_score(question) if lexical else 0.0
        hits = self._with_links(fuse(dense, lexical, matched), vector, model, only)
        count = k if self._reranker is None else max(k, DEPTH)
        passages = self._passages(hits, dict(dense), count)
        if self._reranker is not None:
            passages = self._reranker.rerank(question, passages)
        return SearchResult(tuple(passages[:k]), left_out)

    def _with_links(
        self, fused: Sequence[Hit], vector: Vectors, model: str, only: Collection[int] | None
    ) -> list[Hit]:
        """The hits again, after the best passage of each report that the first hits mention was raised or added."""
        scores = dict(fused)
        for generation, bonus in self._mentioned(fused[:_READ_FOR_LINKS], only).items():
            row, similarity = self._best_of(generation, vector, model, scores)
            if row is not None:
                scores[row] = scores.get(row, 0.5 * max(0.0, similarity)) + bonus
        highest = max(scores.values(), default=1.0)
        if highest > 1.0:
            scores = {row: score / highest for row, score in scores.items()}
        return sorted(scores.items(), key=lambda hit: (-hit[1], hit[0]))

    def _mentioned(self, hits: Sequence[Hit], only: Collection[int] | None) -> dict[int, float]:
        """The generations whose title stands in a passage of another one, with the bonus of each; highest first."""
        bonuses: dict[int, float] = {}
        for row, score in hits:
            passage = self._ledger.connection.execute(
                "SELECT generation, text FROM passages WHERE row = ?", (row,)
            ).fetchone()
            if passage is None:
                continue
            for generation, rarity in self._links.named_in(passage["text"]).items():
                if generation != passage["generation"] and (only is None or generation in only):
                    bonuses[generation] = max(bonuses.get(generation, 0.0), _LINK * rarity * score)
        return dict(sorted(bonuses.items(), key=lambda item: -item[1])[:_MOST_LINKS])

    def _best_of(
        self, generation: int, vector: Vectors, model: str, scores: Mapping[int, float]
    ) -> tuple[int | None, float]:
        """The generation's passage with the highest score so far, else nearest to the question; and its similarity.

        (None, 0.0) for a generation without vectors.
        """
        rows = self._ledger.connection.execute(
            "SELECT p.row, v.vector FROM passages p JOIN vectors v ON v.model = ? AND v.key = p.vector_key "
            "WHERE p.generation = ?",
            (model, generation),
        ).fetchall()
        near = [(row["row"], float(np.frombuffer(row["vector"], dtype="<f4") @ vector)) for row in rows]
        return max(near, key=lambda hit: (scores.get(hit[0], 0.0), hit[1]), default=(None, 0.0))

    def _passages(self, hits: Sequence[Hit], similarity: Mapping[int, float], count: int) -> list[Passage]:
        """The first `count` hits that are live; `similarity` is that of the dense hits."""
        # More rows are read than needed, because Chroma may return passages that are not live any more, or not yet.
        numbers = ",".join(str(row) for row, _ in hits[: 2 * count + _SPARE])
        live = {
            row["row"]: row for row in self._ledger.connection.execute(f"{_LIVE} WHERE p.row IN ({numbers})")
        }
        live_hits = [(row, score) for row, score in hits if row in live][:count]
        return [_passage(live[row], score, similarity.get(row, 0.0)) for row, score in live_hits]


def admitted_generations(ledger: Ledger, filters: Filters) -> tuple[set[int] | None, int | None]:
    """The generations that may answer, and how many undated documents a date filter excluded.

    The first is None if there is no filter at all, the second if there is no filter by date.
    """
    if not filters.any:
        return None, None
    candidates = [record for record in catalogue.records(ledger) if filters.admits_ignoring_date(record)]
    generations = {record.generation for record in candidates if filters.admits_date(record.published)}
    left_out = None
    if filters.dated:
        left_out = sum(record.published is None for record in candidates) * (not filters.include_undated)
    return generations, left_out


def _passage(row: sqlite3.Row, score: float, similarity: float) -> Passage:
    return Passage(
        passage_id=row["passage_id"],
        document_id=row["document_id"],
        title=row["title"],
        authors=tuple(json.loads(row["authors"])),
        publisher=row["publisher"],
        published=row["published"],
        source=row["source"],
        page=row["page"],
        heading=row["heading"],
        start=row["start"],
        end=row["end"],
        text=row["text"],
        score=round(score, 6),
        generation=row["generation"],
        similarity=similarity,
    )
