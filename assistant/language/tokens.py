"""A text read for comparing: its words with stems and places, cut into sentences and clauses."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.language.synonyms import canonical_stem
from assistant.language.words import stem
from ingest import sentences
from ingest.text.date_patterns import ISO_DAY, MONTHS
from vectorstore.terms import STOP_WORDS

_WORD = re.compile(r"[^\W_]+(?:'[^\W\d_]+)?")
_THIN_SPACE = re.compile(r"(?<=\d)[\u00a0\u202f](?=\d{3}(?!\d))")
_NUMBER_RANGE = re.compile(r"(?<=\d)\s?[-\u2010-\u2015]\s?(?=\d)")
_ISO_DAY = re.compile(rf"(?<![\w-]){ISO_DAY}")
_HYPHEN = re.compile(r"[\u2010-\u2015](?=\w)|(?<=\w)[-\u2010](?=\w)")
# Where one thing that is said ends and another begins, as far as punctuation and joining words tell.
_CLAUSE = re.compile(
    r"[,;:()]\s|\s[-\u2013\u2014]+\s|\b(?:and|but|while|whereas|although|though|because|which|who|that|after|before"
    r"|when|where|until|unless|as against|compared with|than)\b"
)


@dataclass(frozen=True)
class Token:
    """One word of a text."""

    text: str  # lower case, without accents
    stem: str  # words that mean the same in reports share one
    start: int  # offset into Reading.plain
    end: int
    sentence: int  # 0-based
    clause: int  # 0-based, counted through the whole text

    @property
    def carries(self) -> bool:
        """Whether the word carries meaning of its own."""
        return self.text not in STOP_WORDS and self.text not in _LIGHT


# Carry no fact by themselves, so that sharing or lacking them says nothing.
_LIGHT = frozenset(
    """
    also further moreover more most very just only still already yet too even then now there here according
    reported reportedly said told stated claimed announced declared concluded one two other others another
    both each every such own same about around roughly nearly almost approximately least between during
    since while whereas within after before through because although however been being having does did
    not no never nor without
    """.split()
)


@dataclass(frozen=True)
class TokenizedText:
    """A text in a form to compare: `plain` keeps case and order, without accents and typographic marks."""

    plain: str

    @cached_property
    def lower(self) -> str:
        lowered = self.plain.lower()
        return lowered if len(lowered) == len(self.plain) else self.plain

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """(start, end) of each sentence."""
        return sentences(self.plain) or [(0, len(self.plain))]

    @cached_property
    def words(self) -> list[Token]:
        ends = [end for _, end in self.spans]
        breaks = [match.start() for match in _CLAUSE.finditer(self.lower)]
        found, sentence, clause = [], 0, 0
        for match in _WORD.finditer(self.lower):
            while sentence < len(ends) - 1 and match.start() >= ends[sentence]:
                sentence += 1
                clause += 1
            if breaks and breaks[0] < match.end():
                breaks = [place for place in breaks if place >= match.end()]
                clause += 1
            text = match[0].removesuffix("'s")
            found.append(
                Token(text, canonical_stem(stem(text)), match.start(), match.end(), sentence, clause)
            )
        return found

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of the words that carry meaning."""
        return frozenset(word.stem for word in self.words if word.carries)

    @cached_property
    def by_sentence(self) -> list[list[Token]]:
        found: list[list[Token]] = [[] for _ in self.spans]
        for word in self.words:
            found[word.sentence].append(word)
        return found

    @cached_property
    def by_clause(self) -> list[list[Token]]:
        found: list[list[Token]] = []
        for word in self.words:
            while len(found) <= word.clause:
                found.append([])
            found[word.clause].append(word)
        return found

    @cached_property
    def sentence_stems(self) -> list[frozenset[str]]:
        """For each sentence the stems of its words that carry meaning."""
        return [frozenset(word.stem for word in words if word.carries) for words in self.by_sentence]

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    def between(self, start: int, end: int) -> list[Token]:
        """The words that begin in these characters."""
        return self.words[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def clause_at(self, offset: int) -> list[Token]:
        """The words of the clause in which a character stands."""
        place = bisect_right(self._starts, offset) - 1
        return self.by_clause[self.words[max(0, place)].clause] if self.words else []

    def clause_stems(self, start: int, end: int) -> frozenset[str]:
        """What is said in the clauses that the characters start to end belong to, those characters left out."""
        clauses = {word.clause for word in self.between(start, end)} or {
            word.clause for word in self.clause_at(start)[:1]
        }
        return frozenset(
            word.stem
            for clause in clauses
            for word in self.by_clause[clause]
            if word.carries and not word.text[0].isdigit() and (word.end <= start or word.start >= end)
        )


@lru_cache(maxsize=512)
def tokenize(text: str) -> TokenizedText:
    """A text read for comparing. Readings are shared: the same spans are checked against many sentences."""
    text = _THIN_SPACE.sub(",", text.replace("\u2019", "'").replace("\u2018", "'"))
    text = _NUMBER_RANGE.sub(" to ", _ISO_DAY.sub(_in_words, text))
    text = unicodedata.normalize("NFKD", _HYPHEN.sub(" ", text))
    return TokenizedText("".join(char for char in text if not unicodedata.combining(char)))


def _in_words(day: re.Match[str]) -> str:
    """2021-05-03 as "3 May 2021": its hyphens are neither ranges nor compounds."""
    year, month, number = map(int, day[0].split("-"))
    return f"{number} {MONTHS[month - 1].title()} {year}" if 1 <= month <= 12 else day[0]


@lru_cache(maxsize=512)
def closest(ours: TokenizedText, theirs: TokenizedText, least: float = 0.0) -> tuple[int, ...]:
    """Numbers of the cited sentences that say most of the same, best first; those under `least` (0 to 1, share of
    our stems) are left out."""
    shares = [
        (len(ours.stems & stems) / max(1, len(ours.stems)), number)
        for number, stems in enumerate(theirs.sentence_stems)
    ]
    return tuple(
        number for share, number in sorted(shares, key=lambda one: (-one[0], one[1])) if share >= least
    )
