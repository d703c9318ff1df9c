"""The words of a text as search knows them: terms, folded forms, stems."""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from typing import Any

import snowballstemmer

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*", re.UNICODE)
# Words that only shape a question. BM25 gives them little weight, but they bring every passage in.
STOP_WORDS = frozenset(
    """
    a about an and any are as at be been but by can could did do does for from had has have he her his
    how i if in into is it its may me might my of on or our over s she should so some such t than that
    the their them then there these they this those to under up us was we were what when where which who
    whom whose why will with would you your tell say says said many much
    """.split()
)

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_HYPHENS = re.compile(r"[-\u2010-\u2015]")

_lock = threading.Lock()  # a stemmer keeps the word at hand in itself: two threads at once mix theirs up


def terms(question: str) -> list[str]:
    """The words of a question that carry meaning, in order, each once; all words where none do."""
    words = list(dict.fromkeys(word.casefold() for word in _WORD.findall(question)))
    return [word for word in words if word not in STOP_WORDS] or words


def fold(text: str) -> str:
    """Lower case without accents, hyphens as spaces, typographic quotes plain: for comparing, never for showing.

    `fold("Ménaka’s ex-Mayor") == "menaka's ex mayor"`.
    """
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
        text = _NOT_ASCII.sub(lambda char: "" if unicodedata.combining(char[0]) else char[0], plain)
    return _HYPHENS.sub(" ", text).casefold()


def fold_to_words(text: str) -> str:
    """The folded words of a text without punctuation, one space apart: `fold_to_words("Al-Qa'ida!") == "al qa ida"`."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


@lru_cache(maxsize=100_000)
def snowball_stem(word: str, algorithm: str) -> str:
    """The stem of one word, without its case; `algorithm` is one of Snowball's ("english", "porter")."""
    with _lock:
        return str(_stemmer(algorithm).stemWord(word))


@lru_cache(maxsize=4)
def _stemmer(algorithm: str) -> Any:
    return snowballstemmer.stemmer(algorithm)
