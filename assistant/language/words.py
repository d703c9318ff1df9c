"""Words, numbers and names in a text, in forms that can be compared."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.text.date_patterns import MONTHS
from vectorstore import terms
from vectorstore.terms import STOP_WORDS, fold

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)
_NUMBER = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:[,\u00a0\u202f ]\d{3})+|\d+)(\.\d+)?\s*(thousand|million|billion|trillion|[mb]n)?\b",
    re.IGNORECASE,
)
_SCALES = {"thousand": 1e3, "million": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
UNITS = dict(
    zip(
        """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen
    """.split(),
        range(20),
        strict=True,
    )
)
TENS = dict(
    zip(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        range(20, 100, 10),
        strict=True,
    )
)
_ORDINALS = dict(
    zip(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"],
        range(1, 11),
        strict=True,
    )
)
_NAME = re.compile(
    r"(?:[A-ZÀ-ÖØ-Þ][\w’'.-]*\w|[A-Z])(?:\s+(?:(?:al|el|ag|ould|de|du|des|of|the|and|for|bin|ul)[\s-]+)?"
    r"(?:[A-ZÀ-ÖØ-Þ][\w’'-]*\w|[A-Z]\.))*"
)
# What a sentence begins with when it leans on the one before it.
_LEANS_BACK = re.compile(
    r"^(?:he|she|it|they|his|her|its|their|this|that|these|those|such|both|one(?! of the)|the latter|the former|"
    r"however|but|also|moreover|furthermore|in addition|as a result|therefore|thus|additionally)\b"
)
# What a report says of itself: of the world it tells nothing.
_KIND = "article|report|piece|paper|brief|briefing|newsletter|issue|edition|post|section|update"
_OF_ITSELF = re.compile(
    rf"^(?:welcome to|in this (?:{_KIND})\b|this (?:{_KIND})(?: \w+)? (?:we|analy[sz]es|examines|looks|sets out|"
    r"explores|compares|covers|discusses|describes|draws on|is part|was (?:first )?(?:published|written|produced))|"
    r"this (?:month|week|year) we\b|we (?:focus|look|dig|examine|analy[sz]e)\b|"
    r"(?:please )?(?:subscribe|sign up|read more|click|follow us|share this|download)\b|sample report\b|"
    r"(?:photo|image|credit|source|copyright)\b ?:|all rights reserved)"
)
# Words with a capital only because they open a sentence.
_OPENERS = frozenset(
    """
    yesterday today recently meanwhile earlier later since according former local armed several many most
    some all both other another new when while after before during although despite because however
    president minister general governor
    """.split()
)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of one folded word."""
    return terms.snowball_stem(word.removesuffix("'s"), "english")


def stems(text: str) -> list[str]:
    """Stems of the words that carry meaning, in order, repeated as often as they occur."""
    return [stem(word) for word in _WORD.findall(fold(text)) if word not in STOP_WORDS]


def numbers(text: str) -> set[float]:
    """The numbers in a text, written in digits or words, scaled ("13 million" is 13,000,000)."""
    found = set()
    for match in _NUMBER.finditer(text.replace("–", " – ").replace("-", " - ")):
        value = float(re.sub(r"[,\u00a0\u202f ]", "", match[1]) + (match[2] or ""))
        found.add(value * _SCALES.get((match[3] or "").casefold(), 1))
    return found | _numbers_in_words(fold(text))


def _numbers_in_words(text: str) -> set[float]:
    found: set[float] = set()
    total, current, open_ = 0.0, 0.0, False
    for word in [*_WORD.findall(text), ""]:
        if word in UNITS or word in TENS:
            current += UNITS.get(word, TENS.get(word, 0))
            open_ = True
        elif word == "hundred" and open_:
            current *= 100
        elif word in ("thousand", "million", "billion") and open_:
            total, current = total + current * _SCALES[word], 0.0
        elif word == "and" and open_ and (current >= 100 or total):
            continue
        else:
            if open_:
                found.add(total + current)
            total, current, open_ = 0.0, 0.0, False
            if word in _ORDINALS:
                found.add(float(_ORDINALS[word]))
    # "one of the reasons" states no number.
    return found - {1.0}


def names(text: str, first_word: bool = False) -> list[str]:
    """Names of people, places and bodies, by their capitals, in order.

    A capital at the beginning of the text proves nothing: that word counts only with `first_word`, as
    an abbreviation (MINUSMA), or inside a longer name.
    """
    found = []
    for match in _NAME.finditer(text):
        name = match[0].strip(" .'’-")
        words = name.split()
        if match.start() == _first_letter(text) and not first_word:
            if len(words) > 1 and (fold(words[0]) in STOP_WORDS | _OPENERS or words[0].endswith("ly")):
                name = " ".join(words[1:])
            elif len(words) == 1 and not _is_abbreviation(name):
                continue
        if name and fold(name) not in STOP_WORDS and fold(name) not in MONTHS:
            found.append(name)
    return found


def _first_letter(text: str) -> int:
    return next((i for i, char in enumerate(text) if char.isalnum()), 0)


def _is_abbreviation(word: str) -> bool:
    return len(word) > 1 and sum(char.isupper() for char in word) > 1


def leans_back(sentence: str) -> bool:
    """Whether a sentence needs the one before it to be understood ("They …", "This …", "However …")."""
    return _LEANS_BACK.match(fold(sentence)) is not None


def speaks_of_itself(sentence: str) -> bool:
    """Whether a sentence is a report's word on itself ("In this issue we look at …", "Subscribe")."""
    return _OF_ITSELF.match(fold(sentence)) is not None
