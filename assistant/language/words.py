"""Words, numbers and names of a text, in forms that can be compared."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.text.date_patterns import MONTHS
from vectorstore import terms
from vectorstore.terms import NUMBER_WORDS, STOP_WORDS, fold

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)
_NUMBER = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:[,\u00a0\u202f ]\d{3})+|\d+)(\.\d+)?\s*(thousand|million|billion|trillion|[mb]n)?\b",
    re.IGNORECASE,
)
_SCALES = {"thousand": 1e3, "million": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
UNITS = {word: number for number, word in enumerate(NUMBER_WORDS)}
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
# Openings of a sentence that cannot be understood without the one before.
_LEANS_BACK = re.compile(
    r"^(?:he|she|it|they|his|her|its|their|this|that|these|those|such|both|one(?! of the)|the latter|the former|"
    r"however|but|also|moreover|furthermore|in addition|as a result|therefore|thus|additionally)\b"
)
# Openings of a sentence in which a report speaks about itself.
_KIND = "article|report|piece|paper|brief|briefing|newsletter|issue|edition|post|section|update"
_OF_ITSELF = re.compile(
    rf"^(?:welcome to|in this (?:{_KIND})\b|this (?:{_KIND})(?: \w+)? (?:we|analy[sz]es|examines|looks|sets out|"
    r"explores|compares|covers|discusses|describes|draws on|is part|was (?:first )?(?:published|written|produced))|"
    r"this (?:month|week|year) we\b|we (?:focus|look|dig|examine|analy[sz]e)\b|"
    r"(?:please )?(?:subscribe|sign up|read more|click|follow us|share this|download)\b|sample report\b|"
    r"(?:photo|image|credit|source|copyright)\b ?:|all rights reserved)"
)
# Words that are capitalised only because they open a sentence.
_OPENERS = frozenset(
    """
    yesterday today recently meanwhile earlier later since according former local armed several many most
    some all both other another new when while after before during although despite because however
    president minister general governor
    """.split()
)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The English Snowball stem of a folded word (lower case, no accents).

    >>> stem("attacks"), stem("mayor's")
    ('attack', 'mayor')
    """
    return terms.snowball_stem(word.removesuffix("'s"), "english")


def stems(text: str) -> list[str]:
    """Stems of all words except stop words, in order, with repetitions.

    >>> stems("The attacks in Ségou")
    ['attack', 'segou']
    """
    return [stem(word) for word in _WORD.findall(fold(text)) if word not in STOP_WORDS]


def numbers(text: str) -> set[float]:
    """The values of the numbers in a text, in digits or words; "13 million" is 13,000,000. A 1 in words is left out.

    >>> sorted(numbers("Twenty of the 1,300 boats, worth 2.5 million"))
    [20.0, 1300.0, 2500000.0]
    """
    values = set()
    for match in _NUMBER.finditer(text.replace("–", " – ").replace("-", " - ")):
        value = float(re.sub(r"[,\u00a0\u202f ]", "", match[1]) + (match[2] or ""))
        values.add(value * _SCALES.get((match[3] or "").casefold(), 1))
    return values | _numbers_in_words(fold(text))


def small_number(word: str) -> int | None:
    """The value of a number in digits, or of a word below twenty; None for another word.

    >>> small_number("12"), small_number("Two"), small_number("some")
    (12, 2, None)
    """
    return int(word) if word.isdigit() else UNITS.get(word.lower())


def _numbers_in_words(text: str) -> set[float]:
    values: set[float] = set()
    total, current, is_open = 0.0, 0.0, False
    for word in [*_WORD.findall(text), ""]:
        if word in UNITS or word in TENS:
            current += UNITS.get(word, TENS.get(word, 0))
            is_open = True
        elif word == "hundred" and is_open:
            current *= 100
        elif word in ("thousand", "million", "billion") and is_open:
            total, current = total + current * _SCALES[word], 0.0
        elif word == "and" and is_open and (current >= 100 or total):
            continue
        else:
            if is_open:
                values.add(total + current)
            total, current, is_open = 0.0, 0.0, False
            if word in _ORDINALS:
                values.add(float(_ORDINALS[word]))
    # "one of the reasons" states no number.
    return values - {1.0}


def names(text: str, first_word: bool = False) -> list[str]:
    """Names of people, places and organisations, recognised by their capitals, in order, with repetitions.

    The first word of a text is capitalised anyway, so it counts only as an abbreviation (MINUSMA), inside a longer
    name, or with `first_word`.

    >>> names("Yesterday Aminata Traoré met MINUSMA in Kolda.")
    ['Aminata Traoré', 'MINUSMA', 'Kolda']
    >>> names("Kolda is quiet."), names("Kolda is quiet.", first_word=True)
    ([], ['Kolda'])
    """
    result = []
    for match in _NAME.finditer(text):
        name = match[0].strip(" .'’-")
        words = name.split()
        if match.start() == _first_letter(text) and not first_word:
            if len(words) > 1 and (fold(words[0]) in STOP_WORDS | _OPENERS or words[0].endswith("ly")):
                name = " ".join(words[1:])
            elif len(words) == 1 and not _is_abbreviation(name):
                continue
        if name and fold(name) not in STOP_WORDS and fold(name) not in MONTHS:
            result.append(name)
    return result


def _first_letter(text: str) -> int:
    """The offset of the first letter or digit; 0 if there is none."""
    return next((offset for offset, char in enumerate(text) if char.isalnum()), 0)


def _is_abbreviation(word: str) -> bool:
    """True with two capitals or more.

    >>> _is_abbreviation("MINUSMA"), _is_abbreviation("Kolda")
    (True, False)
    """
    return len(word) > 1 and sum(char.isupper() for char in word) > 1


def needs_previous_sentence(sentence: str) -> bool:
    """True if a sentence cannot be understood without the one before: "They …", "This …", "However …".

    >>> needs_previous_sentence("They left."), needs_previous_sentence("The troops left in May.")
    (True, False)
    """
    return _LEANS_BACK.match(fold(sentence)) is not None


def is_about_report_itself(sentence: str) -> bool:
    """True if a report speaks about itself, which says nothing about the world.

    >>> is_about_report_itself("In this issue we look at gold."), is_about_report_itself("Gold is exported from Kayes.")
    (True, False)
    """
    return _OF_ITSELF.match(fold(sentence)) is not None
