"""Query expansion: other spellings under which the reports may mention what a question asks about.

Names are transliterated differently (al-Qaida, al-Qaeda), groups appear by abbreviation or in full, numbers and dates
in several forms. Spellings and abbreviations are taken from the reports themselves.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

from ingest.text.date_patterns import DAY, ISO_DAY, MONTH_NAME, MONTHS, ORDINAL
from vectorstore.ledger.database import Ledger
from vectorstore.search.bm25 import open_words
from vectorstore.terms import NUMBER_WORDS, fold_to_words

_NAME_WORD = re.compile(r"\b[A-ZÀ-ÖØ-Þ][\w’'-]{4,}")
_NAME = re.compile(r"\b[A-ZÀ-ÖØ-Þ][\w’'-]+(?:\s+(?:[a-z]{2,3}\s+|[a-z]{2,3}-)?[A-ZÀ-ÖØ-Þ][\w’'-]+)+")
_ABBREVIATION = re.compile(r"\b[A-Z][A-Z0-9-]{1,9}\b")
_NUMBER = re.compile(r"(?<![\w.,])(\d{1,3}(?:[,\u00a0\u202f ]\d{3})+|\d{4,})(?![\w.,]*\d)")
_ISO_DAY = re.compile(rf"\b{ISO_DAY}")
_DAY = re.compile(
    rf"\b(?:(?P<d1>{DAY}){ORDINAL}\s+(?:of\s+)?(?P<m1>{MONTH_NAME})|(?P<m2>{MONTH_NAME})\s+(?P<d2>{DAY}){ORDINAL})\b"
)

_SMALL = NUMBER_WORDS[:13]  # what texts write now in words, now in digits
_SHORTEST_NAME = 5  # letters: shorter names resemble too many words
_MOST_NAMES = 20  # of one question
_LONGEST_NUMBER = 15  # digits
_PASSAGES_READ = 40  # for one abbreviation or name


def expand_query(ledger: Ledger, question: str) -> list[str]:
    """Words and phrases to search for beside the question's own, folded, each once.

    "Where is al-Qaeda?" gives "qaida" if a report writes al-Qaida.
    """
    connection = ledger.connection
    phrases = [
        *_spellings(connection, question),
        *_in_full(connection, question),
        *_abbreviated(connection, question),
        *_numbers(question),
        *_dates(question),
    ]
    return list(dict.fromkeys(phrase for phrase in phrases if phrase))


def _spellings(connection: sqlite3.Connection, question: str) -> Iterator[str]:
    """The stems of words in the reports that differ from a name only as transliterations do."""
    open_words(connection)
    for word in dict.fromkeys(
        fold_to_words(name) for name in re.findall(r"\w+", " ".join(_NAME_WORD.findall(question)))
    ):
        if len(word) < _SHORTEST_NAME:
            continue
        skeleton = _skeleton(word)
        consonants = "%".join(letter for letter in word[1:] if letter not in "aeiouycqkszh")
        rows = connection.execute(
            "SELECT term FROM passages_words WHERE term >= ? AND term < ? AND term LIKE ?",
            (word[0], chr(ord(word[0]) + 1), f"{word[0]}%{consonants}%"),
        )
        for row in rows.fetchall():
            term = row["term"]  # stemmed: its ending is gone
            itself = word.startswith(term.removesuffix("i"))
            if not itself and abs(len(term) - len(word)) <= 2 and _skeleton(term) == skeleton:
                yield term


def _skeleton(word: str) -> str:
    """What transliterations of one name have in common: `_skeleton("qaida") == _skeleton("qaeda") == "kad"`."""
    word = re.sub(r"[aeiouy]+", "a", word).replace("h", "").translate(str.maketrans("qcz", "kks"))
    return re.sub(r"(.)\1+", r"\1", word).rstrip("a")


def _in_full(connection: sqlite3.Connection, question: str) -> Iterator[str]:
    """The full names of the question's abbreviations, if a report gives them as "Long Name (LN)"."""
    for short in list(dict.fromkeys(_ABBREVIATION.findall(question)))[:_MOST_NAMES]:
        long_form = re.compile(
            rf"((?:[A-ZÀ-ÖØ-Þ][\w’'-]*|[a-z]{{2,4}}(?=\s|-))(?:[\s-]+(?:[A-ZÀ-ÖØ-Þ][\w’'-]*|(?:[a-z]{{2,4}}))){{1,9}})\s*"
            rf"[(\[]\s*{re.escape(short)}\s*[)\]]"
        )
        for text in _texts_with(connection, short):
            for match in long_form.finditer(text):
                name = _full_name(match[1], short)
                if name:
                    yield fold_to_words(name)
                    break
            else:
                continue
            break


def _full_name(words_before: str, short: str) -> str | None:
    """The end of the words before the brackets, from a capitalised one with the abbreviation's first letter on.

    `_full_name("said the Food Price Watch", "FPW") == "Food Price Watch"`; None if no word fits.
    """
    words = re.split(r"\s+", words_before)
    for first in range(max(0, len(words) - 2 * len(short)), len(words) - 1):
        if words[first][:1].casefold() == short[0].casefold() and words[first][:1].isupper():
            return " ".join(words[first:])
    return None


def _abbreviated(connection: sqlite3.Connection, question: str) -> Iterator[str]:
    """The abbreviations of the question's names, if a report gives them as "Long Name (LN)"."""
    for name in list(dict.fromkeys(_NAME.findall(question)))[:_MOST_NAMES]:
        pattern = re.compile(
            r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", name))) + r"\s*[(\[]([A-Z][A-Z0-9-]{1,9})[)\]]"
        )
        for text in _texts_with(connection, name):
            if match := pattern.search(text):
                yield match[1].casefold()
                break


def _texts_with(connection: sqlite3.Connection, words: str) -> Iterator[str]:
    """Up to _PASSAGES_READ passages that hold words as a phrase."""
    plain = fold_to_words(words)
    if plain:
        rows = connection.execute(
            "SELECT text FROM passages_fts WHERE passages_fts MATCH ? LIMIT ?",
            (f'text : "{plain}"', _PASSAGES_READ),
        )
        yield from [row["text"] for row in rows]


def _numbers(question: str) -> Iterator[str]:
    """Numbers in other forms, folded: "1 300" for 1300, "1300" for 1,300, "12" for twelve, "twelve" for 12."""
    for number in _NUMBER.findall(question):
        digits = re.sub(r"\D", "", number)
        if number != digits:
            yield digits
        elif len(digits) > _LONGEST_NUMBER:
            continue
        elif not (len(digits) == 4 and digits[:2] in ("19", "20")):  # a year has no separator
            yield fold_to_words(f"{int(digits):,}")
    for word in re.findall(r"[a-z]+", question.casefold()):
        if word in _SMALL[2:]:
            yield str(_SMALL.index(word))
    for digit in re.findall(r"(?<![\w.,-])\d{1,2}(?![\w.,-])", question):
        if 2 <= int(digit) < len(_SMALL):
            yield _SMALL[int(digit)]


def _dates(question: str) -> Iterator[str]:
    """27 March 2023 and March 27, 2023 for each other and for 2023-03-27."""
    for written in _ISO_DAY.findall(question):
        year, month, day = map(int, written.split("-"))
        if 1 <= month <= 12:
            yield f"{day} {MONTHS[month - 1]} {year}"
            yield f"{MONTHS[month - 1]} {day} {year}"
    for match in _DAY.finditer(question):
        name, number = (match["m1"] or match["m2"]).casefold(), int(match["d1"] or match["d2"])
        yield f"{number} {name}"
        yield f"{name} {number}"
