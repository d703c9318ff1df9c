"""Inverse document frequency of a question's terms: rare words say more about what is asked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.language.words import stem
from vectorstore import Store
from vectorstore.terms import terms


@dataclass(frozen=True)
class Idf:
    """IDF weights of a question's stems. The default, without weights, treats all terms alike."""

    weights: Mapping[str, float] = field(default_factory=dict)  # stem -> IDF as in BM25, 0 or more
    out_of_index: frozenset[str] = frozenset()  # stems that occur nowhere in the index


def query_idf(question: str, store: Store) -> Idf:
    """IDF of the question's terms over the store's passages, as in BM25 (Robertson and Zaragoza, 2009), never negative.

    A term in 1 of 3 passages weighs log(1 + 2.5 / 1.5) = .98; one in none of them also goes to `out_of_index`.
    """
    words = terms(question)
    counts, total = store.frequencies(words)
    known = {
        stem(word): math.log(1 + (total - count + 0.5) / (count + 0.5))
        for word, count in zip(words, counts, strict=True)
    }
    absent = frozenset(stem(word) for word, count in zip(words, counts, strict=True) if count == 0)
    return Idf(known, absent)
