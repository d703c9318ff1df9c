"""Words of a text for search and comparison: terms without stop words, folded forms, stems."""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from typing import Any

import snowballstemmer

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*", re.UNICODE)
# Words without a meaning of their own. BM25 gives them little weight, but they would match every passage.
STOP_WORDS = frozenset(
    """
    a about an and any are as at be been but by can could did do does for from had has have he her his
    how i if in into is it its may me might my of on or our over s she should so some such t than that
    the their them then there these they this those to under up us was we were what when where which who
    whom whose why will with would you your tell say says said many much
    """.split()
)
# By value: NUMBER_WORDS[12] is "twelve".
NUMBER_WORDS = tuple(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen
    """.split()
)

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_HYPHENS = re.compile(r"[-\u2010-\u2015]")

_lock = threading.Lock()  # a stemmer keeps its word as state, so only one thread may use it at a time


def terms(question: str) -> list[str]:
    """The words of a question in lower case, in order, each once, without stop words.

    `terms("Who led the mission in 2.5 years?") == ["led", "mission", "2.5", "years"]`. A question of stop words alone
    keeps them: `terms("Who is it?") == ["who", "is", "it"]`.
    """
    words = list(dict.fromkeys(word.casefold() for word in _WORD.findall(question)))
    return [word for word in words if word not in STOP_WORDS] or words


def fold(text: str) -> str:
    """A text in lower case, without accents, hyphens as spaces, quotes straight: for comparing, never for showing.

    `fold("Ménaka’s ex-Mayor") == "menaka's ex mayor"`.
    """
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
        text = _NOT_ASCII.sub(lambda char: "" if unicodedata.combining(char[0]) else char[0], plain)
    return _HYPHENS.sub(" ", text).casefold()


def fold_to_words(text: str) -> str:
    """The folded words of a text, without punctuation, joined by single spaces.

    `fold_to_words("Al-Qa'ida!") == "al qa ida"`.
    """
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


@lru_cache(maxsize=100_000)
def snowball_stem(word: str, algorithm: str) -> str:
    """The stem of a lower-case word; `algorithm` is one of Snowball's ("english", "porter"). Safe between threads.

    `snowball_stem("conditions", "english") == "condit"`.
    """
    with _lock:
        return str(_stemmer(algorithm).stemWord(word))


@lru_cache(maxsize=4)
def _stemmer(algorithm: str) -> Any:
    return snowballstemmer.stemmer(algorithm)
