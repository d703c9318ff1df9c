"""Lexical search: BM25 over the ledger's full-text index (SQLite FTS5).

A BM25 score is a sum over words, and FTS5 reads every passage of every frequent word for each question. Here the
summands of a word are kept in memory until the index changes, and later questions only add them up: a tenth of
FTS5's time at 100,000 passages.
"""

from __future__ import annotations

import math
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np

from vectorstore.ledger.database import Ledger
from vectorstore.terms import fold_to_words, snowball_stem, terms

_K1 = 1.2  # of FTS5's BM25: a word adds at most (K1 + 1) times its inverse document frequency to a score
_MOST_TERMS = 64  # of a question: a pasted page of text would make a query of thousands
_LARGE_INDEX = 10_000  # passages from which words in more than half of them are left out
_CACHED_WEIGHTS = 8_000_000  # word-passage pairs kept in memory, 12 bytes each
_BM25 = "bm25(passages_fts, 1.0, 2.0)"  # column weights: text, then title and headings; lower is better

Bm25Hits = list[tuple[int, float]]  # passage row, score; best first


@dataclass
class _RevisionCache:
    """What has been read of one revision of the index."""

    questions: int = 0  # searched so far
    counts: dict[str, int] = field(
        default_factory=dict
    )  # passages by stem, or by FTS5 query in quotation marks
    weights: OrderedDict[str, tuple[np.ndarray, np.ndarray]] = field(
        default_factory=OrderedDict
    )  # least recent first
    size: int = 0  # word-passage pairs in `weights`
    generations: np.ndarray | None = None  # by passage row; 0 for a row that does not exist
    lock: threading.Lock = field(default_factory=threading.Lock)  # guards `weights` and `size`


class LexicalIndex:
    """The words of all live passages. Safe to share between threads."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def search(
        self, question: str, n: int, only: Collection[int] | None = None, also: Sequence[str] = ()
    ) -> Bm25Hits:
        """The n best passage rows with their BM25 score (higher is better), best first.

        `only` are the generations that may answer (None: all); `also` are further words and phrases to look for.
        """
        words = list(dict.fromkeys([*terms(question), *also]))[:_MOST_TERMS]
        if n < 1 or not words or (only is not None and not only):
            return []
        cache = self._cache()
        cache.questions += 1
        if cache.questions == 1:  # filling the cache pays from the second question on
            return self._search_fts5(words, n, only)
        return self._search_cache(cache, words, n, only)

    def attainable_score(self, question: str) -> float:
        """Roughly the best BM25 score a passage could have: that of one with all of the question's words."""
        cache, total = self._cache(), self._total()
        score = 0.0
        for word in terms(question)[:_MOST_TERMS]:
            count = min((self._count_of_stem(cache, stem) for stem in _stems(word)), default=0)
            score += max(1e-6, math.log((total - count + 0.5) / (count + 0.5)))
        return (_K1 + 1.0) * score

    def frequencies(self, words: Collection[str]) -> tuple[list[int], int]:
        """How many passages hold each word, in any inflection; and how many passages there are."""
        cache = self._cache()
        return [self._count(cache, _quoted(word)) for word in words], self._total()

    def phrase_frequency(self, phrase: str) -> tuple[int, int]:
        """How many passages hold a phrase in their own text, not in titles and headings; and how many there are."""
        return self._count(self._cache(), f"text : {_quoted(phrase)}"), self._total()

    # -- by FTS5, for the first question

    def _search_fts5(self, words: Sequence[str], n: int, only: Collection[int] | None) -> Bm25Hits:
        sql = f"SELECT rowid AS row, {_BM25} AS rank FROM passages_fts WHERE passages_fts MATCH ?"
        if only is not None:
            # Written into the statement, because SQLite limits bound variables; generations are our own integers.
            numbers = ",".join(str(int(generation)) for generation in only)
            sql += f" AND rowid IN (SELECT row FROM passages WHERE generation IN ({numbers}))"
        sql += " ORDER BY rank LIMIT ?"
        rows = self._ledger.connection.execute(sql, (" OR ".join(map(_quoted, words)), n))
        return [(int(row["row"]), -float(row["rank"])) for row in rows]

    # -- by the cache, for every later question

    def _search_cache(
        self, cache: _RevisionCache, words: Sequence[str], n: int, only: Collection[int] | None
    ) -> Bm25Hits:
        rare = [word for word in words if not self._is_everywhere(cache, word)]
        postings = [self._weights(cache, word) for word in rare or words]
        last = max((int(rows[-1]) for rows, _ in postings if len(rows)), default=-1)
        scores = np.zeros(last + 1)
        for rows, weights in postings:
            scores[rows] += weights  # no row stands twice in one word's rows
        if only is not None:
            generations = self._generations(cache)
            allowed = np.zeros(int(max(generations.max(initial=0), *only)) + 1, dtype=bool)
            allowed[np.fromiter(only, dtype=np.int64, count=len(only))] = True
            known = min(len(scores), len(generations))  # rows beyond were added after `generations` was read
            scores[known:] = 0.0
            scores[:known][~allowed[generations[:known]]] = 0.0
        (hits,) = np.nonzero(scores)
        if len(hits) > n:
            hits = hits[np.argpartition(-scores[hits], n - 1)[:n]]
        order = hits[np.lexsort((hits, -scores[hits]))]
        return [(int(row), float(scores[row])) for row in order]

    def _is_everywhere(self, cache: _RevisionCache, word: str) -> bool:
        """Whether more than half of the passages of a large index hold a word.

        Such a word takes longest to read and adds next to nothing: FTS5 weighs it with a millionth.
        """
        total = self._total()
        if total < _LARGE_INDEX:
            return False
        stems = _stems(word)
        return len(stems) == 1 and 2 * self._count_of_stem(cache, stems[0]) > total

    def _weights(self, cache: _RevisionCache, word: str) -> tuple[np.ndarray, np.ndarray]:
        """The rows that hold a word or phrase, ascending, and what it adds to the score of each; equal lengths."""
        with cache.lock:
            cached = cache.weights.get(word)
            if cached is not None:
                cache.weights.move_to_end(word)
                return cached
        sql = f"SELECT rowid, {_BM25} FROM passages_fts WHERE passages_fts MATCH ? ORDER BY rowid"
        cursor = self._ledger.connection.cursor()
        cursor.row_factory = None  # plain tuples: there may be a hundred thousand
        pairs = cursor.execute(sql, (_quoted(word),)).fetchall()
        rows = np.fromiter((row for row, _ in pairs), dtype=np.int32, count=len(pairs))
        weights = -np.fromiter((rank for _, rank in pairs), dtype=np.float64, count=len(pairs))
        with cache.lock:
            cache.weights[word] = rows, weights
            cache.size += len(rows)
            while cache.size > _CACHED_WEIGHTS and len(cache.weights) > 1:
                cache.size -= len(cache.weights.popitem(last=False)[1][0])
        return rows, weights

    def _generations(self, cache: _RevisionCache) -> np.ndarray:
        """The generation of each passage row, indexed by row; 0 for a row that does not exist."""
        if cache.generations is None:
            cursor = self._ledger.connection.cursor()
            cursor.row_factory = None
            pairs = np.array(
                cursor.execute("SELECT row, generation FROM passages").fetchall(), dtype=np.int64
            ).reshape(-1, 2)
            generations = np.zeros(int(pairs[:, 0].max(initial=-1)) + 1, dtype=np.int64)
            generations[pairs[:, 0]] = pairs[:, 1]
            cache.generations = generations
        return cache.generations

    # -- counts

    def _cache(self) -> _RevisionCache:
        return self._ledger.cached("words", _RevisionCache)

    def _count(self, cache: _RevisionCache, query: str) -> int:
        """How many passages match an FTS5 query."""
        if query not in cache.counts:
            sql = "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ?"
            cache.counts[query] = int(self._ledger.connection.execute(sql, (query,)).fetchone()[0])
        return cache.counts[query]

    def _count_of_stem(self, cache: _RevisionCache, stem: str) -> int:
        """How many passages hold a stem."""
        if stem not in cache.counts:  # no stem equals a query: queries have quotation marks
            connection = self._ledger.connection
            open_words(connection)
            row = connection.execute("SELECT doc FROM passages_words WHERE term = ?", (stem,)).fetchone()
            cache.counts[stem] = 0 if row is None else int(row[0])
        return cache.counts[stem]

    def _total(self) -> int:
        return int(self._ledger.connection.execute("SELECT count(*) FROM passages_fts_docsize").fetchone()[0])


def open_words(connection: sqlite3.Connection) -> None:
    """Make `passages_words` available: the stems of the full-text index, and how many passages hold each."""
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.passages_words USING fts5vocab(main, passages_fts, row)"
    )


def _stems(word: str) -> list[str]:
    """A term as FTS5's "porter" tokenizer indexes it, usually one stem: `_stems("1,300") == ["1", "300"]`."""
    return [snowball_stem(part, "porter") for part in fold_to_words(word).split()]


def _quoted(word: str) -> str:
    """A word or phrase as an FTS5 string, in which no character is syntax: `_quoted("al-Qaida") == '"al-Qaida"'`."""
    return '"' + word.replace('"', '""') + '"'
