"""Estimates how likely the best sentence answers a question, rather than only being about the same subject.

Similarity alone cannot tell the two apart: a question with one word turned round is as similar as the original.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.evidence.idf import Idf
from assistant.evidence.scoring import Evidence
from assistant.language.negation import denies, opposites_of_question
from assistant.language.words import numbers, stem, stems
from assistant.questions.answer_types import contains_type
from assistant.questions.question import Question
from ingest import sentences
from ingest.text.date_patterns import ANY_YEAR
from vectorstore import Passage
from vectorstore.terms import fold


@dataclass(frozen=True)
class Features:
    """Features for and against an answer. "Window" is the best sentence with its two neighbours."""

    similarity: float  # cosine of question and sentence, -1 to 1
    passage: float  # cosine of question and passage, -1 to 1
    coverage: float  # IDF-weighted share of the question's terms in the sentence, 0 to 1
    shared: float  # 0 to 1: the same for the window; common words and time words count as absent. Not in the model
    missing: (
        float  # 0 to 1: IDF of the rarest term absent from the window, relative to the question's rarest term
    )
    kind: float  # 1 if the window holds a fact of the expected answer type, else 0
    figures: (
        float  # 1 if a number of the question is absent from the window (for years: and from the passage)
    )
    denial: float  # 1 if the question is negated and the sentence is not
    contrary: float  # 1 if the sentence has the antonym of a question word in its place


# Logistic regression on SQuAD 2.0 (half of the development set, 17 articles in one index, half of the questions
# unanswerable). Fitted on 1,200 questions on 11 articles, features chosen on 1,000 questions on the other six.
# Weights are rounded. `denial` is halved by hand: SQuAD makes questions unanswerable by inserting "not"; users do not.
# model            | data                                | metric | value
# these features   | 1,000 qs on the other SQuAD articles | AUC    | .75
# similarity alone | 1,000 qs on the other SQuAD articles | AUC    | .59
# these features   | conversations, search logs (unseen)  | AUC    | .80 to .93
# Without effect: embedding similarity of single words, word pairs, margin to the second sentence, names, presence of
# the noun asked for.
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


def answerability(values: Features) -> float:
    """Probability, 0 to 1, that the sentence answers the question, at a prior of one half.

    With all features 0 it is .05; with both similarities .6 and the rest 0 it is .48.
    """
    log_odds = _INTERCEPT + sum(weight * getattr(values, name) for name, weight in _WEIGHTS.items())
    return 1.0 / (1.0 + math.exp(-log_odds))


# Stems that carry little meaning. IDF cannot filter them: in a small index they may be rare.
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


def features(best: Evidence, question: Question, idf: Idf) -> Features:
    """Compute the features of the best sentence; `idf` weights the question's terms."""
    window = f"{sentence_window(best)} {best.implied_terms}"
    weights = {term: idf.weights.get(term, 1.0) for term in question.terms}
    absent = missing_terms(question, window)
    rarest = max(weights.values(), default=0.0)
    return Features(
        similarity=best.similarity,
        passage=best.passage.similarity,
        coverage=_share(weights, f"{best.text} {best.implied_terms}"),
        shared=_share(weights, sentence_window(best), COMMON | set(stems(question.time_words))),
        missing=max((weights[term] for term in absent), default=0.0) / rarest if rarest else 0.0,
        kind=float(contains_type(question.answer_type, window, question.text)),
        figures=float(_other_figures(question.text, window, _known_years(best.passage))),
        denial=float(denies(question.text) and not denies(best.text)),
        contrary=float(bool(opposites_of_question(question.text, best.text))),
    )


def sentence_window(evidence: Evidence) -> str:
    """The sentence with the one before and the one after it in its passage.

    For the second sentence of "A came. B left. C stayed." the window is the whole text.
    """
    text = evidence.passage.text
    spans = sentences(text)
    index = next((i for i, (_, end) in enumerate(spans) if evidence.start < end), 0)
    window = spans[max(0, index - 1) : index + 2]
    return text[window[0][0] : window[-1][1]] if window else text


def missing_terms(question: Question, text: str) -> list[str]:
    """The question's stems that occur in `text` neither as a stem nor by the first five letters of a word.

    For "Who attacked the bridge?" and "The attackers fled." only the stem of "bridge" is missing.
    """
    words = re.findall(r"\w+", fold(text))
    text_stems, prefixes = {stem(word) for word in words}, {word[:5] for word in words}
    question_words = {stem(word): word for word in re.findall(r"\w+", fold(question.text))}
    return [
        term
        for term in question.terms
        if term not in text_stems and question_words.get(term, term)[:5] not in prefixes
    ]


_SMALL_NUMBER = (
    3  # numbers up to this are ignored: "two helicopters" may be "a Tiger and a Cougar" in the source
)
_YEAR = re.compile(rf"\b{ANY_YEAR}\b")


def _known_years(passage: Passage) -> set[str]:
    """All years in a passage, its title, heading and publication date."""
    return set(_YEAR.findall(f"{passage.title} {passage.heading} {passage.published} {passage.text}"))


def _other_figures(question: str, text: str, known_years: set[str]) -> bool:
    """Whether the question gives a number, or a year, that contradicts the text.

    `_other_figures("Who died in 1997?", "He died in 2003.", {"2003"}) is True`; with "He died." it is False.
    """
    years, text_years = set(_YEAR.findall(question)), set(_YEAR.findall(text))
    counted = {
        number for number in numbers(_YEAR.sub(" ", question)) - numbers(text) if number > _SMALL_NUMBER
    }
    # A sentence without a year does not contradict one: the report may give the year earlier, or mean its own.
    return bool(counted) or bool(text_years and years - text_years - known_years)


def _share(weights: Mapping[str, float], text: str, without: frozenset[str] = frozenset()) -> float:
    """Weighted share, 0 to 1, of the terms that occur in `text`; terms in `without` count as absent."""
    text_stems, total = set(stems(text)) - without, sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in text_stems) / total if total else 0.0
