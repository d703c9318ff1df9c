"""A question's way to its passages: by meaning and by words, fused; then what the best of them name by title."""

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

_TRIES = 3  # searches for one question, where the index changes during each
_POOL = 100  # hits taken from each of the two searches before they are fused
# How many of the best passages are looked through for titles, and what being named adds to a passage's score.
# HotpotQA: all evidence among the first five passages for .65 of 100 questions without, .87 with; MuSiQue .30 and
# .38; 800 questions of SQuAD, which need no second step, the same with and without (nDCG@10 .920).
_READ_FOR_LINKS = 3
_LINK = 0.4
_MOST_LINKS = 12
# CROSS: from the passages to their generations. SQLite would rather go through all live generations.
_LIVE = (
    "SELECT p.*, d.document_id, d.title, d.authors, d.publisher, d.published, d.source "
    "FROM passages p CROSS JOIN generations g ON g.generation = p.generation AND g.state = 'live' "
    "JOIN documents d ON d.document_id = g.document_id"
)
_SPARE = 20  # hits read beyond twice those wanted, for those that have been replaced meanwhile


@dataclass(frozen=True)
class SearchResult:
    passages: tuple[Passage, ...]  # best first
    left_out_undated: int | None = None  # documents without a date that a date filter left out


class Retrieval:
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
        """The k passages nearest to a question, whose vector of the model `model` is given; never cut off by score."""
        for _ in range(_TRIES):
            with self._ledger.snapshot():
                revision = self._ledger.revision
                result = self._search(question, vector, model, k, filters)
            if self._ledger.revision == revision:
                break  # else Chroma may have let go of a version that was live when the question came
        return result

    def preceding(self, passage: Passage) -> Passage | None:
        """The passage before one, of the same version and under the same heading; scored as that one is."""
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
        """All passages of one live version of a document, in its order."""
        rows = self._ledger.connection.execute(
            f"{_LIVE} WHERE p.generation = ? ORDER BY p.start", (generation,)
        )
        return [_passage(row, 0.0, 0.0) for row in rows]

    def _search(self, question: str, vector: Vectors, model: str, k: int, filters: Filters) -> SearchResult:
        only, left_out = admitted(self._ledger, filters)
        if only is not None and not only:
            return SearchResult((), left_out)
        pool = max(_POOL, k)
        near = self._dense.query(vector, pool, model, only)
        words = self._lexical.search(question, pool, only, expand_query(self._ledger, question))
        matched = words[0][1] / self._lexical.attainable(question) if words else 0.0
        fused = self._with_links(fuse(near, words, matched), vector, model, only)
        wanted = k if self._reranker is None else max(k, DEPTH)
        passages = self._passages(fused, dict(near), wanted)
        if self._reranker is not None:
            passages = self._reranker.rerank(question, passages)
        return SearchResult(tuple(passages[:k]), left_out)

    def _with_links(
        self, fused: Sequence[Hit], vector: Vectors, model: str, only: Collection[int] | None
    ) -> list[Hit]:
        """The hits, with the best passage of each report that the first of them name raised or brought in."""
        scores = dict(fused)
        for generation, bonus in self._named(fused[:_READ_FOR_LINKS], only).items():
            row, similarity = self._best_of(generation, vector, model, scores)
            if row is not None:
                scores[row] = scores.get(row, 0.5 * max(0.0, similarity)) + bonus
        most = max(scores.values(), default=1.0)
        if most > 1.0:
            scores = {row: score / most for row, score in scores.items()}
        return sorted(scores.items(), key=lambda hit: (-hit[1], hit[0]))

    def _named(self, first: Sequence[Hit], only: Collection[int] | None) -> dict[int, float]:
        """What each generation gains that a passage of another one names."""
        gains: dict[int, float] = {}
        for row, score in first:
            found = self._ledger.connection.execute(
                "SELECT generation, text FROM passages WHERE row = ?", (row,)
            ).fetchone()
            if found is None:
                continue
            for generation, rarity in self._links.named_in(found["text"]).items():
                if generation != found["generation"] and (only is None or generation in only):
                    gains[generation] = max(gains.get(generation, 0.0), _LINK * rarity * score)
        return dict(sorted(gains.items(), key=lambda one: -one[1])[:_MOST_LINKS])

    def _best_of(
        self, generation: int, vector: Vectors, model: str, scores: Mapping[int, float]
    ) -> tuple[int | None, float]:
        """The passage of a generation that comes nearest to the question, and its similarity."""
        rows = self._ledger.connection.execute(
            "SELECT p.row, v.vector FROM passages p JOIN vectors v ON v.model = ? AND v.key = p.vector_key "
            "WHERE p.generation = ?",
            (model, generation),
        ).fetchall()
        found = [(row["row"], float(np.frombuffer(row["vector"], dtype="<f4") @ vector)) for row in rows]
        return max(found, key=lambda one: (scores.get(one[0], 0.0), one[1]), default=(None, 0.0))

    def _passages(self, hits: Sequence[Hit], similarity: Mapping[int, float], wanted: int) -> list[Passage]:
        """The first `wanted` of the hits that are live."""
        found: dict[int, sqlite3.Row] = {}
        numbers = [row for row, _ in hits]
        # Hits of Chroma may be gone, or not be there yet: so a few more are read than are wanted.
        for row in self._ledger.connection.execute(
            f"{_LIVE} WHERE p.row IN ({','.join(map(str, numbers[: 2 * wanted + _SPARE]))})"
        ):
            found[row["row"]] = row
        there = [(row, score) for row, score in hits if row in found][:wanted]
        return [_passage(found[row], score, similarity.get(row, 0.0)) for row, score in there]


def admitted(ledger: Ledger, filters: Filters) -> tuple[set[int] | None, int | None]:
    """Generations that may answer (None: all), and how many undated documents a date left out."""
    if not filters.any:
        return None, None
    candidates = [one for one in catalogue.records(ledger) if filters.admits_but_for_date(one)]
    chosen = {one.generation for one in candidates if filters.admits_date(one.published)}
    left_out = None
    if filters.dated:
        left_out = sum(one.published is None for one in candidates) * (not filters.include_undated)
    return chosen, left_out


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
