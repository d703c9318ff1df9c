"""Lexical search: BM25 over the ledger's full-text index (SQLite FTS5)."""

from __future__ import annotations

import math
import re
import sqlite3
import unicodedata
from collections.abc import Collection, Sequence

from vectorstore.ledger import Ledger
from vectorstore.stemming import stem

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*", re.UNICODE)
_K1 = 1.2  # of FTS5's BM25: a word's weight grows to its rarity times K1 + 1
_MOST_TERMS = 64  # a pasted page of text as a question would otherwise be an OR of thousands
# Words that only shape a question. BM25 gives them little weight, but they bring every passage in.
STOP_WORDS = frozenset(
    """
    a about an and any are as at be been but by can could did do does for from had has have he her his
    how i if in into is it its may me might my of on or our over s she should so some such t than that
    the their them then there these they this those to under up us was we were what when where which who
    whom whose why will with would you your tell say says said many much
    """.split()
)


def terms(question: str) -> list[str]:
    """The words of a question that carry meaning, in order, each once; all words where none do."""
    words = list(dict.fromkeys(word.casefold() for word in _WORD.findall(question)))
    return [word for word in words if word not in STOP_WORDS] or words


def folded(text: str) -> str:
    """The words of a text without accents, case and punctuation, one space apart."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c))))


def search(
    ledger: Ledger,
    question: str,
    n: int,
    only: Collection[int] | None = None,
    also: Sequence[str] = (),
) -> list[tuple[int, float]]:
    """The n best passage rows with their BM25 score (higher is better), best first.

    `only`, where given, names the generations that may answer; `also` are further words and phrases to look for.
    """
    wanted = list(dict.fromkeys([*terms(question), *also]))[:_MOST_TERMS]
    if not wanted or (only is not None and not only):
        return []
    # Every term is quoted: a raw question (al-Qaida, ?, ') is a syntax error to MATCH.
    match = " OR ".join('"' + word.replace('"', '""') + '"' for word in wanted)
    sql = "SELECT rowid AS row, bm25(passages_fts, 1.0, 2.0) AS rank FROM passages_fts WHERE passages_fts MATCH ?"
    arguments: list[str | int] = [match]
    if only is not None:
        # Generation numbers are our own integers: written out, they are not bound by SQLite's variable limit.
        numbers = ",".join(str(int(generation)) for generation in only)
        sql += f" AND rowid IN (SELECT row FROM passages WHERE generation IN ({numbers}))"
    sql += " ORDER BY rank LIMIT ?"
    arguments.append(n)
    # FTS5's bm25() is lower for better matches.
    return [(int(row["row"]), -float(row["rank"])) for row in ledger.connection.execute(sql, arguments)]


def attainable(ledger: Ledger, question: str) -> float:
    """About the best BM25 score that a passage could have which held all of a question's words."""
    wanted = terms(question)[:_MOST_TERMS]
    connection = ledger.connection
    open_words(connection)
    # "porter": as the full-text index stems.
    stems = {word: [stem(part, "porter") for part in folded(word).split()] for word in wanted}
    flat = sorted({one for parts in stems.values() for one in parts})
    marks = ",".join("?" * len(flat))
    counts = {
        row["term"]: row["doc"]
        for row in connection.execute(f"SELECT term, doc FROM passages_words WHERE term IN ({marks})", flat)
    }
    total = _total(connection)
    best = 0.0
    for parts in stems.values():
        count = min((counts.get(one, 0) for one in parts), default=0)
        best += max(1e-6, math.log((total - count + 0.5) / (count + 0.5)))
    return (_K1 + 1.0) * best


def open_words(connection: sqlite3.Connection) -> None:
    """Have the words of the full-text index, stemmed, with the passages they stand in, as table `passages_words`."""
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.passages_words USING fts5vocab(main, passages_fts, row)"
    )


def _total(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM passages_fts_docsize").fetchone()[0])


def frequencies(ledger: Ledger, words: Collection[str]) -> tuple[list[int], int]:
    """In how many passages each word occurs, by its stem, and how many passages there are."""
    connection = ledger.connection
    total = _total(connection)
    counts = []
    for word in words:
        match = '"' + word.replace('"', '""') + '"'
        sql = "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ?"
        counts.append(int(connection.execute(sql, (match,)).fetchone()[0]))
    return counts, total
