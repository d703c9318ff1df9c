"""Stems of words, from any thread."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import Any

import snowballstemmer

_lock = threading.Lock()  # a stemmer keeps the word at hand in itself: two threads at once mix theirs up


@lru_cache(maxsize=100_000)
def stem(word: str, algorithm: str) -> str:
    """The stem of one word, without its case; `algorithm` is one of Snowball's ("english", "porter")."""
    with _lock:
        return str(_stemmer(algorithm).stemWord(word))


@lru_cache(maxsize=4)
def _stemmer(algorithm: str) -> Any:
    return snowballstemmer.stemmer(algorithm)
