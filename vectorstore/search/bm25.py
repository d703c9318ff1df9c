"""Lexical search: BM25 over the ledger's full-text index (SQLite FTS5).

BM25 is a sum over words, so what each word adds to each passage is kept in memory while the index stays as it is, and
the next question that holds the word only adds up: at 100,000 passages a tenth of the time of FTS5, which goes
through every passage of every frequent word each time.
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

_K1 = 1.2  # of FTS5's BM25: a word's weight grows to its rarity times K1 + 1
_MOST_TERMS = 64  # a pasted page of text as a question would otherwise be an OR of thousands
_MANY = 10_000  # passages
_KEPT = 8_000_000  # passages of words kept in memory, 12 bytes each
_BM25 = "bm25(passages_fts, 1.0, 2.0)"  # text, and the title and headings above it; lower is better

Bm25Hits = list[tuple[int, float]]


@dataclass
class _RevisionCache:
    """What is known of one revision of the index."""

    asked: int = 0  # questions so far
    counts: dict[str, int] = field(default_factory=dict)  # by stem, or what is matched: passages that hold it
    weights: OrderedDict[str, tuple[np.ndarray, np.ndarray]] = field(default_factory=OrderedDict)
    size: int = 0  # of the weights: passages
    generations: np.ndarray | None = None  # by row
    lock: threading.Lock = field(default_factory=threading.Lock)  # of the weights


class LexicalIndex:
    """The words of all live passages. Safe to share between threads."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def search(
        self, question: str, n: int, only: Collection[int] | None = None, also: Sequence[str] = ()
    ) -> Bm25Hits:
        """The n best passage rows with their BM25 score (higher is better), best first.

        `only`, where given, names the generations that may answer; `also` are further words and phrases to look for.
        """
        wanted = list(dict.fromkeys([*terms(question), *also]))[:_MOST_TERMS]
        if n < 1 or not wanted or (only is not None and not only):
            return []
        kept = self._current()
        kept.asked += 1
        if kept.asked == 1:  # for one question alone, keeping what its words weigh costs more than it saves
            return self._by_fts5(wanted, n, only)
        return self._summed(kept, wanted, n, only)

    def attainable(self, question: str) -> float:
        """About the best BM25 score that a passage could have which held all of a question's words."""
        kept, total = self._current(), self._total()
        best = 0.0
        for word in terms(question)[:_MOST_TERMS]:
            # "porter": as the full-text index stems.
            parts = [snowball_stem(part, "porter") for part in fold_to_words(word).split()]
            count = min((self._count_of_stem(kept, one) for one in parts), default=0)
            best += max(1e-6, math.log((total - count + 0.5) / (count + 0.5)))
        return (_K1 + 1.0) * best

    def frequencies(self, words: Collection[str]) -> tuple[list[int], int]:
        """In how many passages each word occurs, by its stem, and how many passages there are."""
        kept = self._current()
        return [self._count(kept, _quoted(word)) for word in words], self._total()

    def share_with(self, phrase: str) -> tuple[int, int]:
        """How many passages hold a phrase in their own text, titles and headings aside; and how many there are."""
        return self._count(self._current(), f"text : {_quoted(phrase)}"), self._total()

    # -- by one statement

    def _by_fts5(self, wanted: Sequence[str], n: int, only: Collection[int] | None) -> Bm25Hits:
        sql = f"SELECT rowid AS row, {_BM25} AS rank FROM passages_fts WHERE passages_fts MATCH ?"
        if only is not None:
            # Generation numbers are our own integers: written out, they are not bound by SQLite's variable limit.
            numbers = ",".join(str(int(generation)) for generation in only)
            sql += f" AND rowid IN (SELECT row FROM passages WHERE generation IN ({numbers}))"
        sql += " ORDER BY rank LIMIT ?"
        found = self._ledger.connection.execute(sql, (" OR ".join(map(_quoted, wanted)), n))
        return [(int(row["row"]), -float(row["rank"])) for row in found]

    # -- by what is kept

    def _summed(
        self, kept: _RevisionCache, wanted: Sequence[str], n: int, only: Collection[int] | None
    ) -> Bm25Hits:
        telling = [word for word in wanted if not self._is_everywhere(kept, word)]
        found = [self._weights(kept, word) for word in telling or wanted]
        top = max((int(rows[-1]) for rows, _ in found if len(rows)), default=-1)
        scores = np.zeros(top + 1)
        for rows, weights in found:
            scores[rows] += weights  # a word has each row once
        if only is not None:
            generations = self._generations(kept)
            chosen = np.zeros(int(max(generations.max(initial=0), *only)) + 1, dtype=bool)
            chosen[np.fromiter(only, dtype=np.int64, count=len(only))] = True
            held = min(len(scores), len(generations))  # a row beyond came after them
            scores[held:] = 0.0
            scores[:held][~chosen[generations[:held]]] = 0.0
        (there,) = np.nonzero(scores)
        if len(there) > n:
            there = there[np.argpartition(-scores[there], n - 1)[:n]]
        order = there[np.lexsort((there, -scores[there]))]
        return [(int(row), float(scores[row])) for row in order]

    def _weights(self, kept: _RevisionCache, word: str) -> tuple[np.ndarray, np.ndarray]:
        """The rows that hold a word or phrase, ascending, and what it adds to the score of each."""
        with kept.lock:
            known = kept.weights.get(word)
            if known is not None:
                kept.weights.move_to_end(word)
                return known
        sql = f"SELECT rowid, {_BM25} FROM passages_fts WHERE passages_fts MATCH ? ORDER BY rowid"
        cursor = self._ledger.connection.cursor()
        cursor.row_factory = None  # plain pairs: there may be a hundred thousand
        pairs = cursor.execute(sql, (_quoted(word),)).fetchall()
        rows = np.fromiter((row for row, _ in pairs), dtype=np.int32, count=len(pairs))
        weights = -np.fromiter((rank for _, rank in pairs), dtype=np.float64, count=len(pairs))
        with kept.lock:
            kept.weights[word] = rows, weights
            kept.size += len(rows)
            while kept.size > _KEPT and len(kept.weights) > 1:
                kept.size -= len(kept.weights.popitem(last=False)[1][0])
        return rows, weights

    def _is_everywhere(self, kept: _RevisionCache, word: str) -> bool:
        """Whether more than half of many passages hold a word: it then weighs a millionth, and takes long to read."""
        total = self._total()
        if total < _MANY:
            return False
        stems = [snowball_stem(part, "porter") for part in fold_to_words(word).split()]
        return len(stems) == 1 and 2 * self._count_of_stem(kept, stems[0]) > total

    def _generations(self, kept: _RevisionCache) -> np.ndarray:
        """The generation of each row; 0 of none."""
        if kept.generations is None:
            cursor = self._ledger.connection.cursor()
            cursor.row_factory = None
            pairs = np.array(
                cursor.execute("SELECT row, generation FROM passages").fetchall(), dtype=np.int64
            ).reshape(-1, 2)
            generations = np.zeros(int(pairs[:, 0].max(initial=-1)) + 1, dtype=np.int64)
            generations[pairs[:, 0]] = pairs[:, 1]
            kept.generations = generations
        return kept.generations

    def _current(self) -> _RevisionCache:
        return self._ledger.remembered("words", _RevisionCache)

    def _count(self, kept: _RevisionCache, match: str) -> int:
        if match not in kept.counts:
            sql = "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ?"
            kept.counts[match] = int(self._ledger.connection.execute(sql, (match,)).fetchone()[0])
        return kept.counts[match]

    def _count_of_stem(self, kept: _RevisionCache, term: str) -> int:
        if term not in kept.counts:  # what is matched has quotation marks: no term is taken for it
            connection = self._ledger.connection
            open_words(connection)
            row = connection.execute("SELECT doc FROM passages_words WHERE term = ?", (term,)).fetchone()
            kept.counts[term] = 0 if row is None else int(row[0])
        return kept.counts[term]

    def _total(self) -> int:
        return int(self._ledger.connection.execute("SELECT count(*) FROM passages_fts_docsize").fetchone()[0])


def open_words(connection: sqlite3.Connection) -> None:
    """Have the words of the full-text index, stemmed, with the passages they stand in, as table `passages_words`."""
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.passages_words USING fts5vocab(main, passages_fts, row)"
    )


def _quoted(word: str) -> str:
    """A term or phrase for MATCH, to which a raw question (al-Qaida, ?, ') is a syntax error."""
    return '"' + word.replace('"', '""') + '"'
