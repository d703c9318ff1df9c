"""How rare the words of a question are in the index."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.language.words import stem
from vectorstore import Store
from vectorstore.terms import terms


@dataclass(frozen=True)
class Idf:
    weights: Mapping[str, float] = field(
        default_factory=dict
    )  # stem -> inverse document frequency, as in BM25
    out_of_index: frozenset[str] = frozenset()  # stems that stand nowhere in the index


def query_idf(question: str, store: Store) -> Idf:
    words = terms(question)
    counts, total = store.frequencies(words)
    known = {
        stem(word): math.log(1 + (total - count + 0.5) / (count + 0.5))
        for word, count in zip(words, counts, strict=True)
    }
    absent = frozenset(stem(word) for word, count in zip(words, counts, strict=True) if count == 0)
    return Idf(known, absent)
