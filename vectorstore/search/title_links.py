"""Reports that a found passage names by their titles: the second step of a question that needs two.

"Who founded the company that built the dam?" finds the dam's report; the company's own says who founded it, and
shares few words with the question. A passage that names another report by its title is a link to it.
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
_SHORTEST = 4  # letters: shorter ones stand in too many words and abbreviations
_ASIDE = re.compile(r"\s*[(\[].*?[)\]]")  # "Kayes (region)" is called Kayes
_MOST = 3  # documents of one title; of more ("Weekly report") it names none


@dataclass(frozen=True)
class _Titles:
    generations: Mapping[str, Sequence[int]]  # by folded title
    first_words: frozenset[str]


class TitleLinks:
    """The titles of all live documents. Safe to share between threads."""

    def __init__(self, ledger: Ledger, lexical: LexicalIndex) -> None:
        self._ledger = ledger
        self._lexical = lexical

    def named_in(self, text: str) -> dict[int, float]:
        """Generations whose title stands in a text, with how telling it is: 0 (in every passage) to 1 (rare)."""
        titles = self._ledger.remembered("titles", self._read)
        words = fold_to_words(text).split()
        found = {
            name
            for at, word in enumerate(words)
            if word in titles.first_words
            for name in (" ".join(words[at:end]) for end in range(at + 1, min(at + _LONGEST, len(words)) + 1))
            if name in titles.generations
        }
        weights = {name: self._rarity(name) for name in found}
        return {
            generation: weights[name]
            for name in sorted(found, key=weights.__getitem__)
            for generation in titles.generations[name]
        }

    def _read(self) -> _Titles:
        titles: dict[str, list[int]] = {}
        for row in self._ledger.connection.execute(
            "SELECT d.title, g.generation FROM documents d JOIN generations g "
            "ON g.document_id = d.document_id AND g.state = 'live' WHERE d.title IS NOT NULL"
        ):
            name = fold_to_words(_ASIDE.sub("", row["title"]))
            if len(name) >= _SHORTEST and name.count(" ") < _LONGEST:
                titles.setdefault(name, []).append(row["generation"])
        few = {name: which for name, which in titles.items() if len(which) <= _MOST}
        return _Titles(few, frozenset(name.split()[0] for name in few))

    def _rarity(self, name: str) -> float:
        count, total = self._lexical.share_with(name)
        return max(0.0, 1.0 - math.log(max(count, 1)) / math.log(total)) if total > 1 else 0.0
