"""Finds reports that a passage mentions by title: the second step for a question whose evidence is in two reports.

"Who founded the company that built the dam?" finds the report on the dam. The report on the company says who founded
it, but shares few words with the question. The first report's mention of the second one's title links the two.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vectorstore.ledger.database import Ledger
from vectorstore.search.bm25 import LexicalIndex
from vectorstore.terms import fold_to_words

_LONGEST = 8  # words of a title
_SHORTEST = 4  # characters of a title: shorter ones stand in too many words and abbreviations
_IN_BRACKETS = re.compile(r"\s*[(\[].*?[)\]]")  # texts call "Kayes (region)" Kayes
_MOST_OF_A_TITLE = 3  # documents; a title of more ("Weekly report") identifies none


@dataclass(frozen=True)
class _Titles:
    """The titles that can be linked to."""

    generations: Mapping[str, Sequence[int]]  # by folded title
    first_words: frozenset[str]  # of the folded titles, so that most places in a text need one look-up


class TitleLinks:
    """The titles of all live documents. Safe to share between threads."""

    def __init__(self, ledger: Ledger, lexical: LexicalIndex) -> None:
        self._ledger = ledger
        self._lexical = lexical

    def named_in(self, text: str) -> dict[int, float]:
        """The generations whose title stands in a text, each with the title's rarity.

        Rarity runs from 0 (every passage holds the title) to 1 (at most one does).
        """
        titles = self._ledger.cached("titles", self._read)
        words = fold_to_words(text).split()
        mentioned = {
            title
            for at, word in enumerate(words)
            if word in titles.first_words
            for title in (
                " ".join(words[at:end]) for end in range(at + 1, min(at + _LONGEST, len(words)) + 1)
            )
            if title in titles.generations
        }
        rarities = {title: self._rarity(title) for title in mentioned}
        return {
            generation: rarities[title]
            for title in sorted(mentioned, key=rarities.__getitem__)
            for generation in titles.generations[title]
        }

    def _read(self) -> _Titles:
        generations: dict[str, list[int]] = {}
        for row in self._ledger.connection.execute(
            "SELECT d.title, g.generation FROM documents d JOIN generations g "
            "ON g.document_id = d.document_id AND g.state = 'live' WHERE d.title IS NOT NULL"
        ):
            title = fold_to_words(_IN_BRACKETS.sub("", row["title"]))
            if len(title) >= _SHORTEST and title.count(" ") < _LONGEST:
                generations.setdefault(title, []).append(row["generation"])
        distinctive = {
            title: numbers for title, numbers in generations.items() if len(numbers) <= _MOST_OF_A_TITLE
        }
        return _Titles(distinctive, frozenset(title.split()[0] for title in distinctive))

    def _rarity(self, title: str) -> float:
        count, total = self._lexical.phrase_frequency(title)
        return max(0.0, 1.0 - math.log(max(count, 1)) / math.log(total)) if total > 1 else 0.0
