"""Sentences of the sources that may answer a question, with what speaks for each."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.evidence.idf import Idf
from assistant.language.prompt_injection import is_injection
from assistant.language.words import leans_back, speaks_of_itself, stem, stems
from assistant.questions.answer_types import contains_type
from assistant.questions.question import Question
from assistant.questions.times import NEARLY, time_weight
from assistant.results.answer import Citation
from assistant.results.spans import trim_span
from ingest import sentences
from ingest.text.hard_wraps import ROW
from vectorstore import Passage
from vectorstore.terms import fold

if TYPE_CHECKING:
    from vectorstore.embedding.types import Vectors


if TYPE_CHECKING:
    from vectorstore.embedding.types import Vectors

Embed = Callable[[Sequence[str]], "Vectors"]  # texts -> unit vectors, shape (n, dimension)

_ALL_ALIKE = Idf()
_CAPTION = 120  # characters
# What standing alone beside a table does to a line's score: such a line names the table, and tells nothing.
_LIKE_A_CAPTION = 0.5
_AN_ORDER = 0.5  # what giving orders to a reading machine does: it tells nothing of the world
_OF_ITSELF = 0.5  # what a report's word on itself is worth: "In this issue we look at …"
_AN_ITEM = 0.7  # what being an item of a list does ("an attack on the village;"): it says little alone
_SEAM = 10  # characters between two passages that meet: white space
_READ_FIRST = 12  # sentences that are embedded first, where not all are
_FEWEST_WORDS = 3  # shorter fragments (a stray label, a list's number) answer nothing


@dataclass(frozen=True)
class Evidence:
    """One sentence of a passage: passage.text[start:end]."""

    passage: Passage
    start: int  # offset within the passage's text
    end: int
    similarity: float = 0.0  # cosine of question and sentence, -1 to 1
    coverage: float = 0.0  # share of the question's weighted words it holds, 0 to 1
    covered: float = 0.0  # the same, with the words of the time that it speaks of
    passage_coverage: float = 0.0  # the same, of its passage, title and heading
    has_answer_type: bool = True  # it holds a fact of the kind asked for
    implied_terms: str = ""  # words of the question that name the time it speaks of
    weight: float = 1.0  # what its shape and the time it speaks of do to its score
    score: float = 0.0  # what it is ranked by, 0 to 1: how likely it is to answer

    @property
    def text(self) -> str:
        """The sentence on one line; the quote keeps the source's own white space."""
        return " ".join(self.passage.text[self.start : self.end].split())

    @property
    def citation(self) -> Citation:
        return Citation.of(self.passage, self.start, self.end)

    @property
    def span(self) -> tuple[str, int, int]:
        return self.passage.document_id, self.passage.start + self.start, self.passage.start + self.end

    def follows(self, other: Evidence) -> bool:
        """Whether it comes after another, in the same passage or across the seam of two that meet."""
        if other.passage.passage_id == self.passage.passage_id:
            return other.end <= self.start
        (mine, start, _), (theirs, _, end) = self.span, other.span
        return mine == theirs and 0 <= start - end <= _SEAM


def evidence_for(
    question: Question,
    vector: Vectors,
    passages: Sequence[Passage],
    embed: Embed,
    rarity: Idf = _ALL_ALIKE,
    read: int | None = None,
    enough: float = 1.0,
    only: Callable[[Evidence], bool] = lambda one: True,
) -> list[Evidence]:
    """Every sentence of the passages, scored for the question, whose vector is given; best first.

    `rarity` weights the question's words by how rare they are in the index; all alike by default. Embedding takes
    time: at most the `read` most promising sentences, where that is given, are embedded, and no more than the first
    few of them where one of these scores `enough`; the others count as unlike the question. `only` says
    which sentences count at all.
    """
    found = [one for one in sentences_of(passages) if only(one)]
    if not found:
        return []
    around = {one.passage_id: _PassageCoverage.of(one, question, rarity) for one in passages}
    seen = [_seen(one, question, around[one.passage.passage_id], rarity) for one in found]
    similarities: dict[int, float] = {}
    for part in _in_turns(seen, question, around, read):
        texts = _read_with_antecedents(found, part)
        similarities.update(zip(part, (embed(texts) @ vector).tolist(), strict=True))
        if any(_ranked(seen[i], question, around, similarities[i]).score >= enough for i in part):
            break
    scored = [_ranked(one, question, around, similarities.get(i, 0.0)) for i, one in enumerate(seen)]
    return sorted(scored, key=lambda one: (-one.score, one.span))


def sentences_of(passages: Sequence[Passage]) -> list[Evidence]:
    """Every sentence of the passages, unscored, in their order; one that two passages hold stays with the first."""
    found = [
        Evidence(passage, *trim_span(passage.text, *span))
        for passage in passages
        for span in sentences(passage.text)
    ]
    once = {one.span: one for one in reversed(found) if len(one.text.split()) >= _FEWEST_WORDS}
    return [one for one in found if once.get(one.span) is one]


def _in_turns(
    seen: Sequence[Evidence], question: Question, around: Mapping[str, _PassageCoverage], read: int | None
) -> list[Sequence[int]]:
    """Which sentences are embedded together: all, or the most promising first."""
    if read is None or len(seen) <= _READ_FIRST:
        return [range(len(seen))]
    # As if each were as near to the question as its passage.
    guesses = [_ranked(one, question, around, one.passage.similarity).score for one in seen]
    order = sorted(range(len(seen)), key=lambda i: -guesses[i])
    return [order[:_READ_FIRST], order[_READ_FIRST:read]]


def _read_with_antecedents(found: Sequence[Evidence], which: Sequence[int]) -> list[str]:
    """Sentences as they are embedded: "This helps them …" means little without the one before it."""
    texts = []
    for i in which:
        before, one = found[i - 1] if i else None, found[i]
        leans = before is not None and leans_back(one.text) and one.follows(before)
        texts.append(f"{before.text} {one.text}" if before and leans else one.text)
    return texts


@dataclass(frozen=True)
class _PassageCoverage:
    """What is the same for all sentences of a passage."""

    coverage: float  # share of the question's weighted words in passage, title and heading
    names: float  # see _known_names

    @classmethod
    def of(cls, passage: Passage, question: Question, rarity: Idf) -> _PassageCoverage:
        text = f"{passage.title or ''} {passage.heading or ''} {passage.text}"
        return cls(_coverage(question.terms, text, rarity.weights), _known_names(text, question, rarity))


def _seen(one: Evidence, question: Question, around: _PassageCoverage, rarity: Idf) -> Evidence:
    of_its_time = time_weight(question.times, one.text, one.passage.text[: one.start], one.passage.published)
    implied = question.time_words if of_its_time >= NEARLY else ""
    return replace(
        one,
        coverage=_coverage(question.terms, one.text, rarity.weights),
        covered=_coverage(question.terms, f"{one.text} {implied}", rarity.weights),
        passage_coverage=around.coverage,
        has_answer_type=contains_type(question.answer_type, one.text, question.text)
        or _gives_reasons(one.passage, question),
        implied_terms=implied,
        weight=_weight(one) * of_its_time,
    )


def _ranked(
    one: Evidence, question: Question, around: Mapping[str, _PassageCoverage], similarity: float
) -> Evidence:
    """A sentence with its similarity to the question, and the score that it then has."""
    near = replace(one, similarity=similarity)
    score = chance(near, question) * around[one.passage.passage_id].names * one.weight
    return replace(near, score=score)


_REASONS = re.compile(r"\b(?:why|reasons?|causes?|drivers?|motives?|roots?|origins?)\b", re.I)


def _gives_reasons(passage: Passage, question: Question) -> bool:
    """Whether a passage stands under a heading that promises the reasons which a question asks for."""
    return (
        question.answer_type == "reason"
        and _REASONS.search((passage.heading or "").split(" › ")[-1]) is not None
    )


def _weight(one: Evidence) -> float:
    """What a sentence's shape does to its score."""
    if _is_like_a_caption(one):
        return _LIKE_A_CAPTION
    if is_injection(one.text):
        return _AN_ORDER
    if speaks_of_itself(one.text):
        return _OF_ITSELF
    return _AN_ITEM if one.text[:1].islower() and one.text[-1:] in ";,:" else 1.0


def _is_like_a_caption(one: Evidence) -> bool:
    text = one.passage.text
    first, last = text.rfind("\n", 0, one.start) + 1, text.find("\n", one.end)
    line, last = text[first : None if last < 0 else last].strip(), len(text) if last < 0 else last
    if len(line) > _CAPTION or line != text[one.start : one.end].strip() or ROW.match(line):
        return False
    above, below = text[:first].rstrip().rpartition("\n")[2], text[last:].lstrip().partition("\n")[0]
    return bool(ROW.match(above) or ROW.match(below))


def _coverage(terms: Sequence[str], text: str, weights: Mapping[str, float]) -> float:
    total = sum(weights.get(term, 1.0) for term in terms)
    held = set(stems(text))
    return sum(weights.get(term, 1.0) for term in terms if term in held) / total if total else 0.0


# Weights of features(), set by hand. Logistic regressions fitted on nine articles of SQuAD 2.0 did no better
# on the other eight (answer in the first sentence .79, in the first five .95, all three alike), and lean so much
# on the passage's rank that questions which share few words with the reports suffer. The third was 1: with 2 the
# answer stands in the first three sentences for a percentage point more of the questions of three sets.
_COEFFICIENTS = (5.0, 2.0, 2.0, 1.0, 1.5, 0.5)
_INTERCEPT = -5.5
# What a name in the question does to a passage that does not hold it, and one that no report holds to all.
_STRANGE_HERE, _STRANGE_EVERYWHERE = 0.7, 0.5


def features(one: Evidence, question: Question) -> tuple[float, ...]:
    """What speaks for a sentence; each about 0 to 1."""
    return (
        one.similarity,
        one.covered,
        one.passage_coverage,
        float(one.has_answer_type and question.answer_type != "thing"),
        one.passage.similarity,
        one.passage.score,
    )


def chance(one: Evidence, question: Question) -> float:
    """The weighted sum of what speaks for a sentence, as a logistic curve: 0 to 1."""
    log_odds = _INTERCEPT + sum(c * x for c, x in zip(_COEFFICIENTS, features(one, question), strict=True))
    return 1.0 / (1.0 + math.exp(-log_odds))


def _known_names(around: str, question: Question, rarity: Idf) -> float:
    """1 where a passage with its title knows every name in the question, less for each that it does not."""
    there = fold(around)
    if any(fold(other) in there for other in question.kin):
        return 1.0
    factor = 1.0
    for name in question.names:
        words = fold(name).split()
        # Five letters of each word: "Malians" is no stranger where Mali is named.
        held = sum(re.search(rf"\b{re.escape(word[:5])}", there) is not None for word in words)
        if any(stem(word) in rarity.out_of_index for word in words) and held <= len(words) / 2:
            factor *= _STRANGE_EVERYWHERE
        elif held <= len(words) / 2 and held < len(words):
            factor *= _STRANGE_HERE
    return factor


_WHOLE = re.compile(r"[.!][\"'”’»)\]]*$")


_LONGEST = 600  # characters; longer is a list or a table in disguise


def stands_alone(one: Evidence) -> bool:
    """Whether a sentence is one, whole, and is understood without those before it."""
    return is_whole(one) and not leans_back(one.text)


def is_whole(one: Evidence) -> bool:
    """Whether it is a statement with beginning and end, of a sentence's length."""
    text = one.text
    whole = _WHOLE.search(text) and (text[0].isupper() or not text[0].isalpha())
    tells = not (text.endswith("?") or is_injection(text) or speaks_of_itself(text))
    return bool(whole) and len(text) <= _LONGEST and tells
