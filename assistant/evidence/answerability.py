"""How likely the best evidence answers a question, rather than only to speak of the same things."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.evidence.idf import Idf
from assistant.evidence.scoring import Evidence
from assistant.language.negation import contraries, denies
from assistant.language.words import numbers, stem, stems
from assistant.questions.answer_types import contains_type
from assistant.questions.question import Question
from ingest import sentences
from vectorstore import Passage
from vectorstore.terms import fold


@dataclass(frozen=True)
class Features:
    """What the best sentence and its neighbours say for and against an answer; shares are 0 to 1."""

    similarity: float  # of question and sentence, -1 to 1
    passage: float  # of question and passage, -1 to 1
    coverage: float  # share of the question's weighted words in the sentence
    shared: float  # the same with its two neighbours, common words and those of a time counted as missing
    missing: float  # weight of the rarest word that none of the three holds, of the question's rarest
    kind: float  # 1 where one of the three holds a fact of the kind asked for
    figures: float  # 1 where a number of the question stands in none of them, or, of years, only others in the passage
    denial: float  # 1 where the question denies and the sentence does not
    contrary: float  # 1 where the sentence has a word's contrary in its place


# A logistic regression fitted on 1,200 questions (half of them without an answer) on 11 of the 17 articles of half of
# SQuAD 2.0's development set, asked of all 17 as one index; rounded, and `denial` halved by hand: the unanswerable
# questions there are often made by putting in a "not", which people who ask a desk do not do. On 1,000 questions on
# the other articles, by which the signs were chosen, the area under the curve is .75 (similarity alone: .59), on
# questions of conversations and of search logs, which it was not fitted on, .80 to .93. Many more signs were tried
# and added nothing: words alike by their embeddings, word pairs, the distance to the next-best sentence, names, and
# whether the noun asked for stands there.
_WEIGHTS = {
    "similarity": 2.6,
    "passage": 2.0,
    "coverage": 0.5,
    "missing": -0.4,
    "kind": 0.25,
    "figures": -1.2,
    "denial": -1.4,
    "contrary": -2.3,
}
_INTERCEPT = -2.85


def answerability(found: Features) -> float:
    """How likely the sentence answers the question where half of all questions have an answer, 0 to 1."""
    log_odds = _INTERCEPT + sum(weight * getattr(found, name) for name, weight in _WEIGHTS.items())
    return 1.0 / (1.0 + math.exp(-log_odds))


# Rare in a small index, and telling nothing in any.
COMMON = frozenset(
    stem(word)
    for word in """
    be being come comes came go goes went gone get gets got make makes made take takes took taken give gives gave given
    use used have having keep kept put let set see seen know known call called become became find found show shown want
    wanted need needed try tried begin start part way thing time year years day people man first last new old other
    another only even also just still ever never out off up down back away over far long short big large small great
    good best high low early late right left own same different most more less least very really mainly during while
    after before since until against among around through without within along together one two three place kind type
    number amount name country world happen happened occur occurred
    """.split()
)


def features(best: Evidence, question: Question, rarity: Idf) -> Features:
    near = f"{sentence_window(best)} {best.implied_terms}"
    weights = {term: rarity.weights.get(term, 1.0) for term in question.terms}
    absent = missing_terms(question, near)
    rarest = max(weights.values(), default=0.0)
    return Features(
        similarity=best.similarity,
        passage=best.passage.similarity,
        coverage=_share(weights, f"{best.text} {best.implied_terms}"),
        shared=_share(weights, sentence_window(best), COMMON | set(stems(question.time_words))),
        missing=max((weights[term] for term in absent), default=0.0) / rarest if rarest else 0.0,
        kind=float(contains_type(question.answer_type, near, question.text)),
        figures=float(_other_figures(question.text, near, _known_years(best.passage))),
        denial=float(denies(question.text) and not denies(best.text)),
        contrary=float(bool(contraries(question.text, best.text))),
    )


def sentence_window(one: Evidence) -> str:
    """A sentence with the one before and the one after it in its passage."""
    text = one.passage.text
    spans = sentences(text)
    place = next((i for i, (_, end) in enumerate(spans) if one.start < end), 0)
    around = spans[max(0, place - 1) : place + 2]
    return text[around[0][0] : around[-1][1]] if around else text


def missing_terms(question: Question, text: str) -> list[str]:
    """The question's stems that a text holds in no form: five letters alike are a form."""
    words = re.findall(r"\w+", fold(text))
    held, begun = {stem(word) for word in words}, {word[:5] for word in words}
    written = {stem(word): word for word in re.findall(r"\w+", fold(question.text))}
    return [term for term in question.terms if term not in held and written.get(term, term)[:5] not in begun]


_SMALL = 3
_YEAR = re.compile(r"\b1[0-9]\d\d\b|\b20\d\d\b")


def _known_years(passage: Passage) -> set[str]:
    return set(_YEAR.findall(f"{passage.title} {passage.heading} {passage.published} {passage.text}"))


def _other_figures(asked: str, said: str, known: set[str]) -> bool:
    years, there = set(_YEAR.findall(asked)), set(_YEAR.findall(said))
    # "Two helicopters" may be "a Tiger and a Cougar": small numbers describe as often as they count.
    counted = {one for one in numbers(_YEAR.sub(" ", asked)) - numbers(said) if one > _SMALL}
    # A report that names no year beside an event has named it further up, or means its own.
    return bool(counted) or bool(there and years - there - known)


def _share(weights: Mapping[str, float], text: str, but: frozenset[str] = frozenset()) -> float:
    held, total = set(stems(text)) - but, sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in held) / total if total else 0.0
