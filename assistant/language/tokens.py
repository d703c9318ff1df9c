"""Texts in a form that can be compared: words with stems and offsets, grouped into sentences and clauses."""

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
# Where one statement ends and another begins, judging by punctuation and joining words.
_CLAUSE = re.compile(
    r"[,;:()]\s|\s[-\u2013\u2014]+\s|\b(?:and|but|while|whereas|although|though|because|which|who|that|after|before"
    r"|when|where|until|unless|as against|compared with|than)\b"
)


# Words that carry no fact: sharing or lacking them means nothing.
_LIGHT = frozenset(
    """
    also further moreover more most very just only still already yet too even then now there here according
    reported reportedly said told stated claimed announced declared concluded one two other others another
    both each every such own same about around roughly nearly almost approximately least between during
    since while whereas within after before through because although however been being having does did
    not no never nor without
    """.split()
)


@lru_cache(maxsize=512)
def tokenize(text: str) -> TokenizedText:
    """A text prepared for comparison. Results are shared, since the same passages are checked against many sentences.

    >>> tokenize("Ségou’s post fell on 2021-05-03, after 20-30 attacks.").plain
    "Segou's post fell on 3 May 2021, after 20 to 30 attacks."
    """
    text = _THIN_SPACE.sub(",", text.replace("\u2019", "'").replace("\u2018", "'"))
    text = _NUMBER_RANGE.sub(" to ", _ISO_DAY.sub(_in_words, text))
    text = unicodedata.normalize("NFKD", _HYPHEN.sub(" ", text))
    return TokenizedText("".join(char for char in text if not unicodedata.combining(char)))


def _in_words(day: re.Match[str]) -> str:
    """An ISO date as "3 May 2021", because its hyphens are neither ranges nor compounds."""
    year, month, number = map(int, day[0].split("-"))
    return f"{number} {MONTHS[month - 1].title()} {year}" if 1 <= month <= 12 else day[0]


@dataclass(frozen=True)
class Token:
    """One word of a text."""

    text: str  # lower case, without accents
    stem: str  # of the word's synonym group: words that mean the same in reports share one
    start: int  # offsets into TokenizedText.plain
    end: int
    sentence: int  # 0-based
    clause: int  # 0-based, counted through the whole text

    @property
    def has_meaning(self) -> bool:
        """True for a word with a meaning of its own: no stop word and no light word."""
        return self.text not in STOP_WORDS and self.text not in _LIGHT


@dataclass(frozen=True)
class TokenizedText:
    """A text prepared for comparison, from which words, sentences and clauses are derived on demand."""

    plain: str  # case and order of the original, without accents and typographic characters

    @cached_property
    def lower(self) -> str:
        """`plain` in lower case, or unchanged if lower-casing would shift offsets."""
        lowered = self.plain.lower()
        return lowered if len(lowered) == len(self.plain) else self.plain

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """(start, end) of each sentence, as offsets into `plain`."""
        return sentences(self.plain) or [(0, len(self.plain))]

    @cached_property
    def words(self) -> list[Token]:
        """All words, in order."""
        sentence_ends = [end for _, end in self.spans]
        boundaries = [match.start() for match in _CLAUSE.finditer(self.lower)]
        tokens, sentence, clause = [], 0, 0
        for match in _WORD.finditer(self.lower):
            while sentence < len(sentence_ends) - 1 and match.start() >= sentence_ends[sentence]:
                sentence += 1
                clause += 1
            if boundaries and boundaries[0] < match.end():
                boundaries = [offset for offset in boundaries if offset >= match.end()]
                clause += 1
            text = match[0].removesuffix("'s")
            tokens.append(
                Token(text, canonical_stem(stem(text)), match.start(), match.end(), sentence, clause)
            )
        return tokens

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of the words that carry meaning."""
        return frozenset(word.stem for word in self.words if word.has_meaning)

    @cached_property
    def by_sentence(self) -> list[list[Token]]:
        """The words of each sentence."""
        groups: list[list[Token]] = [[] for _ in self.spans]
        for word in self.words:
            groups[word.sentence].append(word)
        return groups

    @cached_property
    def by_clause(self) -> list[list[Token]]:
        """The words of each clause, up to the last clause that has any."""
        groups: list[list[Token]] = []
        for word in self.words:
            while len(groups) <= word.clause:
                groups.append([])
            groups[word.clause].append(word)
        return groups

    @cached_property
    def sentence_stems(self) -> list[frozenset[str]]:
        """For each sentence, the stems of its words that carry meaning."""
        return [frozenset(word.stem for word in words if word.has_meaning) for words in self.by_sentence]

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    def between(self, start: int, end: int) -> list[Token]:
        """The words that begin in plain[start:end]."""
        return self.words[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def clause_at(self, offset: int) -> list[Token]:
        """The words of the clause at an offset; empty only for a text without words."""
        index = bisect_right(self._starts, offset) - 1
        return self.by_clause[self.words[max(0, index)].clause] if self.words else []

    def clause_stems(self, start: int, end: int) -> frozenset[str]:
        """Stems of the words that carry meaning in the clauses around plain[start:end], without those inside it.

        Numbers in digits are left out.
        """
        clauses = {word.clause for word in self.between(start, end)} or {
            word.clause for word in self.clause_at(start)[:1]
        }
        return frozenset(
            word.stem
            for clause in clauses
            for word in self.by_clause[clause]
            if word.has_meaning and not word.text[0].isdigit() and (word.end <= start or word.start >= end)
        )


@lru_cache(maxsize=512)
def closest(ours: TokenizedText, theirs: TokenizedText, least: float = 0.0) -> tuple[int, ...]:
    """Indices (0-based) of the sentences of `theirs` that share most stems with `ours`, best first.

    Sentences that share less than `least` (0 to 1) of our stems are left out.

    >>> closest(tokenize("The post fell."), tokenize("It rained. The post at Kolda fell."), least=0.5)
    (1,)
    """
    shares = [
        (len(ours.stems & stems) / max(1, len(ours.stems)), index)
        for index, stems in enumerate(theirs.sentence_stems)
    ]
    ranked = sorted(shares, key=lambda entry: (-entry[0], entry[1]))
    return tuple(index for share, index in ranked if share >= least)
