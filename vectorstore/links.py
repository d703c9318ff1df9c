"""Reports that a found passage names by their titles: the second step of a question that needs two.

"Who founded the company that built the dam?" finds the dam's report; the company's own says who founded it, and
shares few words with the question. A passage that names another report by its title is a link to it.
"""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Mapping

from vectorstore.ledger import Ledger
from vectorstore.lexical import LexicalIndex
from vectorstore.query_terms import folded

_LONGEST = 8  # words of a title
_SHORTEST = 4  # letters: shorter ones stand in too many words and abbreviations
_ASIDE = re.compile(r"\s*[(\[].*?[)\]]")  # "Kayes (region)" is called Kayes
_MOST = 3  # documents of one title; of more ("Weekly report") it names none


class TitleLinks:
    """The titles of all live documents, kept until the ledger's revision moves. Safe to share between threads."""

    def __init__(self, ledger: Ledger, lexical: LexicalIndex) -> None:
        self._ledger = ledger
        self._lexical = lexical
        self._lock = threading.Lock()
        self._revision: int | None = None
        self._titles: Mapping[str, list[int]] = {}
        self._firsts: set[str] = set()  # first words of the titles

    def named_in(self, text: str) -> dict[int, float]:
        """Generations whose title stands in a text, with how telling it is: 0 (in every passage) to 1 (rare)."""
        titles = self._load()
        words = folded(text).split()
        found = {
            name
            for at, word in enumerate(words)
            if word in self._firsts
            for name in (" ".join(words[at:end]) for end in range(at + 1, min(at + _LONGEST, len(words)) + 1))
            if name in titles
        }
        weights = {name: self._rarity(name) for name in found}
        return {
            generation: weights[name]
            for name in sorted(found, key=weights.__getitem__)
            for generation in titles[name]
        }

    def _load(self) -> Mapping[str, list[int]]:
        with self._lock:
            revision = self._ledger.revision
            if revision != self._revision:
                titles: dict[str, list[int]] = {}
                for row in self._ledger.connection.execute(
                    "SELECT d.title, g.generation FROM documents d JOIN generations g "
                    "ON g.document_id = d.document_id AND g.state = 'live' WHERE d.title IS NOT NULL"
                ):
                    name = folded(_ASIDE.sub("", row["title"]))
                    if len(name) >= _SHORTEST and name.count(" ") < _LONGEST:
                        titles.setdefault(name, []).append(row["generation"])
                self._titles = {name: which for name, which in titles.items() if len(which) <= _MOST}
                self._firsts = {name.split()[0] for name in self._titles}
                self._revision = revision
            return self._titles

    def _rarity(self, name: str) -> float:
        count, total = self._lexical.share_with(name)
        return max(0.0, 1.0 - math.log(max(count, 1)) / math.log(total)) if total > 1 else 0.0
